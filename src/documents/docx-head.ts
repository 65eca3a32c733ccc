import type { Paragraph } from 'docx';
import { AlignmentType, BorderStyle, Header, TabStopType } from 'docx';
import { blank, exactly, paragraph, RED, run } from './docx-text.ts';
import { FONTS } from './fonts.ts';
import { CHARACTER, headSize, LINE, mm, PAGE, pt, TITLE_SIZE } from './measures.ts';
import type { Issue, Paper } from './paper.ts';

/** From the page's edge to the letter's name, and to what is stamped on unsigned paper. */
export const LETTER_NAME_FROM_EDGE = mm(30);
export const HEADER_FROM_EDGE = mm(15);
const HEAD_BELOW_TYPE_AREA = mm(35);
const RULE_BELOW = mm(4);
const LETTER_RULE = mm(170);

/** What stands above the text. A letter's name and rule are its first page's header: {@link letterHeader}. */
export function head(paper: Paper, issue: Issue): Paragraph[] {
  if (paper.form === 'plain') return title(paper);
  if (paper.form === 'letter') return [...letterNumber(paper, issue), blank(), blank(), ...title(paper)];
  return [...redHead(paper, issue), blank(), blank(), ...title(paper)];
}

function redHead(paper: Paper, issue: Issue): Paragraph[] {
  const size = headSize(paper.issuer, 50);
  const above = paper.urgency
    ? [paragraph([run(paper.urgency, { font: FONTS.heiti })]), blank(HEAD_BELOW_TYPE_AREA - LINE)]
    : [blank(HEAD_BELOW_TYPE_AREA)];
  return [
    ...above,
    paragraph([run(paper.issuer, { font: FONTS.xiaobiaosong, size, color: RED })], {
      alignment: AlignmentType.CENTER,
      spacing: exactly(pt(size * 1.2)),
    }),
    blank(),
    blank(),
    paper.form === 'upward' ? numberAndSigner(issue) : numberAlone(issue),
    redRule(),
  ];
}

const numberAlone = ({ number }: Issue): Paragraph =>
  paragraph([run(number ?? '')], { alignment: AlignmentType.CENTER });

/** One character in on either side: the number left, 签发人 right with the name in 楷体. */
const numberAndSigner = ({ number, signer }: Issue): Paragraph =>
  paragraph([run(number ?? ''), run('\t签发人：'), run(signer ?? '　　　', { font: FONTS.kaiti })], {
    indent: { left: CHARACTER, right: CHARACTER },
    tabStops: [{ type: TabStopType.RIGHT, position: PAGE.typeWidth - CHARACTER }],
  });

/** As wide as the type area, 4 mm below the number. */
const redRule = (): Paragraph =>
  paragraph([run('', { size: 1 })], {
    spacing: exactly(RULE_BELOW),
    border: { bottom: { style: BorderStyle.SINGLE, size: 12, space: 0, color: RED } },
  });

function letterNumber({ urgency }: Paper, { number }: Issue): Paragraph[] {
  return [
    blank(pt(14)),
    paragraph([run(urgency ?? '', { font: FONTS.heiti }), run(`\t${number ?? ''}`)], {
      tabStops: [{ type: TabStopType.RIGHT, position: PAGE.typeWidth }],
    }),
  ];
}

const title = ({ title: text, drill }: Paper): Paragraph[] => [
  ...[...(drill ? ['【演练】'] : []), ...text.split('\n')].map((line) =>
    paragraph([run(line, { font: FONTS.xiaobiaosong, size: TITLE_SIZE })], {
      alignment: AlignmentType.CENTER,
      spacing: exactly(pt(35)),
      keepNext: true,
    }),
  ),
  blank(),
];

/** The first page of a letter: its name 30 mm from the edge in red, 4 mm below it a double rule of 170 mm, thick above thin. */
export function letterHeader(paper: Paper, issue: Issue): Header {
  const size = headSize(paper.issuer, 42);
  return new Header({
    children: [
      stamp(paper, issue, LETTER_NAME_FROM_EDGE - HEADER_FROM_EDGE),
      paragraph([run(paper.issuer, { font: FONTS.xiaobiaosong, size, color: RED })], {
        alignment: AlignmentType.CENTER,
        spacing: exactly(pt(size * 1.2)),
      }),
      doubleRule(BorderStyle.THICK_THIN_SMALL_GAP),
    ],
  });
}

/** Centred on the page, so that it reaches beyond the type area. */
export const doubleRule = (style: (typeof BorderStyle)[keyof typeof BorderStyle]): Paragraph =>
  paragraph([run('', { size: 1 })], {
    spacing: exactly(RULE_BELOW),
    indent: {
      left: (PAGE.width - LETTER_RULE) / 2 - PAGE.left,
      right: (PAGE.width - LETTER_RULE) / 2 - PAGE.right,
    },
    border: { bottom: { style, size: 24, space: 0, color: RED } },
  });

/** Every page but a letter's first. */
export const plainHeader = (paper: Paper, issue: Issue): Header =>
  new Header({ children: [stamp(paper, issue, LINE)] });

const stamp = ({ drill }: Paper, { stamp: text }: Issue, line: number): Paragraph =>
  paragraph([run([drill ? '【演练】' : '', text ? `【${text}】` : ''].join(''), { font: FONTS.heiti })], {
    alignment: AlignmentType.RIGHT,
    spacing: exactly(line),
  });

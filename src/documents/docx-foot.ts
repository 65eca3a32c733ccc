import type { Paragraph } from 'docx';
import {
  AlignmentType, BorderStyle, Footer, FrameAnchorType, HeightRule, PageNumber, TabStopType,
  TextRun, type IParagraphOptions,
} from 'docx'; // prettier-ignore
import { doubleRule } from './docx-head.ts';
import { allScripts, blank, exactly, paragraph, run } from './docx-text.ts';
import { FONTS } from './fonts.ts';
import { CHARACTER, LINE, mm, PAGE, pt, SMALL_SIZE, widthOf } from './measures.ts';
import type { Issue, Paper } from './paper.ts';

/** The number's line ends 7 mm and its own height below the type area; a letter's lower rule is 20 mm from the edge. */
export const FOOTER_FROM_EDGE = mm(35 - 7) - pt(SMALL_SIZE);
export const LETTER_RULE_FROM_EDGE = mm(20);

/** — 1 —, one character in: odd pages right, even pages left; `below` is what the section's footer is nearer to the edge. */
export function pageNumber(side: 'odd' | 'even', below: number): Footer {
  const children = ['— ', PageNumber.CURRENT, ' —'];
  const number = new TextRun({ children, font: allScripts(FONTS.songti), size: SMALL_SIZE * 2 });
  const indent = side === 'odd' ? { right: pt(SMALL_SIZE) } : { left: pt(SMALL_SIZE) };
  return new Footer({
    children: [
      paragraph([number], {
        alignment: side === 'odd' ? AlignmentType.RIGHT : AlignmentType.LEFT,
        spacing: { ...exactly(pt(SMALL_SIZE)), after: below },
        indent,
      }),
    ],
  });
}

/** The first page of a letter has no number and a double rule, thin above thick. */
export const letterFooter = (): Footer =>
  new Footer({ children: [doubleRule(BorderStyle.THIN_THICK_SMALL_GAP)] });

/** The names of what is attached, one line below the text. */
export function annexList({ annexes }: Paper): Paragraph[] {
  if (annexes.length === 0) return [];
  if (annexes.length === 1)
    return [
      blank(LINE, { keepNext: true }),
      listed(`附件：${annexes[0]!.title}`, { left: 5 * CHARACTER, hanging: 3 * CHARACTER }),
    ];
  return [
    blank(LINE, { keepNext: true }),
    ...annexes.map(({ title }, index) =>
      listed(`${index === 0 ? '附件：' : ''}${index + 1}. ${title}`, {
        left: 6.5 * CHARACTER,
        hanging: (index === 0 ? 4.5 : 1.5) * CHARACTER,
      }),
    ),
  ];
}

const listed = (text: string, indent: { left: number; hanging: number }): Paragraph =>
  paragraph([run(text)], { indent, keepNext: true });

/**
 * The issuing body and below it the date. With room for a seal the date ends four characters from the right and the body is
 * centred over it; without, the body ends two characters from the right. A blank date is for whoever signs.
 */
export function signature({ signature: name, sealed }: Paper, { date }: Issue): Paragraph[] {
  const dated = date ?? '　　年　月　日';
  const beyond = (widthOf(name) - widthOf(dated)) / 2;
  const dateIn = sealed ? Math.max(4, 2 + beyond) : 2 + Math.max(0, widthOf(name) - widthOf(dated) - 2);
  const nameIn = sealed ? dateIn - beyond : Math.max(2, 4 + widthOf(dated) - widthOf(name));
  const above = Array.from({ length: sealed ? 3 : 1 }, () => blank(LINE, { keepNext: true }));
  return [...above, right(name, nameIn, { keepNext: true }), right(dated, dateIn)];
}

const right = (
  text: string,
  charactersIn: number,
  more: Omit<IParagraphOptions, 'children'> = {},
): Paragraph =>
  paragraph([run(text)], {
    ...more,
    alignment: AlignmentType.RIGHT,
    indent: { right: Math.round(charactersIn * CHARACTER) },
  });

const IMPRINT_LINE = pt(24);
/** LibreOffice puts text at the foot of an exact line, on the rule; Word near it. */
const RAISED = 3;
/** As many of its characters go on a line, one character in on either side. */
const SMALL_CHARACTERS = Math.floor(PAGE.typeWidth / pt(SMALL_SIZE)) - 2;

const THICK = { style: BorderStyle.SINGLE, size: 8, space: 1, color: '000000' };
const THIN = { style: BorderStyle.SINGLE, size: 4, space: 1, color: '000000' };

/** 版记 at the foot of the last page: 抄送, and who printed it when. A letter has 抄送 alone, without lines. */
export function imprint({ form, copies, issuer }: Paper, { date }: Issue): Paragraph[] {
  const small = (text: string) => run(text, { size: SMALL_SIZE, raised: RAISED });
  const copied = copies.length > 0 ? [`抄送：${copies.join('，')}。`] : [];
  if (form === 'plain' || (form === 'letter' && copied.length === 0)) return [];
  const lines = form === 'letter' ? copied : [...copied, `${issuer}\t${date ?? '　　年　月　日'}印发`];
  const ruled = form !== 'letter';
  const heights = lines.map((text) => Math.ceil(widthOf(text) / SMALL_CHARACTERS) * IMPRINT_LINE);
  const framed = lines.map((text, index) =>
    paragraph([small(text)], {
      spacing: exactly(IMPRINT_LINE),
      indent: { left: pt(SMALL_SIZE), right: pt(SMALL_SIZE) },
      tabStops: [{ type: TabStopType.RIGHT, position: PAGE.typeWidth - pt(SMALL_SIZE) }],
      frame: atTheFoot(heights[index]!, sum(heights.slice(index))),
      ...(ruled ? { border: ruleOf(index, lines.length) } : {}),
    }),
  );
  // A frame belongs to the paragraph after it.
  return [...framed, blank(pt(1))];
}

const sum = (numbers: number[]): number => numbers.reduce((all, number) => all + number, 0);

const ruleOf = (index: number, of: number): NonNullable<IParagraphOptions['border']> => ({
  top: index === 0 ? THICK : THIN,
  ...(index === of - 1 ? { bottom: THICK } : {}),
});

/** By distances from the page's edges: LibreOffice puts a frame aligned to the type area's foot into the text. */
const atTheFoot = (height: number, fromFoot: number): NonNullable<IParagraphOptions['frame']> => ({
  type: 'absolute',
  width: PAGE.typeWidth,
  height,
  rule: HeightRule.EXACT,
  anchor: { horizontal: FrameAnchorType.PAGE, vertical: FrameAnchorType.PAGE },
  position: { x: PAGE.left, y: PAGE.height - PAGE.bottom - fromFoot },
});

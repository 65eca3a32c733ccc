import type { Paragraph } from 'docx';
import {
  AlignmentType, BorderStyle, PageBreak, Table, TableCell, TableLayoutType, TableRow, VerticalAlign, WidthType,
} from 'docx'; // prettier-ignore
import { blank, exactly, paragraph, run, textParagraph } from './docx-text.ts';
import { FONTS } from './fonts.ts';
import { PAGE, pt, TITLE_SIZE } from './measures.ts';
import type { Annex, Block, Paper, TableBlock } from './paper.ts';

/** 小四: what stands in tables. */
const CELL_SIZE = 12;

/** The text, from its addressee to its last paragraph. */
export const body = ({ addressee, blocks }: Paper): (Paragraph | Table)[] => [
  ...(addressee ? [paragraph([run(`${addressee}：`)])] : []),
  ...blocks.map((given, index) => block(given, index === blocks.length - 1)),
];

const block = (given: Block, isLast: boolean): Paragraph | Table =>
  given.kind === 'table' ? table(given) : textParagraph(given.kind, given.text, isLast);

/** 附件 in 黑体 at the left of its first line, the title in the third. */
export const annexPages = ({ annexes }: Paper): (Paragraph | Table)[] =>
  annexes.flatMap((annex, index) => annexPage(annex, annexes.length > 1 ? index + 1 : null));

const annexPage = ({ title, blocks }: Annex, nr: number | null): (Paragraph | Table)[] => [
  paragraph([new PageBreak()], { spacing: exactly(pt(1)) }),
  paragraph([run(`附件${nr ?? ''}`, { font: FONTS.heiti })]),
  blank(),
  paragraph([run(title, { font: FONTS.xiaobiaosong, size: TITLE_SIZE })], {
    alignment: AlignmentType.CENTER,
    spacing: exactly(pt(35)),
  }),
  blank(),
  ...blocks.map((given) => block(given, false)),
];

const LINES = { style: BorderStyle.SINGLE, size: 4, color: '000000' };

function table({ head, widths, rows }: TableBlock): Table {
  const all = widths.reduce((sum, width) => sum + width, 0);
  const columns = widths.map((width) => Math.floor((PAGE.typeWidth * width) / all));
  return new Table({
    width: { size: PAGE.typeWidth, type: WidthType.DXA },
    columnWidths: columns,
    layout: TableLayoutType.FIXED,
    borders: {
      top: LINES,
      bottom: LINES,
      left: LINES,
      right: LINES,
      insideHorizontal: LINES,
      insideVertical: LINES,
    },
    rows: [row(head, columns, true), ...rows.map((cells) => row(cells, columns, false))],
  });
}

const row = (cells: string[], columns: number[], isHead: boolean): TableRow =>
  new TableRow({
    tableHeader: isHead,
    cantSplit: true,
    children: cells.map(
      (text, index) =>
        new TableCell({
          width: { size: columns[index]!, type: WidthType.DXA },
          verticalAlign: VerticalAlign.CENTER,
          margins: { left: 60, right: 60, top: 20, bottom: 20 },
          children: [
            paragraph([run(text, { size: CELL_SIZE, font: isHead ? FONTS.heiti : FONTS.fangsong })], {
              alignment: isHead ? AlignmentType.CENTER : AlignmentType.LEFT,
              spacing: exactly(pt(18)),
            }),
          ],
        }),
    ),
  });

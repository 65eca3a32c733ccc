import { AlignmentType, LineRuleType, Paragraph, TextRun, type IParagraphOptions } from 'docx';
import { FONTS } from './fonts.ts';
import { BODY_SIZE, CHARACTER, LINE, TIGHTENED } from './measures.ts';
import type { TextKind } from './paper.ts';

export const RED = 'FF0000';

export interface Look {
  font?: string;
  /** Points. */
  size?: number;
  color?: string;
  bold?: boolean;
  /** Above its line's place, in points. */
  raised?: number;
}

/** A run whose font is the same for every script, as official paper has it. */
export const run = (
  text: string,
  { font = FONTS.fangsong, size = BODY_SIZE, color, bold = false, raised }: Look = {},
): TextRun =>
  new TextRun({
    text,
    font: allScripts(font),
    size: size * 2,
    bold,
    ...(color ? { color } : {}),
    ...(raised ? { position: `${raised}pt` as const } : {}),
    ...(size === BODY_SIZE ? { characterSpacing: TIGHTENED } : {}),
  });

export const allScripts = (font: string) => ({ ascii: font, hAnsi: font, eastAsia: font, cs: font });

export const exactly = (line: number) => ({
  line,
  lineRule: LineRuleType.EXACT,
  before: 0,
  after: 0,
});

/** A line of the body's height, or of another. */
export const paragraph = (
  children: IParagraphOptions['children'],
  more: Omit<IParagraphOptions, 'children'> = {},
): Paragraph => new Paragraph({ spacing: exactly(LINE), ...more, ...(children ? { children } : {}) });

export const blank = (line = LINE, more: Omit<IParagraphOptions, 'children' | 'spacing'> = {}): Paragraph =>
  paragraph([run('')], { ...more, spacing: exactly(line) });

const LOOKS: Record<TextKind, Look> = {
  h1: { font: FONTS.heiti },
  h2: { font: FONTS.kaiti },
  h3: { font: FONTS.fangsong },
  h4: { font: FONTS.fangsong },
  p: { font: FONTS.fangsong },
};

/** A paragraph of the text, two characters in. The last one stays with what is below: no page holds a signature alone. */
export const textParagraph = (kind: TextKind, text: string, isLast = false): Paragraph =>
  paragraph([run(text, LOOKS[kind])], {
    alignment: AlignmentType.BOTH,
    indent: { firstLine: 2 * CHARACTER },
    ...(kind === 'p' && !isLast ? {} : { keepNext: true }),
  });

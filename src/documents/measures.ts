/*
 * Measures of GB/T 9704-2012. A .docx counts in twips, 1/20 of a point: 1,440 to the inch.
 */

export const mm = (millimetres: number): number => Math.round((millimetres * 1_440) / 25.4);
export const pt = (points: number): number => Math.round(points * 20);

/** A4; above 37 mm, left 28 mm, and between them and the other edges a type area of 156 × 225 mm. */
export const PAGE = {
  width: mm(210),
  height: mm(297),
  top: mm(37),
  left: mm(28),
  right: mm(210 - 28 - 156),
  bottom: mm(297 - 37 - 225),
  typeWidth: mm(156),
} as const;

/** 22 lines of 28 points to a page. */
export const LINE = pt(28);

/** 三号. 28 characters of 16 points are wider than the type area, so that a quarter of a point is taken off each. */
export const BODY_SIZE = 16;
export const TIGHTENED = -5;
export const CHARACTER = pt(BODY_SIZE) + TIGHTENED;

/** 四号: page numbers, 抄送, printing line. */
export const SMALL_SIZE = 14;

/** 二号: titles. */
export const TITLE_SIZE = 22;

/** Width in characters of the body: letters and digits of the Latin alphabet are half as wide as others. */
export const widthOf = (text: string): number =>
  [...text].reduce((width, character) => width + (character.charCodeAt(0) < 0x80 ? 0.5 : 1), 0);

/** The size in points in which a body's name fills its head, at most `most`. */
export const headSize = (name: string, most: number): number =>
  Math.min(most, Math.floor(((156 / 25.4) * 72 * 0.94) / Math.max(widthOf(name), 1)));

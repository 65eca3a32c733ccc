import { parseCsv } from 'hucre/csv';
import { readXlsx, type CellValue, type MergeRange, type Sheet as XlsxSheet } from 'hucre/xlsx';
import { SheetRefused } from './sheet-problem.ts';
import { checkUnpackedSize } from './unpacked-size.ts';

export const MAX_BYTES = 2 * 1024 * 1024;
export const MAX_ROWS = 2_000;
/** A roster has some eight columns; a cell at the far right would make a rectangle of millions. */
const MAX_COLUMNS = 40;

/** One cell. Its text is trimmed; a date cell's is its ISO date. Nothing is ever evaluated: a formula has no text. */
export interface Cell {
  text: string;
  isFormula: boolean;
  /** The row (from 0) in which the merged cell begins that this one is a part of; null when it is merged with none. */
  mergedFrom: number | null;
}

/** Rows of cells, as the spreadsheet has them, merged cells filled; and where blank dates continue the row above. */
export interface Sheet {
  rows: Cell[][];
  /** .csv knows no merged cells: whoever saved it from a spreadsheet left their rest blank. */
  blankContinues: boolean;
}

/** Reads .xlsx, or .csv in UTF-8 or GBK. What it is is seen in the bytes, not in a name. Throws {@link SheetRefused}. */
export async function readSheets(bytes: Uint8Array): Promise<Sheet[]> {
  if (bytes.length === 0) throw new SheetRefused('EMPTY_FILE');
  if (bytes.length > MAX_BYTES) throw new SheetRefused('FILE_TOO_LARGE');
  if (begins(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new SheetRefused('OLD_OR_ENCRYPTED_FORMAT');
  const sheets = begins(bytes, [0x50, 0x4b]) ? await workbook(bytes) : [csv(bytes)];
  if (sheets.some(({ rows }) => rows.length > MAX_ROWS)) throw new SheetRefused('TOO_MANY_ROWS');
  return sheets;
}

const begins = (bytes: Uint8Array, magic: number[]): boolean => magic.every((byte, i) => bytes[i] === byte);

async function workbook(bytes: Uint8Array): Promise<Sheet[]> {
  const entries = checkUnpackedSize(bytes);
  if (entries.some((name) => /vbaProject|macrosheets|activeX/i.test(name))) throw new SheetRefused('MACROS');
  try {
    const read = await readXlsx(bytes, {
      sheets: ({ hidden, veryHidden }) => !hidden && !veryHidden,
      // One row more than may be, so that too many are seen without being read.
      range: `A1:AN${MAX_ROWS + 1}`,
      maxRows: MAX_ROWS + 1,
    });
    return read.sheets.map((sheet) => ({ rows: cellsOf(sheet), blankContinues: false }));
  } catch {
    // Its messages may quote what stands in the file.
    throw new SheetRefused('NO_SPREADSHEET');
  }
}

function cellsOf({ rows, cells, merges = [] }: XlsxSheet): Cell[][] {
  const filled = rows.map((row, r) =>
    row.slice(0, MAX_COLUMNS).map((value, c): Cell => {
      const isFormula = cells?.get(`${r},${c}`)?.formula !== undefined;
      return { text: isFormula ? '' : textOf(value), isFormula, mergedFrom: null };
    }),
  );
  for (const merge of merges) fill(filled, merge);
  return withoutBlankEnd(filled);
}

function fill(rows: Cell[][], { startRow, startCol, endRow, endCol }: MergeRange): void {
  const first = rows[startRow]?.[startCol];
  if (!first) return;
  for (let r = startRow; r <= Math.min(endRow, rows.length - 1); r++)
    for (let c = startCol; c <= Math.min(endCol, MAX_COLUMNS - 1); c++)
      rows[r]![c] = { ...first, mergedFrom: startRow };
}

function csv(bytes: Uint8Array): Sheet {
  const rows = parseCsv(decoded(bytes), { maxRows: MAX_ROWS + 1, typeInference: false });
  const cells = rows.map((row) =>
    row.slice(0, MAX_COLUMNS).map((value): Cell => {
      const text = textOf(value);
      // What a spreadsheet would evaluate when it opens the file.
      const isFormula = /^[=@\t]/.test(text);
      return { text: isFormula ? '' : text, isFormula, mergedFrom: null };
    }),
  );
  return { rows: withoutBlankEnd(cells), blankContinues: true };
}

/** GB 18030 contains GBK and GB 2312: what Excel in China saves .csv in unless told otherwise. */
function decoded(bytes: Uint8Array): string {
  if (bytes.includes(0)) throw new SheetRefused('NO_SPREADSHEET');
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next may fit.
    }
  }
  throw new SheetRefused('UNKNOWN_ENCODING');
}

function textOf(value: CellValue | undefined): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  return String(value).trim();
}

function withoutBlankEnd(rows: Cell[][]): Cell[][] {
  const last = rows.findLastIndex((row) => row.some(({ text, isFormula }) => text !== '' || isFormula));
  return rows.slice(0, last + 1);
}

/** What a spreadsheet calls a column: `A` for 0. */
export const columnName = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : columnName(Math.floor(column / 26) - 1) + columnName(column % 26);

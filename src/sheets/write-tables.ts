import { writeCsv } from 'hucre/csv';
import { writeXlsx } from 'hucre/xlsx';

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const CSV_TYPE = 'text/csv; charset=utf-8';

export type Cell = string | number | null;

/** A table as people read it: a name, what its columns are called, and its rows. */
export interface Table {
  name: string;
  header: string[];
  rows: Cell[][];
}

const NARROW = 10;
const WIDE = 40;

/** Tables as one .xlsx, a sheet each, their heads standing still. Text stays text: nothing of it is a formula. */
export const tablesAsXlsx = (tables: Table[]): Promise<Uint8Array> =>
  writeXlsx({
    sheets: tables.map(({ name, header, rows }) => ({
      name,
      columns: header.map((title, column) => ({ width: widthOf(title, rows, column) })),
      rows: [header, ...rows],
      freezePane: { rows: 1 },
    })),
  });

/** Tables as one .csv in UTF-8 with the mark that spreadsheets ask for, under each other. Nothing in it is evaluated. */
export const tablesAsCsv = (tables: Table[]): Uint8Array => {
  const rows = tables.flatMap(({ name, header, rows: lines }, index) => [
    ...(index > 0 ? [[]] : []),
    [name],
    header,
    ...lines,
  ]);
  return new TextEncoder().encode(writeCsv(rows, { bom: true, escapeFormulae: true }));
};

/** Chinese letters are two wide. */
const widthOf = (title: string, rows: Cell[][], column: number): number =>
  Math.min(
    WIDE,
    Math.max(
      NARROW,
      ...[title, ...rows.slice(0, 200).map((row) => String(row[column] ?? ''))].map(
        (text) => text.length * 2,
      ),
    ),
  );

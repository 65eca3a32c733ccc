import { writeXlsx, type CellValue, type MergeRange } from 'hucre/xlsx';
import { at, organisationWith } from '../people/testing.ts';

export { at };

/** An office with four people (虚构zhao, 虚构qian, 虚构sun, 虚构wu) and its two shifts. */
export const organisation = organisationWith(`
      shifts:
        day: { name: 白班, from: '08:30', to: '17:30' }
        night: { name: 夜班, from: '17:30', to: '08:30' }
`);

export const HEADER = ['日期', '星期', '白班', '夜班', '带班领导', '备注', '值班电话'];
const TITLE = ['2026年1月值班表', null, null, null, null, null, null];

/** The rows below title and header, as officers keep them; the first is row 3 of the sheet. */
export const GOOD: CellValue[][] = [
  [new Date(Date.UTC(2026, 0, 1)), '四', '虚构zhao、虚构qian', '虚构sun', '虚构li', '元旦', '139 0000 0001'],
  ['1月2日', '星期五', '虚构 qian', '虚构wu', null, null, 13900000002],
  [46025, '六', '虚构sun\n虚构wu', '虚构zhao', null, null, '010-6666 0001转8'],
  ['2026/1/4', null, '虚构wu', '虚构qian', '虚构li', null, '—'],
  [null, null, '虚构sun', null, null, null, null],
  ['2026年1月5日', '周一', '虚构zhao 虚构wu', '无', '虚构li', null, null],
];

/** A leader for three days, and two officers for the 4th, each in a row of their own. */
export const MERGES: MergeRange[] = [
  { startRow: 2, startCol: 4, endRow: 4, endCol: 4 },
  { startRow: 5, startCol: 0, endRow: 6, endCol: 0 },
  { startRow: 5, startCol: 3, endRow: 6, endCol: 3 },
  { startRow: 5, startCol: 4, endRow: 6, endCol: 4 },
];

export interface TestSheet {
  rows: CellValue[][];
  header?: CellValue[];
  merges?: MergeRange[];
  /** Formulas by `row,column`, from 0. */
  formulas?: Record<string, string>;
  vbaProject?: Uint8Array;
}

/** A workbook of that shape, its title merged over the columns. */
export const workbook = ({
  rows,
  header = HEADER,
  merges = [],
  formulas = {},
  vbaProject,
}: TestSheet): Promise<Uint8Array> =>
  writeXlsx({
    ...(vbaProject ? { vbaProject } : {}),
    sheets: [
      {
        name: '一月',
        rows: [TITLE, header, ...rows],
        merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: header.length - 1 }, ...merges],
        cells: new Map(Object.entries(formulas).map(([place, formula]) => [place, { formula }])),
      },
    ],
  });

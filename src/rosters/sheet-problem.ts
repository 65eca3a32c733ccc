/** What can be wrong with a row of a roster sheet. Stable, for programs. */
export const SHEET_CODES = [
  'UNKNOWN_COLUMN',
  'FORMULA',
  'MISSING_DATE',
  'NO_DATE',
  'NO_SUCH_DATE',
  'NO_YEAR',
  'WRONG_WEEKDAY',
  'DATE_TWICE',
  'UNKNOWN_SHIFT',
  'MISSING_PERSON',
  'UNKNOWN_PERSON',
  'AMBIGUOUS_PERSON',
  'PERSON_TWICE',
  'OVERLAPPING_SHIFTS',
  'MALFORMED_PHONE',
  'NOTE_UNUSABLE',
] as const;

export type SheetCode = (typeof SHEET_CODES)[number];

/** One mistake in a sheet. */
export interface SheetProblem {
  /** As the spreadsheet numbers it, from 1. */
  row: number;
  /** As the spreadsheet names it, e.g. `C`; null when the whole row is meant. */
  column: string | null;
  code: SheetCode;
  /** What is wrong, and what to do, in Simplified Chinese: for the people who keep the sheet. */
  text: string;
  todo: string;
}

/**
 * Why a file is not read at all: `EMPTY_FILE`, `FILE_TOO_LARGE` more than 2 MB, `FILE_UNPACKS_TOO_LARGE` a small file that would
 * fill the memory, `TOO_MANY_ROWS` more than 2,000, `MACROS` a workbook with code in it, `OLD_OR_ENCRYPTED_FORMAT` .xls or behind
 * a password, `NO_SPREADSHEET` neither .xlsx nor .csv, `UNKNOWN_ENCODING` neither UTF-8 nor GBK (GB 18030), `NO_HEADER` no row
 * that says 日期 and a shift or 值班人员, `NO_ROWS` nothing below it.
 */
export type SheetRefusal =
  | 'EMPTY_FILE'
  | 'FILE_TOO_LARGE'
  | 'FILE_UNPACKS_TOO_LARGE'
  | 'TOO_MANY_ROWS'
  | 'MACROS'
  | 'OLD_OR_ENCRYPTED_FORMAT'
  | 'NO_SPREADSHEET'
  | 'UNKNOWN_ENCODING'
  | 'NO_HEADER'
  | 'NO_ROWS';

const REFUSALS: Record<SheetRefusal, { zh: string; todo: string }> = {
  EMPTY_FILE: { zh: '文件是空的', todo: '请选择值班表文件' },
  FILE_TOO_LARGE: { zh: '文件超过 2 MB', todo: '请删去图片和无关的工作表，或按月分开导入' },
  FILE_UNPACKS_TOO_LARGE: { zh: '文件解压后过大', todo: '请把值班表另存为新的 .xlsx 文件再导入' },
  TOO_MANY_ROWS: { zh: '超过 2000 行', todo: '请按年或按月分开导入，并删去末尾的空行' },
  MACROS: { zh: '文件含有宏', todo: '请另存为不含宏的 .xlsx 文件再导入' },
  OLD_OR_ENCRYPTED_FORMAT: {
    zh: '文件是旧版 .xls 格式，或者设有密码',
    todo: '请取消密码，另存为 .xlsx 文件再导入',
  },
  NO_SPREADSHEET: { zh: '不是可读取的 .xlsx 或 .csv 文件', todo: '请用表格软件打开，另存为 .xlsx 再导入' },
  UNKNOWN_ENCODING: { zh: '文字编码不是 UTF-8，也不是 GBK', todo: '请另存为 .xlsx，或 UTF-8 编码的 .csv' },
  NO_HEADER: {
    zh: '没有找到表头',
    todo: '请保留一行表头：日期、星期、白班、夜班、带班领导、备注；或日期、值班人员',
  },
  NO_ROWS: { zh: '表头下面没有值班安排', todo: '请在表头下面逐日填写' },
};

/** A file that is not read at all. `message` is English, `zh` and `todo` are for the people who keep the sheet. */
export class SheetRefused extends Error {
  override name = 'SheetRefused';
  readonly zh: string;
  readonly todo: string;
  constructor(readonly code: SheetRefusal) {
    super(`the roster file is not read: ${code}`);
    ({ zh: this.zh, todo: this.todo } = REFUSALS[code]);
  }
}

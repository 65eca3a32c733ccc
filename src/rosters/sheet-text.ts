import type { SheetCode } from './sheet-problem.ts';

/** What is wrong and what to do about it, by code; `about` is the date, name or number of a row that it is about. */
const TEXTS: Record<SheetCode, (about: string) => { text: string; todo: string }> = {
  UNKNOWN_COLUMN: (about) => ({
    text: `不认识的列“${about.slice(0, 20)}”`,
    todo: '改为日期、星期、白班、夜班、值班人员、班次、带班领导、电话或备注，或删去此列',
  }),
  FORMULA: () => ({ text: '单元格是公式', todo: '系统不计算公式：请改填公式的结果' }),
  MISSING_DATE: () => ({ text: '没有日期', todo: '填写日期，或把日期单元格与上一行合并' }),
  NO_DATE: (about) => ({
    text: `“${about.slice(0, 20)}”不是日期`,
    todo: '写成 2026年1月1日、2026/1/1 或 1月1日',
  }),
  NO_SUCH_DATE: (about) => ({ text: `没有“${about.slice(0, 20)}”这一天`, todo: '改为实际存在的日期' }),
  NO_YEAR: (about) => ({
    text: `“${about.slice(0, 20)}”没有年份`,
    todo: '在日期中写明年份，或在标题中写明，例如“2026年1月值班表”',
  }),
  WRONG_WEEKDAY: (about) => ({ text: `星期与日期不符，这一天是${about}`, todo: '核对日期、年份和星期' }),
  DATE_TWICE: (about) => ({ text: `${about} 已在上面出现`, todo: '每个日期只保留一处，或合并日期单元格' }),
  UNKNOWN_SHIFT: (about) => ({
    text: `不知道“${about.slice(0, 20)}”的起止时间`,
    todo: '在表头写明，例如“早班（06:00-14:00）”',
  }),
  MISSING_PERSON: () => ({
    text: '没有值班人员',
    todo: '填写姓名；确定无人值班的填“无”，这一天没有此班次的填“—”',
  }),
  UNKNOWN_PERSON: (about) => ({
    text: `通讯录中没有${about}`,
    todo: '按通讯录改正姓名，或先把此人录入组织机构文件',
  }),
  AMBIGUOUS_PERSON: (about) => ({
    text: `同名的有多人：${about}`,
    todo: '在姓名后加括号写明编号，例如“张三（jia-1）”',
  }),
  PERSON_TWICE: () => ({ text: '同一人在同一班次出现两次', todo: '每人每班只写一次' }),
  OVERLAPPING_SHIFTS: (about) => ({
    text: `与第 ${about} 行的班次时间重叠`,
    todo: '调整班次的起止时间，或在不需要的班次填“—”',
  }),
  MALFORMED_PHONE: () => ({
    text: '电话号码有误',
    todo: '填写 11 位手机号，或带区号的固定电话；多个号码用顿号分开',
  }),
  NOTE_UNUSABLE: () => ({ text: '备注超过 500 字', todo: '缩短备注' }),
};

export const problemText = (code: SheetCode, about: string): { text: string; todo: string } =>
  TEXTS[code](about);

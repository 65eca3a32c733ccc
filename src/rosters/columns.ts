import type { Role } from '../people/roster-schema.ts';
import type { Cell, Sheet } from './read-sheet.ts';

/** A shift as the sheet names it; `hours` where the header states them, e.g. 白班（8:30-17:30）. */
export interface NamedShift {
  name: string;
  hours: { from: string; to: string } | null;
}

/** What a column holds. `people` of no fixed shift are those of the row's 班次. */
export type Column =
  | { holds: 'date' | 'weekday' | 'shiftName' | 'phone' | 'note' | 'nothing' | 'unknown' }
  | { holds: 'people'; as: Role; shift: NamedShift };

/** Where a roster stands in a sheet: its title above, its columns, and the first row (from 0) below the header. */
export interface Table {
  title: string;
  columns: Column[];
  headerRow: number;
  firstRow: number;
}

/** The table of a sheet; null when no row says 日期 and who has duty. A header of two rows is read as its lower one. */
export function tableOf({ rows }: Sheet): Table | null {
  const top = rows.findIndex((row) => isHeader(columnsOf(row)));
  if (top < 0) return null;
  const isTwoRows = isHeader(columnsOf(rows[top + 1] ?? []));
  const headerRow = isTwoRows ? top + 1 : top;
  const title = rows
    .slice(0, top)
    .flatMap((row) => row.map(({ text }) => text))
    .join(' ');
  return { title, columns: columnsOf(rows[headerRow]!), headerRow, firstRow: headerRow + 1 };
}

const columnsOf = (row: Cell[]): Column[] => row.map(({ text }) => columnOf(text));

const isHeader = (columns: Column[]): boolean =>
  columns.some(({ holds }) => holds === 'date') && columns.some(({ holds }) => holds === 'people');

/** 值班人员 without a 班次 beside it have the whole day. */
export const WHOLE_DAY = '全天';
export const LEADING = '带班';

const PLAIN: [RegExp, Column][] = [
  [/^(序号|编号)?$/, { holds: 'nothing' }],
  [/^(值班)?日期$/, { holds: 'date' }],
  [/^(星期|周|周几|星期几)$/, { holds: 'weekday' }],
  [/^班次$/, { holds: 'shiftName' }],
  [/(电话|手机|号码|联系方式)$/, { holds: 'phone' }],
  [/^(备注|说明)$/, { holds: 'note' }],
];

function columnOf(header: string): Column {
  const { name, hours } = namedShift(header);
  const plain = PLAIN.find(([pattern]) => pattern.test(name));
  if (plain) return plain[1];
  if (/^值班(人员|人|员)$/.test(name))
    return { holds: 'people', as: 'officer', shift: { name: WHOLE_DAY, hours } };
  const leader = /^带班(?:领导|人员?)?(?:[·-](.+))?$/.exec(name);
  if (leader) return { holds: 'people', as: 'dutyLeader', shift: { name: leader[1] ?? LEADING, hours } };
  if (/(班|全天)(人员)?$/.test(name))
    return { holds: 'people', as: 'officer', shift: { name: name.replace(/人员$/, ''), hours } };
  // Whatever states its hours is a shift.
  if (hours) return { holds: 'people', as: 'officer', shift: { name, hours } };
  return { holds: 'unknown' };
}

const HOURS = /\(?(\d{1,2})[:.时点](\d{2})?分?[-~—–至到]+(?:次日)?(\d{1,2})[:.时点](\d{2})?分?\)?/;

/** Reads `夜班（17:30-次日8:30）`. */
export function namedShift(header: string): NamedShift {
  const text = header.normalize('NFKC').replace(/\s+/g, '');
  const found = HOURS.exec(text);
  if (!found) return { name: text.replace(/\(.*\)$/, ''), hours: null };
  const [whole, fromHour, fromMinute, toHour, toMinute] = found;
  const hours = { from: time(fromHour!, fromMinute), to: time(toHour!, toMinute) };
  return { name: text.replace(whole, ''), hours: isTime(hours.from) && isTime(hours.to) ? hours : null };
}

const time = (hour: string, minute = '00'): string =>
  `${(hour === '24' ? '0' : hour).padStart(2, '0')}:${minute}`;

const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

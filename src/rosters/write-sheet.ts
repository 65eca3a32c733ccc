import { writeCsv } from 'hucre/csv';
import { writeXlsx } from 'hucre/xlsx';
import { dateOf, dayNumber } from '../people/calendar.ts';
import { type Body, type Organisation, personById } from '../people/organisation.ts';
import { type Watch, watchesOn } from '../people/watch.ts';
import { LEADING } from './columns.ts';
import { weekdayName } from './dates.ts';
import { writtenName } from './names.ts';

/** A body's roster over some dates, both included, as rows of text. Reading it again gives the same duty. */
export interface WrittenRoster {
  title: string;
  header: string[];
  /** The first cell of each is an ISO date. */
  rows: string[][];
}

/**
 * Who has duty on each date, by rotation, sheet, override or swap. Overrides by times are left out: they cut through shifts, and
 * a sheet has none such.
 */
export function writtenRoster(
  organisation: Organisation,
  body: Body,
  { from, to }: { from: string; to: string },
): WrittenRoster {
  const first = dayNumber(from);
  const dates = Array.from({ length: dayNumber(to) - first + 1 }, (_, i) => dateOf(first + i));
  const days = dates.map((date) => ({ date, watches: watchesOn(organisation, body, date) }));
  const columns = columnsOf(days.flatMap(({ watches }) => watches));
  return {
    title: `${body.name}值班表（${chineseDate(from)}至${chineseDate(to)}）`,
    header: ['日期', '星期', ...columns.map((column) => headerOf(body, column)), '备注'],
    rows: days.map(({ date, watches }) => [
      date,
      weekdayName(date),
      ...columns.map((column) => namesIn(organisation, watches.filter(isOf(column)))),
      [
        ...new Set(body.roster?.dated.filter((one) => one.date === date).flatMap(({ note }) => note ?? [])),
      ].join('；'),
    ]),
  };
}

type Of = Pick<Watch, 'as' | 'shift'>;
const isOf =
  (column: Of) =>
  ({ as, shift }: Of): boolean =>
    as === column.as && shift === column.shift;

const columnsOf = (watches: Watch[]): Of[] =>
  watches.filter((one, i) => watches.findIndex(isOf(one)) === i).toSorted((a, b) => b.as.localeCompare(a.as));

function headerOf({ roster }: Body, { as, shift }: Of): string {
  const { name, from, to } = roster!.shifts[shift]!;
  const hours = `（${from}-${to}）`;
  if (as === 'officer') return `${name}${hours}`;
  return name === LEADING ? `带班领导${hours}` : `带班领导·${name}${hours}`;
}

function namesIn(organisation: Organisation, watches: Watch[]): string {
  if (watches.length === 0) return '—';
  const ids = [...new Set(watches.flatMap(({ people }) => people.map(({ person }) => person)))];
  return ids.map((id) => writtenName(organisation, personById(organisation, id)!)).join('、') || '无';
}

const chineseDate = (date: string): string => {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
};

/** As .xlsx: the title merged over all columns, dates as dates. */
export function asXlsx({ title, header, rows }: WrittenRoster): Promise<Uint8Array> {
  const dated = rows.map(([date, ...rest]) => [new Date(`${date}T00:00:00Z`), ...rest]);
  return writeXlsx({
    sheets: [
      {
        name: '值班表',
        columns: header.map((text) => ({ width: Math.max(12, text.length * 2) })),
        rows: [[title, ...header.slice(1).map(() => null)], header, ...dated],
        merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: header.length - 1 }],
        cells: new Map(rows.map((_, i) => [`${i + 2},0`, { style: { numFmt: 'yyyy"年"m"月"d"日"' } }])),
        freezePane: { rows: 2, columns: 1 },
      },
    ],
  });
}

/** As .csv in UTF-8 with the mark that spreadsheets ask for. Nothing in it is evaluated when it is opened. */
export function asCsv({ title, header, rows }: WrittenRoster): Uint8Array {
  const dated = rows.map(([date, ...rest]) => [chineseDate(date!), ...rest]);
  return new TextEncoder().encode(writeCsv([[title], header, ...dated], { bom: true, escapeFormulae: true }));
}

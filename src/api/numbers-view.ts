import type { overdueIn, timesIn } from '../store/numbers.ts';
import { TIMES, type OverdueRow, type TimesRow } from '../store/numbers.ts';
import type { Table } from '../sheets/write-tables.ts';
import type { Names } from './names.ts';
import type { NumbersBody, NumbersPart } from './schemas-numbers.ts';

export type Rows = {
  times: Awaited<ReturnType<typeof timesIn>>;
  overdue: Awaited<ReturnType<typeof overdueIn>>;
};

const NONE: TimesRow['times'] = Object.fromEntries(
  TIMES.map((name) => [name, { count: 0, p50: null, p90: null }]),
) as TimesRow['times'];

/** Real incidents or drills, by office and together. */
export function partOf({ times, overdue }: Rows, drill: boolean, names: Names): NumbersPart {
  const own = <T extends { drill: boolean }>(rows: T[]): T[] => rows.filter((row) => row.drill === drill);
  const rows = own<TimesRow>(times);
  const all = rows.find(({ office }) => office === null);
  const named = <T extends { drill: boolean }>({ drill: _, ...row }: T & { office: string }) => ({
    ...row,
    officeName: names.office(row.office),
  });
  return {
    incidents: all?.incidents ?? 0,
    open: all?.open ?? 0,
    times: all?.times ?? NONE,
    offices: rows.flatMap((row) => (row.office === null ? [] : [named({ ...row, office: row.office })])),
    overdue: own<OverdueRow>(overdue).map(named),
  };
}

const HEADS = { firstReceipt: '首次确认', arrival: '到达现场', responseEnded: '处置结束', closed: '办结' };
const minutes = (seconds: number | null): number | null =>
  seconds === null ? null : Math.round(seconds / 6) / 10;

/** The same as tables for a sheet: times in minutes, drills on rows of their own. */
export function numberTables({ from, to, real, drills }: NumbersBody): Table[] {
  const parts = [
    ['实际事件', real],
    ['演练', drills],
  ] as const;
  return [
    {
      name: '用时统计',
      header: [
        '类别',
        '司法所',
        '件数',
        '未办结',
        ...TIMES.flatMap((name) => [
          `接报至${HEADS[name]}（件）`,
          `接报至${HEADS[name]} 中位数（分钟）`,
          `接报至${HEADS[name]} 90%以内（分钟）`,
        ]),
      ],
      rows: parts.flatMap(([sort, part]) =>
        [{ officeName: `合计（${from}至${to}）`, ...part }, ...part.offices].map((row) => [
          sort,
          row.officeName,
          row.incidents,
          row.open,
          ...TIMES.flatMap((name) => [
            row.times[name].count,
            minutes(row.times[name].p50),
            minutes(row.times[name].p90),
          ]),
        ]),
      ),
    },
    {
      name: '超期环节',
      header: ['类别', '环节', '司法所', '启动次数', '其中超期'],
      rows: parts.flatMap(([sort, part]) =>
        part.overdue.map((row) => [sort, row.stageName, row.officeName, row.opened, row.overdue]),
      ),
    },
  ];
}

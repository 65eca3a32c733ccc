import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { findingsSchema } from '../../../src/api/schemas-duty.ts';
import type { rosterSchema } from '../../../src/api/schemas-rosters.ts';
import { ask } from '../api/client.ts';
import { clock } from '../look/time.ts';
import { daysOn, startOf } from './weeks.ts';

export type Roster = z.infer<typeof rosterSchema>;
export type Finding = z.infer<typeof findingsSchema>[number];
export type Gap = Roster['gaps'][number];

export interface Weeks {
  from: string;
  weeks: number;
}
export const lastOf = ({ from, weeks }: Weeks): string => daysOn(from, weeks * 7 - 1);
export const pathOf = (body: string): string => `/api/rosters/${encodeURIComponent(body)}`;

/** A body's roster over some weeks. */
export const useRoster = (body: string, shown: Weeks, hasRoster: boolean) =>
  useQuery({
    queryKey: ['roster', body, shown],
    enabled: hasRoster,
    queryFn: () => ask<Roster>(`${pathOf(body)}?from=${shown.from}&to=${lastOf(shown)}`),
  });

/** What the roster guard finds two weeks ahead. */
export const useFindings = (isAllowed: boolean) =>
  useQuery({
    queryKey: ['roster-findings'],
    enabled: isAllowed,
    queryFn: () => ask<Finding[]>('/api/roster-findings'),
    staleTime: 30_000,
  });

/** One date: its shifts with their people, and the times in which somebody is missing. */
export interface RosterDay {
  date: string;
  kind: Roster['days'][number]['kind'];
  name: string | null;
  shifts: { shift: string; people: string; isEmpty: boolean }[];
  gaps: { as: Gap['as']; from: string; to: string }[];
  note: string;
}

/** 日期 and 星期 come first, 备注 last. */
const LEADING = 2;
const NONE = '—';
const EMPTY = '无';

/** The roster day by day. Pure. */
export const daysOf = ({ header, rows, days, gaps }: Roster): RosterDay[] =>
  rows.map((row, i) => ({
    ...days[i]!,
    shifts: row
      .slice(LEADING, -1)
      .map((people, at) => ({ shift: header[at + LEADING]!, people, isEmpty: people === EMPTY }))
      .filter(({ people }) => people !== NONE),
    gaps: gapsOn(days[i]!.date, gaps),
    note: row.at(-1) ?? '',
  }));

/** What of the gaps lies on a date, as times of day; 24:00 is its end. */
function gapsOn(date: string, gaps: Gap[]): RosterDay['gaps'] {
  const [start, end] = [startOf(date), startOf(daysOn(date, 1))];
  return gaps
    .map(({ as, from, to }) => ({
      as,
      from: Math.max(Date.parse(from), start),
      to: Math.min(Date.parse(to), end),
    }))
    .filter(({ from, to }) => from < to)
    .map(({ as, from, to }) => ({ as, from: clock(from), to: to === end ? '24:00' : clock(to) }));
}

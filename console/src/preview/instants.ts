import { serverNow } from '../api/clock.ts';

/** Instants as people type them here: `2026-10-01T02:13`, Asia/Shanghai, which has no summer time. */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

const typed = (ms: number): string => new Date(ms + OFFSET_MS).toISOString().slice(0, 16);
const on = (ms: number, clock: string): string => `${typed(ms).slice(0, 10)}T${clock}`;

/** ISO 8601 with its offset. */
export const instantOf = (value: string): string => `${value}:00+08:00`;

/** The next time the clock shows this. */
function comingAt(clock: string, from: number): number {
  const today = Date.parse(instantOf(on(from, clock)));
  return today > from ? today : today + DAY_MS;
}

const isWeekend = (ms: number): boolean => [0, 6].includes(new Date(ms + OFFSET_MS).getUTCDay());

/** Instants worth a trial, as they are typed: people are at their desks, asleep, or away. */
export const PRESETS = {
  now: () => typed(serverNow()),
  workday() {
    let at = comingAt('10:00', serverNow());
    while (isWeekend(at)) at += DAY_MS;
    return typed(at);
  },
  tonight: () => typed(comingAt('02:13', serverNow())),
  holiday() {
    const now = serverNow();
    const year = Number(typed(now).slice(0, 4));
    const coming = [year, year + 1].map((one) => `${one}-10-01T02:13`);
    return coming.find((one) => Date.parse(instantOf(one)) > now)!;
  },
} as const;

export type Preset = keyof typeof PRESETS;

import { z } from 'zod';
import { fitting, key, line, slug } from '../plan/fields.ts';

/** Duty of the officers 值班员, or of the leader 带班领导 behind them. */
export const ROLES = ['officer', 'dutyLeader'] as const;

/** Sorts of days for which a rotation may be: see `calendar.ts`. */
export const DAY_KINDS = ['workday', 'weekend', 'holiday', 'shiftedWorkday'] as const;

/** More are no rotations but a table of dates, for which `dated` is. */
export const MAX_ROTATIONS = 200;

const isDate = (text: string) => text.startsWith('20') && z.iso.date().safeParse(text).success;
const isTime = (text: string) => /^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(text);

const date = fitting(isDate, 'is no date', 'a date from 2000 to 2099 such as 2026-10-01');

const time = fitting(
  isTime,
  'is no time of day',
  '00:00 to 23:59; a shift that ends when it began or earlier ends on the next day',
);

const dateOrTime = fitting(
  (text) => isDate(text) || (isDate(text.slice(0, 10)) && text[10] === ' ' && isTime(text.slice(11))),
  'is no date and no time',
  'a date such as 2026-10-01, or a time such as 2026-10-01 20:00',
);

const role = z.enum(ROLES).default('officer');

const shift = z.strictObject({ name: line, from: time, to: time });

const rotation = z.strictObject({
  as: role,
  shift: key,
  /** Sorts of days it is for; left out: all days for which no other rotation of the role stands. */
  on: z
    .array(z.enum(DAY_KINDS))
    .min(1, { error: 'at least one sort of day, or no `on` for all days' })
    .optional(),
  /** The next turn comes on the next of its days, after seven days, or each weekday has its own (Monday first). */
  every: z.enum(['day', 'week', 'weekday']),
  /** The first date, which has the first turn, and the last. */
  from: date,
  until: date.optional(),
  /** Who has duty together, turn by turn. */
  turns: z.array(z.array(slug)).min(1, { error: 'at least one turn' }),
});

const override = z.strictObject({
  as: role,
  /** Two dates: shifts that begin on them, both included. Two times: whatever lies between. Asia/Shanghai. */
  from: dateOrTime,
  to: dateOrTime,
  shift: key.optional(),
  /** Whom they replace; left out: everybody of the role. */
  instead: slug.optional(),
  people: z.array(slug),
  note: line.optional(),
});

const swapped = z.strictObject({ person: slug, on: date, shift: key.optional() });

const swap = z.strictObject({
  /** Each has the other's duty. */
  between: z.array(swapped).length(2, { error: 'two people' }),
});

/** One shift of one date, as a sheet of dates has it: on that date no rotation of the role stands. */
const datedTurn = z.strictObject({
  date,
  as: role,
  shift: key,
  people: z.array(slug),
  note: line.optional(),
});

/** A body's duty roster 值班表 as it is written. See `docs/operations.md`. */
export const roster = z.strictObject({
  shifts: z.record(key, shift),
  rotations: z
    .array(rotation)
    .max(MAX_ROTATIONS, { error: `at most ${MAX_ROTATIONS}` })
    .default([]),
  /** Turns by date, as an imported sheet has them. */
  dated: z.array(datedTurn).default([]),
  overrides: z.array(override).default([]),
  swaps: z.array(swap).default([]),
});

const named = z.record(date, line).default({});

/** Days that the published table of holidays does not know, or that this bureau has otherwise. */
export const calendar = z.strictObject({ holidays: named, workdays: named });

export type Role = (typeof ROLES)[number];
export type Roster = z.output<typeof roster>;
export type Rotation = Roster['rotations'][number];
export type DatedTurn = Roster['dated'][number];
export type Override = Roster['overrides'][number];
export type Swap = Roster['swaps'][number];
export type SwapSide = Swap['between'][number];
export type Calendar = z.output<typeof calendar>;

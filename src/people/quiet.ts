import { z } from 'zod';
import { type Instant, plus, toMs } from '../incident/instant.ts';
import { fitting } from '../plan/fields.ts';
import { dateOf, dayNumber, dayOf } from './calendar.ts';
import { METHODS, type MethodName } from './methods.ts';
import { dateAt } from './roster.ts';
import { type Calendar, DAY_KINDS } from './roster-schema.ts';
import { instantAt } from './watch.ts';

const time = fitting(
  (text) => /^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(text),
  'is no time of day',
  '00:00 to 23:59; hours that end when they began or earlier end on the next day',
);

/** Hours in which routine messages wait, or do not come by some methods. No alarm and no duty of an incident asks for them. */
export const quietRule = z
  .strictObject({
    from: time,
    to: time,
    /** Sorts of days on which they begin; left out: every day. */
    on: z
      .array(z.enum(DAY_KINDS))
      .min(1, { error: 'at least one sort of day, or no `on` for every day' })
      .optional(),
    /** Methods not to be used then; left out: none of them is. */
    not: z
      .array(z.enum(METHODS))
      .min(1, { error: 'at least one method, or no `not` for all of them' })
      .optional(),
  })
  .refine(({ from, to, on }) => from !== to || on !== undefined, {
    error: 'all hours of all days: routine messages would never come; name sorts of days with `on`',
  });

export const quietRules = z.array(quietRule).max(20, { error: 'at most twenty' });

export type QuietRule = z.output<typeof quietRule>;

/** Whose rules count: those of the person, else of the body, else of the organisation. */
export const quietRulesOf = (
  ...owners: readonly ({ quiet?: QuietRule[] | undefined } | null)[]
): readonly QuietRule[] => owners.find((owner) => owner?.quiet !== undefined)?.quiet ?? [];

/** A run of quiet hours this long is no night: see {@link quietUntil}. */
const LONGEST_DAYS = 14;

/**
 * When a routine message by a method may come: the end of the quiet hours that `at` lies in, those that meet them included. Null
 * when it may come now. At most about two weeks, where rules leave no hour free. Pure.
 */
export function quietUntil(
  rules: readonly QuietRule[],
  by: MethodName,
  at: Instant,
  calendar: Calendar | undefined,
): Instant | null {
  const ours = rules.filter(({ not }) => not === undefined || not.includes(by));
  let end = at;
  const latest = plus(at, LONGEST_DAYS * 86_400_000);
  for (let next = endOf(ours, end, calendar); next !== null; next = endOf(ours, end, calendar)) {
    end = next;
    if (toMs(end) > toMs(latest)) break;
  }
  return end === at ? null : end;
}

/** The latest end of the rules that cover an instant; null when none does. */
function endOf(rules: readonly QuietRule[], at: Instant, calendar: Calendar | undefined): Instant | null {
  const today = dayNumber(dateAt(at));
  const covering = [today - 1, today]
    .map((day) => dayOf(calendar, dateOf(day)))
    .flatMap(({ date, kind }) =>
      rules
        .filter(({ on }) => on === undefined || on.includes(kind))
        .map(({ from, to }) => {
          const ends = to > from ? date : dateOf(dayNumber(date) + 1);
          return { from: instantAt(`${date} ${from}`), to: instantAt(`${ends} ${to}`) };
        }),
    )
    .filter(({ from, to }) => toMs(from) <= toMs(at) && toMs(at) < toMs(to));
  return covering.map(({ to }) => to).sort((a, b) => toMs(b) - toMs(a))[0] ?? null;
}

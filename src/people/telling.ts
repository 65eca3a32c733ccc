import type { Instant } from '../incident/instant.ts';
import type { Delivery, Notice } from '../incident/notice.ts';
import type { Try } from './methods.ts';
import { contactFor, personById, type Organisation, type Person } from './organisation.ts';

/**
 * Whom a notice is for at an instant: the person told before who is tried by a further method, whoever took over, else the
 * party's contact of that moment. Null when there is nobody.
 */
export function recipientOf(
  organisation: Organisation,
  notice: Pick<Notice, 'again' | 'holder' | 'party' | 'office' | 'contact'>,
  at: Instant,
): Person | null {
  const person = notice.again?.person ?? notice.holder;
  return person ? personById(organisation, person) : contactFor(organisation, notice, at);
}

/** What comes after the method that took a message, `from` being the first that was tried; undefined after the last. */
export function methodAfter(tries: Try[], from: number, channel: string | null): Delivery['next'] {
  const took = tries.findIndex(({ by }, i) => i >= from && by === channel);
  if (took < 0 || took + 1 >= tries.length) return undefined;
  return { method: took + 1, afterMs: tries[took]!.waitMs };
}

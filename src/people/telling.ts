import type { MessageKey } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import type { Delivery, Notice } from '../incident/notice.ts';
import type { Try } from './methods.ts';
import { contactFor, personById, type Organisation, type Person } from './organisation.ts';

type Addressed = Pick<Notice, 'again' | 'holder' | 'party' | 'office' | 'contact' | 'before'>;

/** The keys under which nearer contacts were told: whom those messages went to has to be known before this one is addressed. */
export const keysBefore = ({ again, holder, before }: Addressed): MessageKey[] =>
  (again?.person ?? holder) ? [] : (before ?? []).flatMap(({ keys }) => keys);

/**
 * Whom a notice is for at an instant: the person told before who is tried by a further method, whoever took over, else the
 * party's contact of that moment. `tried` are the people whom the messages of {@link keysBefore} went to: whoever came on duty
 * since is not passed over. Where that is not known (`tried` is null) the place in line counts: else the one who is silent would
 * be told again, and the next in line never. Null when there is nobody.
 */
export function recipientOf(
  organisation: Organisation,
  { before, ...notice }: Addressed,
  at: Instant,
  tried: string[] | null,
): Person | null {
  const person = notice.again?.person ?? notice.holder;
  if (person) return personById(organisation, person);
  if (!before || tried === null) return contactFor(organisation, notice, at);
  const contacts = before.map(({ contact }) => contact);
  return contactFor(organisation, { ...notice, before: { contacts, tried } }, at);
}

/** What comes after the method that took a message, `from` being the first that was tried; undefined after the last. */
export function methodAfter(tries: Try[], from: number, channel: string | null): Delivery['next'] {
  const took = tries.findIndex(({ by }, i) => i >= from && by === channel);
  if (took < 0 || took + 1 >= tries.length) return undefined;
  return { method: took + 1, afterMs: tries[took]!.waitMs };
}

import { z } from 'zod';
import { limit } from '../plan/fields.ts';
import { readPhone } from './phone.ts';
import type { Person } from './schema.ts';

/** How a person can be reached, by the names of the channels. */
export const METHODS = ['inApp', 'sms', 'voice', 'email'] as const;
export type MethodName = (typeof METHODS)[number];

/** One method as it is written: how, how long it is waited for before the next, and how often it is tried again first. */
export const contactMethod = z.strictObject({
  by: z.enum(METHODS),
  /** How long until the next method of the same person; the plan's wait for the person ends it all the same. */
  wait: limit.optional(),
  /** How often this method is repeated before the next: a missed call once more. */
  repeats: z.number().int().min(0).max(5).default(0),
});
export type ContactMethod = z.output<typeof contactMethod>;

/** One try that can be made of a person: by which channel, to which address, and how long it is waited for. */
export interface Try {
  by: MethodName;
  to: string;
  waitMs: number;
}

const MINUTE = 60_000;

/** The order where neither the person, nor the body, nor the organisation has set one: what rings first, a missed call once more. */
const USUAL: ContactMethod[] = [
  { by: 'sms', repeats: 0 },
  { by: 'voice', repeats: 1 },
  { by: 'email', repeats: 0 },
];

/** How long each method is waited for where nothing is said: our own value, not the plan's. */
const WAIT_MS: Record<MethodName, number> = { inApp: MINUTE, sms: MINUTE, voice: MINUTE, email: MINUTE };

/** The methods by which a person is to be tried, in order: their own, else the first of `orders` that is set, else the usual ones. */
export const orderOf = (
  { methods }: Pick<Person, 'methods'>,
  orders: readonly (ContactMethod[] | undefined)[],
): ContactMethod[] => [methods, ...orders].find((order) => order !== undefined) ?? USUAL;

/**
 * The tries that can be made of a person, in their own order, else their body's, else the organisation's, else the usual one.
 * Methods that no channel serves, or for which the person has no address that could be dialled, are no tries: the next is
 * due at once. The roster guard finds malformed numbers beforehand.
 */
export function triesOf(
  person: Person,
  served: readonly MethodName[],
  orders: readonly (ContactMethod[] | undefined)[] = [],
): Try[] {
  return orderOf(person, orders)
    .filter(({ by }) => served.includes(by))
    .flatMap(({ by, wait, repeats }) => {
      const to = addressOf(person, by);
      const one = to === null ? null : { by, to, waitMs: wait?.ms ?? WAIT_MS[by] };
      return one ? Array.from({ length: repeats + 1 }, () => one) : [];
    });
}

function addressOf(person: Person, by: MethodName): string | null {
  switch (by) {
    case 'email':
      return person.email ?? null;
    case 'inApp':
      return person.id;
    case 'sms':
    case 'voice':
      return person.phone === undefined ? null : dialled(person.phone, by);
  }
}

/** A number as a provider takes it. A landline gets no text message. */
function dialled(phone: string, by: 'sms' | 'voice'): string | null {
  const read = readPhone(phone);
  if (!read || (by === 'sms' && !/^\+861[3-9]\d{9}$/.test(read.number))) return null;
  return read.number;
}

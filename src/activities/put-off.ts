import { ApplicationFailure } from '@temporalio/activity';
import { msBetween, type Instant } from '../incident/instant.ts';
import { bodyById } from '../people/bodies.ts';
import type { Organisation, Person } from '../people/organisation.ts';
import { quietRulesOf, quietUntil } from '../people/quiet.ts';

/**
 * Puts a routine mail off to the end of the quiet hours of whoever it is for, those of their own, of the body's or of the
 * organisation: throws, for Temporal to try again then. Does nothing at any other hour.
 */
export function putOffWhileQuiet(
  organisation: Organisation,
  { to, body }: { to: Person; body: string },
  now: Instant,
): void {
  const rules = quietRulesOf(to, bodyById(organisation, body), organisation);
  const until = quietUntil(rules, 'email', now, organisation.calendar);
  if (until === null) return;
  throw ApplicationFailure.create({
    message: `put off until ${until}`,
    type: 'QuietHours',
    nextRetryDelay: msBetween(now, until),
  });
}

import { type Instant, plus } from './incident/instant.ts';
import { failingContacts, unverifiedContacts } from './people/contact-guard.ts';
import type { RosterFinding } from './people/guard-finding.ts';
import { guardRosters, type Guarded } from './people/roster-guard.ts';
import { failingSince, verifiedContacts } from './store/contact-record.ts';
import type { Register } from './store/open.ts';
import { within } from './within.ts';

const FAILING_DAYS = 14;
const DAY_MS = 86_400_000;
/** A register that is away makes the guard less precise, and never silent. */
const PATIENCE_MS = 5_000;

/** The work's result, or what stands for it while the register does not answer. */
export type OrElse = <T>(work: Promise<T>, otherwise: T) => Promise<T>;

/** Waits some seconds for the register, then says so and goes on without it. */
export const withoutRegister =
  (warn: (error: Error) => void): OrElse =>
  (work, otherwise) =>
    within(PATIENCE_MS, work).catch((error: Error) => {
      warn(error);
      return otherwise;
    });

/** All that is to be mended: what rosters and people say, and what became of the messages of the last two weeks before `now`. */
export async function rosterFindings(
  register: Register,
  guarded: Guarded & { now: Instant },
  orElse: OrElse,
): Promise<RosterFinding[]> {
  const { organisation, now } = guarded;
  const failing = await orElse(failingSince(register, plus(now, -FAILING_DAYS * DAY_MS)), []);
  const verified = await orElse(verifiedContacts(register), null);
  return [
    ...guardRosters(guarded),
    ...failingContacts(organisation, failing, guarded),
    ...(verified ? unverifiedContacts(organisation, verified, guarded) : []),
  ];
}

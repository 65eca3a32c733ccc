import { ApplicationFailure, log } from '@temporalio/activity';
import type { Channel } from '../channels/channel.ts';
import { failureCode, isPermanent } from '../channels/failure.ts';
import { type Instant, toInstant } from '../incident/instant.ts';
import { findingKey, type GuardMail, guardMails, guardMailText } from '../people/guard-mail.ts';
import type { Organisation } from '../people/organisation.ts';
import type { RosterFinding } from '../people/guard-finding.ts';
import { dateAt } from '../people/roster.ts';
import type { Plan } from '../plan/load.ts';
import { rosterFindings, withoutRegister } from '../roster-findings.ts';
import { noteFindings, openFindings } from '../store/guard-findings.ts';
import type { Register } from '../store/open.ts';
import { type Channels, servedBy } from './compose.ts';
import { putOffWhileQuiet } from './put-off.ts';

export interface RosterGuardDeps {
  organisation: Organisation;
  plan: Plan;
  register: Register;
  email: Channel;
  /** By which people are told of incidents: whoever none of them reaches is a finding. */
  channels: Channels;
  /** What time it is for whoever would be told; now unless told otherwise. */
  now?: () => Instant;
}

export type RosterGuardActivities = ReturnType<typeof createRosterGuard>;

const DAYS = 14;

/** Looking ahead in the rosters, and telling who can mend them. Only ids of bodies go to and fro: no name stands in a history. */
export const createRosterGuard = (deps: RosterGuardDeps) => ({
  /** Looks two weeks ahead from an instant, notes what is new and what is mended, and gives the ids of the bodies to be told. */
  async lookAhead({ at }: { at: Instant }): Promise<string[]> {
    const found = await findingsAt(deps, at);
    const keys = found.map((finding) => findingKey(finding, at));
    await orElse(noteFindings(deps.register, keys, at), undefined);
    return (await mailsAt(deps, found, at)).map(({ body }) => body);
  },

  /**
   * Tells one body what is to be mended, as it stands now: one mail a day, the same again when tried again. Gives a code; `NOTHING`
   * when there is nothing any more. Refused for good is a result; a temporary failure is thrown, for Temporal to try again. In the
   * quiet hours of whoever is told it is put off to their end the same way; past a day, tomorrow's guard tells it.
   */
  async tellBody({ at, body }: { at: Instant; body: string }): Promise<{ code: string }> {
    const mails = await mailsAt(deps, await findingsAt(deps, at), at);
    const mail = mails.find((one) => one.body === body);
    if (!mail) return { code: 'NOTHING' };
    putOffWhileQuiet(deps.organisation, mail, (deps.now ?? wallClock)());
    const id = `roster-guard/${dateAt(at)}/${body}`;
    try {
      const words = guardMailText(deps.organisation, mail, at);
      return await deps.email.send({ id, to: mail.to.email, ...words });
    } catch (error) {
      const code = failureCode(error);
      if (isPermanent(error)) return { code };
      throw ApplicationFailure.create({ message: `not accepted yet: ${code}`, type: 'SendFailed' });
    }
  },
});

const wallClock = (): Instant => toInstant(Date.now());

const findingsAt = (
  { organisation, plan, register, channels }: RosterGuardDeps,
  at: Instant,
): Promise<RosterFinding[]> =>
  rosterFindings(
    register,
    { organisation, plan, served: servedBy(channels), from: at, days: DAYS, now: at },
    orElse,
  );

async function mailsAt(
  { organisation, register }: RosterGuardDeps,
  found: RosterFinding[],
  at: Instant,
): Promise<GuardMail[]> {
  const known = await orElse(openFindings(register), new Map<string, Instant>());
  const dated = found.map((one) => ({ ...one, firstSeen: known.get(findingKey(one, at)) ?? null }));
  return guardMails(organisation, dated, at);
}

const orElse = withoutRegister((error) =>
  log.warn('the roster guard goes on without the register', { error: error.name }),
);

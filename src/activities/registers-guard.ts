import { ApplicationFailure } from '@temporalio/activity';
import type { Channel } from '../channels/channel.ts';
import { failureCode, isPermanent } from '../channels/failure.ts';
import { type Instant, toInstant } from '../incident/instant.ts';
import { offices, personById, type Organisation } from '../people/organisation.ts';
import { dateAt } from '../people/roster.ts';
import type { Plan } from '../plan/load.ts';
import { remindersOn, reminderText } from '../registers/reminders.ts';
import { screeningDueOn } from '../registers/screening.ts';
import type { Register } from '../store/open.ts';
import { registerLimits } from '../store/register-limits.ts';
import { lastScreenings, openFindingsOfScreenings } from '../store/screenings.ts';
import { studyNow } from '../study-now.ts';
import type { Channels } from './compose.ts';
import { putOffWhileQuiet } from './put-off.ts';

export interface RegistersGuardDeps {
  organisation: Organisation;
  plan: Plan;
  register: Register;
  email: Channel;
  channels: Channels;
  /** What time it is for whoever would be told; now unless told otherwise. */
  now?: () => Instant;
}

export type RegistersGuardActivities = ReturnType<typeof createRegistersGuard>;

/** Reminding of study and screening. Only ids of people go to and fro. */
export const createRegistersGuard = (deps: RegistersGuardDeps) => ({
  /** The ids of the people to be reminded on the day of an instant. */
  async whoIsDue({ at }: { at: Instant }): Promise<string[]> {
    return [...(await remindersAt(deps, at)).keys()];
  },

  /**
   * Reminds one person, as it stands now: in the console and by mail, one a day, the same again when tried again. Gives a code;
   * `NOTHING` when there is nothing any more, `IN_APP` without an address. In their quiet hours it is put off to their end.
   */
  async remind({ at, person }: { at: Instant; person: string }): Promise<{ code: string }> {
    const { organisation, channels, email, now = wallClock } = deps;
    const lines = (await remindersAt(deps, at)).get(person);
    const to = personById(organisation, person);
    if (!lines || !to) return { code: 'NOTHING' };
    putOffWhileQuiet(organisation, { to, body: to.body }, now());
    const message = { id: `registers-guard/${dateAt(at)}/${person}`, ...reminderText(lines) };
    const shown = await channels.inApp?.send({ ...message, to: person });
    if (to.email === undefined) return shown ?? { code: 'NO_ADDRESS' };
    try {
      return await email.send({ ...message, to: to.email });
    } catch (error) {
      const code = failureCode(error);
      if (isPermanent(error)) return { code };
      throw ApplicationFailure.create({ message: `not accepted yet: ${code}`, type: 'SendFailed' });
    }
  },
});

const wallClock = (): Instant => toInstant(Date.now());

async function remindersAt(
  { organisation, plan, register }: RegistersGuardDeps,
  at: Instant,
): Promise<Map<string, string[]>> {
  const [study, limits, last, findings] = await Promise.all([
    studyNow(register, organisation, plan, at),
    registerLimits(register),
    lastScreenings(register),
    openFindingsOfScreenings(register),
  ]);
  const since = limits.screening ? dateAt(limits.screening.setAt) : dateAt(at);
  const period = limits.screening?.period ?? null;
  const screenings = offices(organisation).map(({ id: office }) => ({
    office,
    dueOn: screeningDueOn(last.get(office) ?? null, period, since),
  }));
  const { dueOn: studyDueOn, bodies } = study;
  const standing = { edition: plan.pin.edition, studyDueOn, bodies, screenings, findings };
  return remindersOn(organisation, standing, dateAt(at));
}

import { ApplicationFailure } from '@temporalio/activity';
import { failureCode, isPermanent } from '../channels/failure.ts';
import type { Channel } from '../channels/channel.ts';
import { listWords, reminderWords, toRemind, toReportUp, yearLookedAt } from '../drills/reminders.ts';
import type { OfficeYear } from '../drills/year.ts';
import type { Instant } from '../incident/instant.ts';
import { bodyById, bodyFor, personById } from '../people/bodies.ts';
import { LEADING_GROUP_OFFICE } from '../people/guard-mail.ts';
import type { Body, Organisation, Person } from '../people/schema.ts';
import type { Plan } from '../plan/load.ts';
import { drillYear } from '../store/drill-year.ts';
import type { Register } from '../store/open.ts';

export interface DrillReminderDeps {
  organisation: Organisation;
  plan: Plan;
  register: Register;
  email: Channel;
}

export type DrillReminderActivities = ReturnType<typeof createDrillReminders>;

/** 每年至少开展1次: who has none yet. Only ids of bodies go to and fro. */
export const createDrillReminders = (deps: DrillReminderDeps) => ({
  /** The bodies to be told at an instant: each office without a drill, and the leading-group office with the list of them. */
  async drillsDue({ at }: { at: Instant }): Promise<string[]> {
    const years = await yearsAt(deps, at);
    const leading = leadingOf(deps.organisation, years);
    const up = leading && toReportUp(years, at).length > 0 ? [leading.id] : [];
    return [...toRemind(years, at).map(({ office }) => office), ...up];
  },

  /** Tells one body, as it stands now: one mail a month, the same again when tried again. */
  async remindOfDrill({ at, body }: { at: Instant; body: string }): Promise<{ code: string }> {
    const { organisation, plan, email } = deps;
    const years = await yearsAt(deps, at);
    const own = toRemind(years, at).find(({ office }) => office === body);
    const to = addressed(organisation, bodyById(organisation, body));
    if (!to || !plan.drills) return { code: 'NOBODY' };
    const about = { year: yearLookedAt(at), clause: plan.drills.clause, nameOf };
    const words = own
      ? reminderWords({ ...about, name: nameOf(body) }, own)
      : listWords(about, toReportUp(years, at));
    try {
      return await email.send({ id: `drill-reminder/${at.slice(0, 7)}/${body}`, to: to.email, ...words });
    } catch (error) {
      const code = failureCode(error);
      if (isPermanent(error)) return { code };
      throw ApplicationFailure.create({ message: `not accepted yet: ${code}`, type: 'SendFailed' });
    }

    function nameOf(id: string): string {
      return bodyById(organisation, id)?.name ?? id;
    }
  },
});

const yearsAt = ({ register, organisation, plan }: DrillReminderDeps, at: Instant): Promise<OfficeYear[]> =>
  drillYear(register, { organisation, plan, year: yearLookedAt(at), now: at });

function leadingOf(organisation: Organisation, years: OfficeYear[]): Body | null {
  return years[0] ? bodyFor(organisation, LEADING_GROUP_OFFICE, years[0].office) : null;
}

const addressed = (organisation: Organisation, body: Body | null): (Person & { email: string }) | null =>
  (body?.contacts ?? [])
    .flatMap((id) => personById(organisation, id) ?? [])
    .find((one): one is Person & { email: string } => one.email !== undefined) ?? null;

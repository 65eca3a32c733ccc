import type { AccountableIncident } from '../store/accountable-incidents.ts';
import { accountableIncident, accountableIncidents, openTimeline } from '../store/accountable-incidents.ts';
import { saidOf, type SaidRow } from '../store/accountability.ts';
import { readTime } from '../incident/facts.ts';
import type { TimelineLine } from '../incident/four-times.ts';
import type { IncidentId } from '../incident/ids.ts';
import { msBetween } from '../incident/instant.ts';
import { timeDifferences, type TimeDifference, type VerifiedFact } from '../incident/time-differences.ts';
import { answerableFor, answersFor, type Answerable } from '../people/answerable.ts';
import { bodyById, peopleOf } from '../people/bodies.ts';
import { personById } from '../people/organisation.ts';
import type { Plan } from '../plan/load.ts';
import type { PlanPin } from '../incident/entry.ts';
import type { ApiDeps } from './deps.ts';
import { createPlanShelf } from './plans.ts';
import { Problem } from './problem.ts';

/** A difference with whom it concerns and what they have said of it, first to last. */
export interface ConcernedDifference extends TimeDifference {
  answerable: Answerable;
  said: SaidRow[];
}

/** The differences of one incident that concern a person: as themselves or as the supervisor. */
export interface Concerning {
  incident: AccountableIncident;
  differences: ConcernedDifference[];
}

/** Finds the differences between times (时间差异待核实) that concern a person, and nobody else's. */
export function createTimeDifferences(deps: ApiDeps) {
  const { register, organisation } = deps;
  const shelf = createPlanShelf(deps);

  return {
    /** Of every incident, newest first. */
    async concerning(person: string): Promise<Concerning[]> {
      const rows = await accountableIncidents(
        register,
        answersFor(organisation, person, leaderParties(deps.plan)),
      );
      const found: Concerning[] = [];
      for (const row of rows) {
        const one = await of(row, person);
        if (one.differences.length > 0) found.push(one);
      }
      return found;
    },
    /** Of one incident; null where none concerns this person, and where there is no such incident. */
    async ofIncident(id: IncidentId, person: string): Promise<Concerning | null> {
      const row = await accountableIncident(register, id);
      const found = row && (await of(row, person));
      return found && found.differences.length > 0 ? found : null;
    },
  };

  async function of(incident: AccountableIncident, person: string): Promise<Concerning> {
    const plan = await settingsOf(incident.plan);
    if (!mayDiffer(incident, plan)) return { incident, differences: [] };
    const timeline = await openTimeline(register, incident.id);
    const said = await saidOf(register, incident.id);
    const body = bodyById(organisation, incident.office);
    const all = timeDifferences({
      timeline,
      drill: incident.drill,
      isSubCase: incident.parent !== null,
      closedAs: incident.closedAs,
      verified: said.flatMap(verifiedIn),
      reportedWithin: plan.accountability?.reportedWithin ?? null,
      isOfOffice: (id) =>
        personById(organisation, id)?.body === incident.office ||
        (body !== null && peopleOf(body).includes(id)),
    });
    const differences = all
      .map((difference) => ({
        ...difference,
        answerable: answerableIn(incident, timeline, difference, plan),
        said: said.filter(({ data }) => data.difference === difference.key),
      }))
      .filter(({ answerable }) => Object.values(answerable).includes(person));
    return { incident, differences };
  }

  /** The edition that counted then; one that cannot be read any more sets no limit, and the present leaders stand. */
  async function settingsOf(pin: PlanPin): Promise<Settings> {
    try {
      return await shelf(pin);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { accountability, top } = deps.plan;
      return { top, accountability: accountability && { ...accountability, reportedWithin: undefined } };
    }
  }

  /** Whoever made the report that it is about; a clerk who wrote down a caller's words did not. */
  function answerableIn(
    { office, reporter }: AccountableIncident,
    timeline: TimelineLine[],
    { report }: TimeDifference,
    plan: Settings,
  ): Answerable {
    const later = timeline.find(({ kind, data }) => kind === 'reportRecorded' && data.report === report);
    const isPhonedIn = timeline[0]?.data.onBehalf !== undefined;
    const made = later ? String(later.data.by) : isPhonedIn ? null : reporter;
    return answerableFor(organisation, { office, reporter: made, leaders: leaderParties(plan) });
  }
}

/** What of a plan counts here. */
type Settings = Pick<Plan, 'accountability' | 'top'>;

/** Above the head of an office: the bureau's own choice, else and after that the top of every chain. */
const leaderParties = ({ accountability, top }: Settings): string[] =>
  accountability?.supervisor === undefined ? [top] : [accountability.supervisor, top];

/** By the row alone whether there can be any: most incidents are not opened for it. */
function mayDiffer({ hasMore, discoveredAt, receivedAt }: AccountableIncident, plan: Settings): boolean {
  const within = plan.accountability?.reportedWithin;
  const discovered = readTime(discoveredAt).instant;
  return (
    hasMore || (within !== undefined && discovered !== null && msBetween(discovered, receivedAt) > within.ms)
  );
}

const verifiedIn = ({ kind, by, data, personal }: SaidRow): VerifiedFact[] =>
  kind === 'verified'
    ? [
        {
          id: String(data.id),
          kind: data.about as VerifiedFact['kind'],
          by,
          report: Number(data.report),
          element: (data.element as string | null) ?? null,
          at: String(data.at),
          confirmed: personal.confirmed ?? null,
          source: personal.source ?? null,
        },
      ]
    : [];

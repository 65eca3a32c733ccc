import type { IncidentId } from '../incident/ids.ts';
import { isOfParty, offices, personById } from '../people/organisation.ts';
import type { Plan } from '../plan/load.ts';
import { incidentById, type IncidentRow } from '../store/incidents.ts';
import { within } from '../within.ts';
import type { ApiDeps } from './deps.ts';
import { onceWritten } from './once-written.ts';
import { createPlanShelf } from './plans.ts';
import { Problem } from './problem.ts';
import { closedProblem } from './incident-problems.ts';

const REGISTER_PATIENCE_MS = 1_000;

/** What every act of a person needs before it is said to its incident. */
export interface Acting {
  /**
   * A closed incident's workflow is gone: its record says so. Null where the record is not written yet or cannot be read:
   * an act does not wait for it, and the workflow refuses what it must. Throws 409 `IncidentClosed`.
   */
  mustBeOpen(id: IncidentId): Promise<IncidentRow | null>;
  /** The same for an act that cannot do without the record and waits for it. */
  openRecord(id: IncidentId): Promise<IncidentRow>;
  /** Somebody of ours whose body has a part in this office's incidents. Throws 422 `UNKNOWN_PERSON`, 403 `MAY_NOT_ACT`. */
  mustBeOneOfOurs(by: string, incident: Pick<IncidentRow, 'office'> | null): void;
  /** The same, of these parties alone; `code` is that of the 403. */
  mustBeOneOf(
    by: string,
    incident: Pick<IncidentRow, 'office'> | null,
    parties: string[],
    code?: string,
  ): void;
  /** The edition of the plan that the incident is pinned to; the one in force where its record cannot be read. */
  editionOf(incident: Pick<IncidentRow, 'plan'> | null): Promise<Plan>;
}

export function createActing(deps: ApiDeps): Acting {
  const { organisation, register } = deps;
  const shelf = createPlanShelf(deps);
  const ours = () =>
    Object.entries(deps.plan.parties).flatMap(([key, { outside }]) => (outside ? [] : [key]));

  function mustBeOneOf(
    by: string,
    incident: Pick<IncidentRow, 'office'> | null,
    parties: string[],
    code = 'MAY_NOT_ACT',
  ): void {
    if (!personById(organisation, by)) {
      throw new Problem({
        status: 422,
        code: 'UNKNOWN_PERSON',
        title: '组织中没有此人',
        detail: '"by" is the id of a person of the organisation.',
      });
    }
    const everywhere = offices(organisation).map(({ id }) => id);
    const at = incident ? [incident.office] : everywhere; // without its record, at least nobody from outside
    if (at.some((office) => isOfParty(organisation, by, parties, office))) return;
    throw new Problem({
      status: 403,
      code,
      title: '此人无权进行此操作',
      detail: `People of these parties may, for this incident's office: ${parties.join(', ')}.`,
    });
  }

  return {
    async mustBeOpen(id) {
      const incident = await within(REGISTER_PATIENCE_MS, incidentById(register, id)).catch(() => null);
      if (incident) refuseClosed(incident);
      return incident;
    },
    async openRecord(id) {
      const incident = (await incidentById(register, id)) ?? (await onceWritten(deps, id)).incident;
      refuseClosed(incident);
      return incident;
    },
    mustBeOneOf,
    mustBeOneOfOurs: (by, incident) => mustBeOneOf(by, incident, ours()),
    editionOf: async (incident) => (incident ? shelf(incident.plan) : { ...deps.plan }),
  };
}

function refuseClosed(incident: IncidentRow): void {
  if (incident.status === 'closed') throw closedProblem(incident);
}

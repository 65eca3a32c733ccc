import type { Plan } from '../plan/load.ts';
import { AFTERMATH } from '../plan/part-of.ts';
import type { IncidentRow } from '../store/incidents.ts';

/** The office proposes; where nobody of it can, whoever might approve does, and somebody else approves. In the aftermath its own owners do, too. */
export function proposers(plan: Plan, incident: Pick<IncidentRow, 'branch'> | null): string[] {
  const aftermath =
    incident?.branch === AFTERMATH ? Object.values(plan.branches[AFTERMATH]?.stages ?? {}) : [];
  const owners = aftermath.map(({ owner }) => owner).filter((party) => !plan.parties[party]?.outside);
  return [...new Set(['judicialOffice', ...plan.approvers, ...owners])];
}

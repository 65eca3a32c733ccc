import { scoreIncident, type DrillScore, type IncidentScore } from '../drills/score.ts';
import { hasStage, planStage } from '../incident/escalation.ts';
import { REPORT_ELEMENTS } from '../incident/entry.ts';
import type { IncidentId } from '../incident/ids.ts';
import { planPart } from '../plan/part-of.ts';
import type { Plan } from '../plan/load.ts';
import type { PlanStage } from '../plan/part.ts';
import { incidentDetail, openPersonal, type IncidentDetail } from '../store/incidents.ts';
import type { Drill } from '../store/drills.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';

/** A drill's score as it stands now, from the timelines of its offices' first incidents. */
export async function scoreDrill(deps: ApiDeps, acting: Acting, drill: Drill): Promise<DrillScore> {
  const offices: DrillScore['offices'] = [];
  for (const { office, incidents, participants } of drill.offices) {
    const detail = incidents[0] ? await incidentDetail(deps.register, incidents[0]) : null;
    if (!detail) continue;
    const { id, number } = detail.incident;
    const plan = await acting.editionOf(detail.incident);
    const score = await scoreOne(deps, drill, { detail, plan, participants });
    offices.push({ office, incident: id, number, score });
  }
  return { pace: drill.pace, offices };
}

async function scoreOne(
  { register }: ApiDeps,
  { pace, order }: Drill,
  { detail, plan, participants }: { detail: IncidentDetail; plan: Plan; participants: string[] },
): Promise<IncidentScore> {
  return scoreIncident({
    timeline: detail.timeline,
    pace,
    truth: order.truth,
    participants,
    rule: (branch, stage) => ruleOf(plan, branch, stage),
    reports: await reportsOf(register, detail),
  });
}

function ruleOf(plan: Plan, branch: string, stage: string): PlanStage | null {
  if (!Object.hasOwn(plan.branches, branch)) return null;
  const part = planPart(plan, branch);
  return hasStage(part, stage) ? planStage(part, stage) : null;
}

/** What each recorded report says of each element, in their order. */
async function reportsOf(
  register: ApiDeps['register'],
  { timeline, incident }: IncidentDetail,
): Promise<Record<string, string | null>[]> {
  const personal = await openPersonal(register, incident.id as IncidentId);
  return timeline
    .filter(({ kind }) => kind === 'reportRecorded')
    .map(({ seq, data }) => {
      const said = personal.get(seq) ?? {};
      const verifying = (data['verifying'] as string[] | undefined) ?? [];
      return Object.fromEntries(
        REPORT_ELEMENTS.flatMap((name): [string, string | null][] => {
          const value = said[`element.${name}`];
          if (value) return [[name, value]];
          return verifying.includes(name) ? [[name, null]] : [];
        }),
      );
    });
}

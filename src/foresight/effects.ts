import { hasStage, planStage, ruleName } from '../incident/escalation.ts';
import { followsMeasure } from '../incident/measures.ts';
import { GOES_ON } from '../plan/coded-stages.ts';
import type { Limit, PlanPart } from '../plan/part.ts';
import type { KnownStages } from './known-stages.ts';
import { rehearse } from './rehearse.ts';

/** What an act causes, by names of stages. */
export interface Effects {
  /** The stage stays open, and its limit (null: 未载明) begins anew. */
  continues: { within: Limit | null } | null;
  opens: string[];
  /** Open stages that end with it without having been done. */
  ends: string[];
  /** The part of the plan the incident goes on in, where that is another branch; `opens` are then its stages. */
  branch: PlanPart | null;
}

/** The part of the plan for another branch. */
export type PartOf = (branch: string) => PlanPart;

/** What recording an outcome of an open stage causes: what the plan says of it, and what the branch's procedure does then. */
export async function effectsOfOutcome(
  plan: PlanPart,
  stages: KnownStages,
  { stage, outcome }: { stage: string; outcome: string },
  partOf: PartOf,
): Promise<Effects> {
  const rules = planStage(plan, stage);
  const { continues, within, opens: saidByPlan, leadsTo } = rules.outcomes[outcome]!;
  if (continues) return { continues: { within: within ?? rules.within }, opens: [], ends: [], branch: null };
  if (leadsTo !== null) {
    const after = new Map(stages).set(stage, { outcome, begun: true });
    return effectsOfSwitch(partOf(leadsTo), after);
  }
  const reopened = saidByPlan.filter(
    (name) => stages.get(name)?.outcome !== null && hasStage(plan, name) && !isPointless(stages, name),
  );
  const following = followsMeasure(plan, stage, outcome);
  if (following !== null) reopened.push(following);
  const after = new Map(stages).set(stage, { outcome, begun: true });
  for (const name of reopened) after.set(name, { outcome: null, begun: true });
  const [before, then] = [await rehearse(plan, stages), await rehearse(plan, after)];
  return {
    continues: null,
    opens: [...reopened, ...then.opens.filter((name) => !before.opens.includes(name))],
    ends: then.lapses.filter((name) => !before.lapses.includes(name)),
    branch: null,
  };
}

/** A notice that was never delivered is not recalled. */
const isPointless = (stages: KnownStages, opens: string): boolean =>
  opens === 'recallNotice' && stages.get('policeNotice')?.outcome !== 'delivered';

/** What going on in another branch causes: open stages end, but for those it carries and the incident's own. */
export async function effectsOfSwitch(to: PlanPart, stages: KnownStages): Promise<Effects> {
  const isResponse = to.branch.workflow !== 'aftermath';
  const staysOpen = (name: string): boolean =>
    to.branch.carries.includes(name) ||
    GOES_ON.includes(ruleName(name)) ||
    (isResponse && to.incidentStages.includes(name));
  const isOpen = (name: string): boolean => stages.get(name)?.outcome === null;
  const kept: KnownStages = new Map(
    [...stages].filter(
      ([name]) => (to.incidentStages.includes(name) && isResponse) || (staysOpen(name) && isOpen(name)),
    ),
  );
  // In every case (四): what was under control in the branch before may not be so in this one.
  const again =
    isResponse && kept.get('initialResponse')?.outcome === 'controlled' ? ['initialResponse'] : [];
  for (const name of again) kept.set(name, { outcome: null, begun: true });
  const { opens } = await rehearse(to, kept);
  return {
    continues: null,
    opens: [...again, ...opens],
    ends: [...stages.keys()].filter((name) => isOpen(name) && !staysOpen(name)),
    branch: to,
  };
}

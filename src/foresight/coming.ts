import { planStage } from '../incident/escalation.ts';
import { ENDED_BY_THEIR_ACT } from '../plan/coded-stages.ts';
import { planPart } from '../plan/part-of.ts';
import { effectsOfOutcome } from './effects.ts';
import type { KnownStages } from './known-stages.ts';
import { rehearse } from './rehearse.ts';
import type { Standing } from './standing.ts';

/** With which outcome of which stage a duty opens; `outcome` is null for silence to the top of its chain. */
export interface Cause {
  stage: string;
  outcome: string | null;
}

/**
 * The stages of the branch that may still open, in the order in which they come nearer, each with what opens it. Stages of the
 * plan that are not in it come with nothing that can be foretold: an act of their own opens them, or another branch.
 */
export async function comingStages({
  plan,
  part,
  stages,
}: Omit<Standing, 'detail'>): Promise<Map<string, Cause[]>> {
  // What the branch opens of itself and the register does not say yet.
  const { opens: underWay } = await rehearse(part, stages);
  const coming = new Map<string, Cause[]>(underWay.map((stage) => [stage, []]));
  const now: KnownStages = new Map(stages);
  for (const stage of underWay) now.set(stage, { outcome: null, begun: true });
  /** What stands when a stage opens, along the first way that was found to it. */
  const ways: { stage: string; known: KnownStages }[] = [...now]
    .filter(([, { outcome }]) => outcome === null)
    .map(([stage]) => ({ stage, known: now }));
  for (const { stage, known } of ways) {
    if (ENDED_BY_THEIR_ACT.includes(stage)) continue;
    for (const { outcome, opens } of await openedBy(stage, known)) {
      const then = new Map(known);
      if (outcome !== null) then.set(stage, { outcome, begun: true });
      for (const name of opens) then.set(name, { outcome: null, begun: true });
      for (const name of opens.filter((name) => !now.has(name))) {
        const causes = coming.get(name);
        if (!causes) ways.push({ stage: name, known: then });
        const isKnown = causes?.some((cause) => cause.stage === stage && cause.outcome === outcome);
        if (!isKnown) coming.set(name, [...(causes ?? []), { stage, outcome }]);
      }
    }
  }
  return coming;

  async function openedBy(
    stage: string,
    known: KnownStages,
  ): Promise<{ outcome: string | null; opens: string[] }[]> {
    const { outcomes } = planStage(part, stage);
    const found: { outcome: string | null; opens: string[] }[] = [];
    for (const [outcome, { leadsTo, continues }] of Object.entries(outcomes)) {
      if (leadsTo !== null || continues) continue;
      const { opens } = await effectsOfOutcome(part, known, { stage, outcome }, (key) => planPart(plan, key));
      found.push({ outcome, opens });
    }
    const [heard, silent] = [await rehearse(part, known), await rehearse(part, known, { silence: stage })];
    const bySilence = silent.opens.filter((name) => !heard.opens.includes(name));
    return bySilence.length ? [...found, { outcome: null, opens: bySilence }] : found;
  }
}

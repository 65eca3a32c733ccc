import { setImmediate as allSettled } from 'node:timers/promises';
import { hasStage, ruleName } from '../incident/escalation.ts';
import { GOES_ON } from '../plan/coded-stages.ts';
import type { BranchWorkflow, PlanPart } from '../plan/part.ts';
import { abscondingSearch } from '../workflows/absconding-search.ts';
import { aftermath } from '../workflows/aftermath.ts';
import type { Course } from '../workflows/course.ts';
import { disasterImpact } from '../workflows/disaster-impact.ts';
import { firstResponse } from '../workflows/first-response.ts';
import type { Procedure } from '../workflows/procedure.ts';
import { riskSigns } from '../workflows/risk-signs.ts';
import { stagedResponse } from '../workflows/staged-response.ts';
import { triage } from '../workflows/triage.ts';
import { violentAct } from '../workflows/violent-act.ts';
import type { KnownStages } from './known-stages.ts';

const PROCEDURES: Record<BranchWorkflow, Procedure> = {
  triage: triage.procedure,
  abscondingSearch: abscondingSearch.procedure,
  riskSigns: riskSigns.procedure,
  violentAct: violentAct.procedure,
  disasterImpact: disasterImpact.procedure,
  aftermath: aftermath.procedure,
  stagedResponse: stagedResponse.procedure,
};

/** What a procedure does when it goes on from some stages, by their names in the order in which it comes to them. */
export interface Rehearsal {
  opens: string[];
  lapses: string[];
}

const CLOSING = ['proposeClosing', 'approveClosing'];

/**
 * Runs a branch's own procedure, and the first response, over stages as they are (or as an act would leave them), on a course that
 * opens nothing: it notes what would be opened. So what the console foretells is what the workflow will do, written once.
 * `silence` names a stage that is taken as unanswered to the top of its chain.
 */
export async function rehearse(
  plan: PlanPart,
  stages: KnownStages,
  { silence, subCasesOpen = false }: { silence?: string; subCasesOpen?: boolean } = {},
): Promise<Rehearsal> {
  const known: KnownStages = new Map([...stages].map(([name, stage]) => [name, { ...stage }]));
  const done: Rehearsal = { opens: [], lapses: [] };
  const waiting: { name: string; go: (outcome: string) => void }[] = [];
  const never = new Promise<never>(() => undefined);
  let hasEnded = false;

  const open = (name: string): void => {
    known.set(name, { outcome: null, begun: true });
    done.opens.push(name);
  };
  const lapse = (name: string): void => {
    const stage = known.get(name);
    if (stage?.outcome !== null) return;
    stage.outcome = 'lapsed';
    done.lapses.push(name);
    for (const one of waiting.filter((each) => each.name === name)) one.go('lapsed');
  };
  const isOpen = (name: string): boolean => known.get(name)?.outcome === null;
  const course: Course = {
    sequence: plan.branch.sequence,
    stage(name) {
      if (!known.has(name)) open(name);
      const { outcome } = known.get(name)!;
      if (outcome !== null) return Promise.resolve(outcome);
      return new Promise((go) => waiting.push({ name, go }));
    },
    optional: async (name) => (hasStage(plan, name) ? course.stage(name) : null),
    unanswered: (name) => (name === silence ? Promise.resolve() : never),
    openBySilence(...names) {
      for (const name of names) if (hasStage(plan, name) && !known.has(name)) open(name);
    },
    wasOpened: (name) => known.has(name),
    lapse: (...names) => names.forEach(lapse),
    lapseNotBegun() {
      for (const [name, { begun }] of known) if (!begun) lapse(name);
    },
    allEnded: (...names) =>
      [...known.keys()].some((each) => isOpen(each) && names.some((name) => each.startsWith(`${name}_`)))
        ? never
        : Promise.resolve(),
    ended() {
      hasEnded = true;
      return never;
    },
  };
  void PROCEDURES[plan.branch.workflow](course);
  if (plan.branch.workflow !== 'aftermath') void firstResponse(course);
  await allSettled(); // every step of a procedure is a promise that is settled already, or never
  const isPaperOfTheResponse = (name: string): boolean =>
    plan.branch.workflow !== 'aftermath' && GOES_ON.includes(ruleName(name));
  const isAllDone = [...known].every(
    ([name, { outcome, begun }]) =>
      outcome !== null || !begun || CLOSING.includes(name) || isPaperOfTheResponse(name),
  );
  if (hasEnded && isAllDone && !subCasesOpen && !CLOSING.some(isOpen)) done.opens.push('proposeClosing');
  return done;
}

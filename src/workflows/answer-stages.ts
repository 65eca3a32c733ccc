import { setHandler } from '@temporalio/workflow';
import { continueStage, planStage } from '../incident/escalation.ts';
import type { StageState } from '../incident/state.ts';
import type { PlanOutcome } from '../plan/part.ts';
import { ENDED_BY_THEIR_ACT } from '../plan/coded-stages.ts';
import { followUp, mustNotBeOwn } from './answer-measures.ts';
import { changeBranch } from './branch-change.ts';
import { now } from './clock.ts';
import { closeStage, findStage, note, openStage, withdraw, type Incident } from './incident-context.ts';
import * as messages from './messages.ts';
import { mustBeOpen, mustKeepUp, refused } from './refuse.ts';

/** Outcomes of stages, and the switch to another branch. */
export function answerStages(incident: Incident): void {
  const { plan, state } = incident;
  // What somebody typed may be the name of a property that every object has.
  const outcomeOf = (stage: StageState, outcome: string): PlanOutcome | undefined => {
    const { outcomes } = planStage(plan, stage.stage);
    return Object.hasOwn(outcomes, outcome) ? outcomes[outcome] : undefined;
  };
  setHandler(
    messages.resolveStage,
    ({ stageId, outcome, by, evidence, next }) => {
      const stage = state.stages[stageId]!;
      // The same outcome by the same person, sent again over a bad line, is one outcome.
      if (stage.ended) return { ...stage.ended, ended: true, dueAt: null };
      const rules = outcomeOf(stage, outcome)!;
      if (rules.continues) return goOn(incident, stage, outcome, by, evidence);
      endWith(incident, stage, outcome, by, evidence);
      if (rules.leadsTo && next) changeBranch(incident, next, by, evidence);
      return { ...stage.ended!, ended: true, dueAt: null };
    },
    {
      validator: ({ stageId, outcome, by, next }) => {
        mustBeOpen(incident);
        const stage = state.stages[stageId];
        if (!stage) throw refused('UnknownStage');
        if (stage.ended && (stage.ended.outcome !== outcome || stage.ended.by !== by))
          throw refused('StageEnded', stage.ended);
        if (stage.ended) return;
        if (ENDED_BY_THEIR_ACT.includes(stage.stage)) throw refused('NotByOutcome');
        mustKeepUp(incident);
        const rules = outcomeOf(stage, outcome);
        if (!rules) throw refused('UnknownOutcome', Object.keys(planStage(plan, stage.stage).outcomes));
        mustNotBeOwn(incident, stage, by);
        if (rules.leadsTo && next?.branch.key !== rules.leadsTo) throw refused('BranchNeeded', rules.leadsTo);
        if (rules.leadsTo && next?.pin.hash !== plan.pin.hash) throw refused('OtherPlan');
        if (stage.stage === 'roster' && outcome === 'accounted') mustBeAccountedFor(incident);
      },
    },
  );
}

/** Ends a stage by one of its outcomes, and opens what that asks for. */
export function endWith(
  incident: Incident,
  stage: StageState,
  outcome: string,
  by: string,
  evidence: string,
): void {
  closeStage(incident, stage, outcome, by, evidence);
  const { opens } = planStage(incident.plan, stage.stage).outcomes[outcome]!;
  for (const name of opens.filter((name) => !isPointless(incident, name))) {
    const open = findStage(incident, name);
    if (!open || open.ended) openStage(incident, name);
  }
  followUp(incident, stage, by, evidence);
}

/** A notice that was never delivered is not recalled. */
const isPointless = (incident: Incident, opens: string): boolean =>
  opens === 'recallNotice' && findStage(incident, 'policeNotice')?.ended?.outcome !== 'delivered';

/** An outcome that keeps its stage open: what was on its way because it was overdue is answered. */
function goOn(incident: Incident, stage: StageState, outcome: string, by: string, evidence: string) {
  const { plan, state } = incident;
  withdraw(incident, ({ stageId, line }) => stageId === stage.id && line.includes(':overdue'));
  continueStage(plan, stage, planStage(plan, stage.stage).outcomes[outcome]!, now());
  const { id: stageId, opening, dueAt } = stage;
  note(incident, {
    kind: 'stageContinued',
    data: { stageId, opening, outcome, by, dueAt },
    personal: { evidence },
  });
  return { outcome, at: state.outbox.at(-1)!.at, by, ended: false, dueAt };
}

function mustBeAccountedFor({ state }: Incident): void {
  const unknown = Object.entries(state.subjects).filter(([, { safety }]) => safety === 'unknown');
  if (unknown.length)
    throw refused(
      'SubjectsUnaccounted',
      unknown.map(([nr]) => Number(nr)),
    );
}

export function answerSwitch(incident: Incident): void {
  const { state } = incident;
  setHandler(
    messages.switchBranch,
    ({ plan, by, reason }) => {
      // The same decision by the same person, sent again over a bad line, is one decision.
      if (plan.branch.key !== incident.plan.branch.key) changeBranch(incident, plan, by, reason);
      return { branch: plan.branch.key, entry: state.entry };
    },
    {
      validator: ({ plan, by }) => {
        mustBeOpen(incident);
        if (plan.branch.key === incident.plan.branch.key && state.chosenBy !== by)
          throw refused('SameBranch');
        if (plan.pin.hash !== incident.plan.pin.hash) throw refused('OtherPlan');
        if (incident.plan.branch.workflow === 'aftermath') throw refused('ResponseEnded');
      },
    },
  );
}

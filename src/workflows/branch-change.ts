import type { StageState } from '../incident/state.ts';
import { ruleName } from '../incident/escalation.ts';
import { GOES_ON } from '../plan/coded-stages.ts';
import { pacedPart } from '../plan/paced.ts';
import type { PlanPart } from '../plan/part.ts';
import { closeStage, isOfTheIncident, openStages, type Incident } from './incident-context.ts';

/**
 * Leaves the present branch for that of `plan`, which the next run enters. Open stages are superseded, but for those that the
 * new branch carries on, those about its paper, and those of the incident itself, which no switch touches; the aftermath ends
 * the last too.
 */
export function changeBranch(incident: Incident, plan: PlanPart, by: string, reason: string): void {
  const { state } = incident;
  const isResponse = plan.branch.workflow !== 'aftermath';
  const isCarried = ({ stage }: StageState): boolean =>
    plan.branch.carries.includes(stage) || GOES_ON.includes(ruleName(stage));
  const goesOn = (stage: StageState): boolean => isCarried(stage) || (isResponse && isOfTheIncident(stage));
  state.carried = Object.fromEntries(
    openStages(state)
      .filter(isCarried)
      .map(({ stage, id }) => [stage, id]),
  );
  for (const stage of openStages(state)) {
    if (!goesOn(stage)) {
      closeStage(incident, stage, stage.stage === 'chooseBranch' ? 'chosen' : 'superseded', by);
    }
  }
  state.proposal = null;
  state.entry += 1;
  state.entering = { by, chosen: 'person', reason };
  state.chosenBy = by;
  incident.moving = pacedPart(plan, state.drillOrder?.pace ?? 1);
}

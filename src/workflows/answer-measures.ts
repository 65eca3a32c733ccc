import { setHandler } from '@temporalio/workflow';
import { hasStage, instanceOf } from '../incident/escalation.ts';
import { counterpart, followsMeasure, type Measure } from '../incident/measures.ts';
import type { StageState } from '../incident/state.ts';
import { findStage, openStage, type Incident } from './incident-context.ts';
import { addCorrectiveAction } from './messages.ts';
import { addMeasure, type NewMeasure } from './messages-measures.ts';
import { mustBeOpen, mustKeepUp, refused } from './refuse.ts';

/** What follows from an investigation (六): each measure is a duty of the aftermath with an owner and a date of its own. */
export function answerMeasures(incident: Incident): void {
  const { counts } = incident.state;
  const nextOf = (measure: Measure): number => {
    if (measure === 'correctiveAction') return (counts.correctiveActions += 1);
    counts.measures ??= {};
    return (counts.measures[measure] = (counts.measures[measure] ?? 0) + 1);
  };
  const open = ({ measure, by, owner, dueAt, action }: NewMeasure) => {
    const { id } = openStage(
      incident,
      instanceOf(measure, nextOf(measure)),
      { owner, dueAt },
      { by, action },
    );
    return { stageId: id };
  };
  const mustFit = ({ measure, owner }: Pick<NewMeasure, 'measure' | 'owner'>): void => {
    mustBeOpen(incident);
    mustKeepUp(incident);
    if (!hasStage(incident.plan, 'correctiveAction')) throw refused('NotInAftermath');
    if (!hasStage(incident.plan, measure)) throw refused('UnknownMeasure');
    const known = Object.keys(incident.plan.parties);
    if (!known.includes(owner)) throw refused('UnknownParty', known);
  };
  const correction = { measure: 'correctiveAction' as const };
  setHandler(addCorrectiveAction, (said) => open({ ...said, ...correction }), {
    validator: ({ owner }) => mustFit({ owner, ...correction }),
  });
  setHandler(addMeasure, open, { validator: mustFit });
}

/** Opens what the end of a measure is followed by: a correction is confirmed by another, or goes back under its own owner and date. */
export function followUp(incident: Incident, ended: StageState, by: string, evidence: string): void {
  const next = followsMeasure(incident.plan, ended.stage, ended.ended!.outcome);
  if (next === null) return;
  const before = findStage(incident, next);
  const own = {
    ...(before?.owner ? { owner: before.owner } : {}),
    ...(before?.dueAt ? { dueAt: before.dueAt } : {}),
  };
  openStage(incident, next, next.startsWith('correctiveAction_') ? own : {}, { by, action: evidence });
}

/** 销号 takes two: who reported a correction done neither confirms it nor sends it back. */
export function mustNotBeOwn(incident: Incident, stage: StageState, by: string): void {
  if (!stage.stage.startsWith('correctiveActionClosed_')) return;
  if (findStage(incident, counterpart(stage.stage)!)?.ended?.by === by) throw refused('OwnCorrection');
}

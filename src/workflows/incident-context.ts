import type { CancellationScope } from '@temporalio/workflow';
import type { EntryData, NewEntry } from '../incident/entry.ts';
import { NO_ANCHOR, stageId, type StageId } from '../incident/ids.ts';
import type { Notice } from '../incident/notice.ts';
import type { IncidentInput, IncidentState, Report, StageState } from '../incident/state.ts';
import { endStage, newStage, planStage } from '../incident/escalation.ts';
import type { PlanPart } from '../plan/part.ts';
import { now } from './clock.ts';

/** One run's hold on its incident: the state that travels, the plan part it runs on, and what belongs to this run alone. */
export interface Incident {
  plan: PlanPart;
  state: IncidentState;
  /** Set when this run is to end and another to go on, in the branch of this plan part. */
  moving: PlanPart | null;
  /** Sends of this run that may still be withdrawn. */
  sends: Map<string, CancellationScope>;
}

/** The incident as this run finds it: reported just now, or handed over by another run. */
export function takeUp(input: IncidentInput): Incident {
  const incident: Incident = {
    plan: input.plan,
    state: input.state ?? newState(input.report),
    moving: null,
    sends: new Map(),
  };
  if (input.report) {
    const { incidentId: _, personal, ...reported } = input.report;
    note(incident, { kind: 'incidentReported', data: { ...reported, plan: input.plan.pin }, personal });
  }
  return incident;
}

const newState = (report: Report): IncidentState => ({
  incidentId: report.incidentId,
  drill: report.drill,
  office: report.office,
  number: null,
  numberSeries: report.numberSeries,
  entry: 1,
  entering: { by: null, chosen: 'plan', reason: null },
  chosenBy: null,
  carried: {},
  stages: {},
  quiet: {},
  sending: {},
  outbox: [],
  seq: 0,
  anchor: NO_ANCHOR,
  proposal: null,
  closed: null,
  toArchive: [],
});

/** Adds one entry to the timeline, on its way to the register. */
export function note({ state }: Incident, entry: NewEntry): void {
  state.seq += 1;
  state.outbox.push({ ...entry, seq: state.seq, at: now() });
}

/** The stage of this name in the present branch: its own, or one carried over from the branch before. */
export const findStage = ({ state }: Incident, name: string): StageState | undefined =>
  state.stages[stageId(state.entry, name)] ?? state.stages[state.carried[name] ?? ''];

export const openStages = (state: IncidentState): StageState[] =>
  Object.values(state.stages).filter(({ ended }) => !ended);

/** Opens a stage, once more if it was open before. Its parties are told by the watch in this same instant. */
export function openStage(incident: Incident, name: string): StageState {
  const { plan, state } = incident;
  const rules = planStage(plan, name);
  const opening = (state.stages[stageId(state.entry, name)]?.opening ?? 0) + 1;
  const stage = newStage(plan, state.entry, name, opening, now());
  state.stages[stage.id] = stage;
  const owner = rules.tells.find(({ party }) => party === rules.owner);
  const opened: EntryData['stageOpened'] = {
    stageId: stage.id,
    opening,
    entry: state.entry,
    stage: name,
    stageName: rules.name,
    clause: rules.clause,
    source: rules.source,
    owner: rules.owner,
    duty: owner?.duty ?? rules.name,
    planText: rules.planText,
    within: rules.within?.iso ?? null,
    dueAt: stage.dueAt,
  };
  note(incident, { kind: 'stageOpened', data: opened });
  return stage;
}

/** Ends a stage and withdraws what had not gone out: its duty is done. */
export function closeStage(
  incident: Incident,
  stage: StageState,
  outcome: string,
  by: string | null,
  evidence?: string,
): void {
  endStage(stage, { outcome, by, at: now() });
  note(incident, {
    kind: 'stageEnded',
    data: { stageId: stage.id, opening: stage.opening, outcome, by },
    ...(evidence ? { personal: { evidence } } : {}),
  });
  if (outcome === 'superseded') supersede(incident, stage.id);
  else withdraw(incident, ({ stageId }) => stageId === stage.id);
}

/**
 * A branch that is left has not been carried out: people of ours who were to be told still hear of it. An outside party that
 * never heard of a duty is not told that it is over (rules of care, 10).
 */
function supersede(incident: Incident, id: StageId): void {
  for (const notice of Object.values(incident.state.sending)) {
    if (notice.stageId === id && !notice.outside) notice.superseded = true;
  }
  withdraw(incident, ({ stageId, outside }) => stageId === id && outside);
}

/** Takes back messages that no server has accepted yet. One under way says itself how it ended, in this run or not at all. */
export function withdraw({ state, sends }: Incident, which: (notice: Notice) => boolean): void {
  for (const notice of Object.values(state.sending).filter(which)) {
    notice.withdrawn = true;
    sends.get(notice.key)?.cancel();
  }
}

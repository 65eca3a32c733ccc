import type { EntryData, NewEntry } from '../incident/entry.ts';
import { NO_ANCHOR, stageId, type IncidentId, type StageId } from '../incident/ids.ts';
import type { Notice } from '../incident/notice.ts';
import type { IncidentInput, IncidentState, Report, StageState } from '../incident/state.ts';
import { endStage, newStage, rulesOf, type Opening } from '../incident/escalation.ts';
import { pacedPart } from '../plan/paced.ts';
import type { PlanPart } from '../plan/part.ts';
import type { Sending, World } from './world.ts';

/** One run's hold on its incident: the state that travels, the plan part it runs on, and what belongs to this run alone. */
export interface Incident {
  plan: PlanPart;
  state: IncidentState;
  /** Set when this run is to end and another to go on, in the branch of this plan part. */
  moving: PlanPart | null;
  /** Sends of this run that may still be withdrawn. */
  sends: Map<string, Sending>;
  /** Its clock, and who sends for it. */
  world: World;
}

/** The incident as this run finds it: reported just now, or handed over by another run. */
export function takeUp(input: IncidentInput, world: World): Incident {
  const incident: Incident = {
    plan: input.report?.drillOrder ? pacedPart(input.plan, input.report.drillOrder.pace) : input.plan,
    state: input.state ?? newState(input.report),
    moving: null,
    sends: new Map(),
    world,
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
  parent: report.parent,
  subjects: Object.fromEntries(
    Array.from({ length: report.subjects }, (_, index) => [index + 1, { safety: 'unknown', outcome: null }]),
  ),
  counts: { reports: 0, correctiveActions: 0 },
  subCases: {},
  starting: [],
  absorbed: [],
  toArchive: [],
  ...(report.drillOrder ? { drillOrder: report.drillOrder } : {}),
});

/** Adds one entry to the timeline, on its way to the register. */
export function note({ state, world }: Incident, entry: NewEntry): void {
  state.seq += 1;
  state.outbox.push({ ...entry, seq: state.seq, at: world.now() });
}

/** Stages of the incident itself, as the first response is, stand under entry 0 and belong to no branch. */
const OF_THE_INCIDENT = 0;
const entryOf = ({ plan, state }: Incident, name: string): number =>
  plan.incidentStages.includes(name) ? OF_THE_INCIDENT : state.entry;
export const isOfTheIncident = ({ id }: StageState): boolean => id.startsWith(`${OF_THE_INCIDENT}.`);

/** The stage of this name in the present branch: its own, one of the incident, or one carried over from the branch before. */
export const findStage = (incident: Incident, name: string): StageState | undefined => {
  const { stages, carried } = incident.state;
  return stages[stageId(entryOf(incident, name), name)] ?? stages[carried[name] ?? ''];
};

export const openSubCases = ({ subCases }: IncidentState): IncidentId[] =>
  (Object.keys(subCases) as IncidentId[]).filter((id) => subCases[id] === null);

export const openStages = (state: IncidentState): StageState[] =>
  Object.values(state.stages).filter(({ ended }) => !ended);

/** Opens a stage, once more if it was open before. Its parties are told by the watch in this same instant. */
export function openStage(
  incident: Incident,
  name: string,
  how: Opening = {},
  asked?: { by: string; action: string },
): StageState {
  const { plan, state, world } = incident;
  const entry = entryOf(incident, name);
  const opening = (state.stages[stageId(entry, name)]?.opening ?? 0) + 1;
  const stage = newStage(plan, entry, name, opening, world.now(), how);
  const rules = rulesOf(plan, stage);
  state.stages[stage.id] = stage;
  const owner = rules.tells.find(({ party }) => party === rules.owner);
  const opened: Omit<EntryData['stageOpened'], 'by'> = {
    stageId: stage.id,
    opening,
    entry,
    stage: name,
    stageName: rules.name,
    clause: rules.clause,
    source: rules.source,
    owner: rules.owner,
    duty: owner?.duty ?? rules.name,
    planText: rules.planText,
    within: rules.within?.iso ?? null,
    dueAt: stage.dueAt,
    startsAt: stage.startsAt,
    automatic: stage.automatic,
  };
  note(incident, {
    kind: 'stageOpened',
    data: { ...opened, by: asked?.by ?? null },
    ...(asked ? { personal: { action: asked.action } } : {}),
  });
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
  endStage(stage, { outcome, by, at: incident.world.now() });
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

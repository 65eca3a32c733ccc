import type { z } from 'zod';
import { comingStages, type Cause } from '../foresight/coming.ts';
import type { Standing } from '../foresight/standing.ts';
import { hasStage, planStage } from '../incident/escalation.ts';
import { msBetween, type Instant } from '../incident/instant.ts';
import { ENDED_BY_THEIR_ACT } from '../plan/coded-stages.ts';
import type { IncidentDetail, StageDetail } from '../store/incident-detail.ts';
import type { Names } from './names.ts';
import type { courseSchema } from './schemas-course.ts';

type CourseStage = z.infer<typeof courseSchema>['stages'][number];

/** How a stage may end without having been done. */
const DROPPED = ['superseded', 'lapsed', 'closed'];

/** The branch as stages in order: those that were opened, then those that may come, each with what would open it. */
export async function stagesInOrder(standing: Standing, names: Names, at: Instant): Promise<CourseStage[]> {
  const { detail, part } = standing;
  const entry = detail.branches.at(-1)?.entry;
  const ofIncident = new Set<string>(detail.firstResponse.map(({ id }) => id));
  const opened = [...detail.firstResponse, ...detail.branches.flatMap(({ stages }) => stages)]
    .filter(({ id, resolvedAt }) => ofIncident.has(id) || id.startsWith(`${entry}.`) || resolvedAt === null)
    .sort((a, b) => a.openedAt.localeCompare(b.openedAt));
  const coming =
    detail.incident.status === 'closed' ? new Map<string, Cause[]>() : await comingStages(standing);
  return [
    ...opened.map((stage) => openedView(standing, stage, names, ofIncident.has(stage.id), at)),
    ...[...coming].map(([stage, causes]) => comingView(standing, stage, causes, names)),
    ...ENDED_BY_THEIR_ACT.filter(
      (stage) =>
        stage.endsWith('Closing') &&
        hasStage(part, stage) &&
        !standing.stages.has(stage) &&
        !coming.has(stage),
    ).map((stage) => comingView(standing, stage, [], names)),
  ];
}

function openedView(
  standing: Standing,
  row: StageDetail,
  names: Names,
  ofIncident: boolean,
  at: Instant,
): CourseStage {
  const { stage, stageName, clause, source, planText, within, owner, openedAt, startsAt, dueAt } = row;
  const { resolvedAt, outcome, automatic } = row;
  return {
    stageId: row.id,
    stage,
    name: stageName,
    clause,
    source,
    planText,
    within,
    owner,
    ofIncident,
    automatic,
    openedAt,
    startsAt,
    dueAt,
    resolvedAt,
    outcome,
    ownerName: names.body(owner, standing.detail.incident.office),
    state: stateOf(row, at),
    outcomeName: outcome === null ? null : outcomeNameIn(standing, stage, outcome),
    resolvedByName: row.resolvedBy && names.person(row.resolvedBy),
    holderName: row.holder && names.person(row.holder),
    opensWhen: [],
  };
}

function stateOf({ resolvedAt, outcome, dueAt, startsAt }: StageDetail, at: Instant): CourseStage['state'] {
  if (resolvedAt !== null) return DROPPED.includes(outcome ?? '') ? 'dropped' : 'done';
  if (startsAt !== null && msBetween(at, startsAt) > 0) return 'waiting';
  return dueAt !== null && msBetween(dueAt, at) >= 0 ? 'overdue' : 'open';
}

function comingView(standing: Standing, stage: string, causes: Cause[], names: Names): CourseStage {
  const { part, detail } = standing;
  const { name, clause, source, planText, owner, within } = planStage(part, stage);
  return {
    stageId: null,
    stage,
    name,
    clause,
    source,
    planText,
    owner,
    state: 'coming',
    automatic: false,
    openedAt: null,
    startsAt: null,
    dueAt: null,
    resolvedAt: null,
    outcome: null,
    outcomeName: null,
    resolvedByName: null,
    holderName: null,
    ofIncident: part.incidentStages.includes(stage),
    within: within?.iso ?? null,
    ownerName: names.body(owner, detail.incident.office),
    opensWhen: causes.map(({ stage: by, outcome }) => ({
      stage: by,
      stageName: planStage(part, by).name,
      outcome,
      outcomeName: outcome === null ? '一直无人回应' : outcomeNameIn(standing, by, outcome),
    })),
  };
}

const ENDINGS: Record<string, string> = {
  superseded: '已转入其他程序',
  lapsed: '不再需要',
  closed: '随结案终止',
  chosen: '已选定',
  proposed: '已提出',
  approved: '已批准',
  refused: '未批准',
};

/** The plan's name of an outcome: of the stage here or, for one of an earlier branch, wherever the plan has it. */
export function outcomeNameIn({ plan, part }: Standing, stage: string, outcome: string): string {
  const here = hasStage(part, stage) ? [planStage(part, stage)] : [];
  const all = [...here, ...Object.values(plan.branches).flatMap(({ stages }) => stages[stage] ?? [])];
  const found = all.find(({ outcomes }) => Object.hasOwn(outcomes, outcome));
  return found?.outcomes[outcome]?.name ?? ENDINGS[outcome] ?? outcome;
}

/** What the ids that stand in an incident are called, so that a page need not ask for the organisation. */
export function namesIn(detail: IncidentDetail, standing: Standing | null, names: Names) {
  const stages = [...detail.firstResponse, ...detail.branches.flatMap(({ stages }) => stages)];
  const told = stages.flatMap(({ told }) => told);
  const said = detail.timeline.flatMap(({ data }) => [data.by, data.proposedBy, data.person]);
  const people = [...stages.flatMap(({ holder, resolvedBy }) => [holder, resolvedBy]), ...said];
  const listed = [...people, ...told.flatMap(({ person, acknowledgedBy }) => [person, acknowledgedBy])];
  const isText = (value: unknown): value is string => typeof value === 'string';
  const map = (keys: Iterable<string>, nameOf: (key: string) => string) =>
    Object.fromEntries([...new Set(keys)].map((key) => [key, nameOf(key)]));
  const { office } = detail.incident;
  return {
    people: map(listed.filter(isText), names.person),
    parties: map([...told.map(({ party }) => party), ...stages.map(({ owner }) => owner)], (party) =>
      names.body(party, office),
    ),
    offices: map([office], names.office),
    outcomes: Object.fromEntries(
      [...stages, ...recordedAndOpen(detail)].flatMap(({ stage, outcome }) =>
        outcome === null || !standing
          ? []
          : [[`${stage}.${outcome}`, outcomeNameIn(standing, stage, outcome)]],
      ),
    ),
  };
}

/** Outcomes with which a stage went on. */
const recordedAndOpen = ({ timeline }: IncidentDetail): { stage: string; outcome: string | null }[] =>
  timeline.flatMap(({ kind, data }) =>
    kind === 'stageContinued'
      ? [{ stage: String(data.stageId).replace(/^\d+\./, ''), outcome: String(data.outcome) }]
      : [],
  );

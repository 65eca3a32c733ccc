import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { loadPlan } from '../../src/plan/load.ts';
import { planPart } from '../../src/plan/part-of.ts';
import type { IncidentDetailBody } from '../../src/api/schemas.ts';
import { expectToldOnce } from '../harness/after-kill.ts';
import {
  allSettled,
  entriesOf,
  openedWith,
  report,
  stageOf,
  tellingsOf,
  type LiveIncident,
} from '../harness/incident.ts';
import { LONG_PLAN, startSystem, type System } from '../harness/system.ts';
import { until } from '../harness/until.ts';

/**
 * Every switch of branch there is, a third of them with a kill -9 in the middle: of the process that is API and worker, or of
 * Temporal. The switches of one kind are under way at once. On the Wushen plan: nobody is told because a limit ran out.
 */
jest.setTimeout(240_000);

/** What each branch opens at one instant when it is entered, sorted. */
const FIRST = {
  abscondingSearch: ['search'],
  riskSigns: [
    'closeMonitoring',
    'conflictResolution',
    'counselling',
    'learnFacts',
    'reportLeadingGroup',
    'reportTownship',
  ],
  violentAct: ['cooperation', 'departure', 'policeCall', 'reportLeadingGroup', 'reportTownship'],
  disasterImpact: ['relief', 'reportCommandGroup', 'reportLeadingGroup', 'roster', 'steadyMinds'],
};
type Branch = keyof typeof FIRST;
const BRANCHES = Object.keys(FIRST) as Branch[];
/** An event type that begins there. */
const STARTS = {
  triage: 'massIncident',
  abscondingSearch: 'lostContact',
  riskSigns: 'riskSign',
  violentAct: 'actInProgress',
  disasterImpact: 'disaster',
};
type Start = keyof typeof STARTS;

const KILLS = ['nothing', 'nothing', 'the process', 'nothing', 'nothing', 'Temporal'] as const;
const COMBINATIONS = (Object.keys(STARTS) as Start[])
  .flatMap((from) => BRANCHES.filter((to) => to !== from).map((to) => ({ from, to })))
  .map((pair, index) => ({ ...pair, killed: KILLS[index % KILLS.length]! }));
type Combination = (typeof COMBINATIONS)[number];

const plan = loadPlan(LONG_PLAN);
let system: System;
/** How the mail server answers everybody. */
let answer: number | undefined;
beforeAll(async () => {
  system = await startSystem({ plan: LONG_PLAN, onRcpt: () => answer });
});
afterAll(() => system?.leave());

interface Played extends Combination {
  incident: LiveIncident;
  /** What was open in the first branch when it was left. */
  open: string[];
}
const played = new Map<Combination, Played>();

/** Every incident of a kind, in the branch that is to be left. */
async function begin(kind: Combination['killed']): Promise<Played[]> {
  const combinations = COMBINATIONS.filter(({ killed }) => killed === kind);
  return Promise.all(
    combinations.map(async (combination) => {
      const incident = await report(system, { eventType: STARTS[combination.from] });
      const open = await openIn(incident, combination.from);
      const one = { ...combination, incident, open };
      played.set(combination, one);
      return one;
    }),
  );
}

async function openIn(incident: LiveIncident, from: Start): Promise<string[]> {
  if (from === 'triage') return ['chooseBranch'];
  return from === 'abscondingSearch' ? foundAfterTheNotice(incident) : FIRST[from];
}

/** A search at the point where one branch carries on what is open, and the others do not. */
async function foundAfterTheNotice(incident: LiveIncident): Promise<string[]> {
  for (const [stage, outcome] of [
    ['search', 'searchFailed'],
    ['policeNotice', 'delivered'],
    ['jointSearch', 'foundComplies'],
  ]) {
    await incident.when(`${stage} is open`, (d) => stageOf(d, `1.${stage}`)?.resolvedAt === null);
    expect(await incident.record(`1.${stage}`, outcome!)).toMatchObject({ status: 200 });
  }
  const { branches } = await incident.when('what follows is open', (d) =>
    ['tellFound', 'recallNotice'].every((stage) => !!stageOf(d, `1.${stage}`)),
  );
  return branches[0]!.stages.filter(({ resolvedAt }) => resolvedAt === null).map(({ stage }) => stage);
}

/** Said until it is known to be done: the same switch again by the same person is the same switch. */
async function switchSurely({ incident, to }: Played): Promise<void> {
  const { body } = await until(`the switch to ${to} is done`, async () => {
    const said = await incident.switchTo(to);
    return said.status === 200 && said;
  });
  expect(body).toMatchObject({ branch: to, entry: 2 });
}

/** Switches all at once, nobody being told meanwhile, and kills as soon as one of them has been taken. */
async function switchAndKill(all: Played[], kill: () => Promise<unknown>, back: () => Promise<unknown>) {
  answer = 451;
  const said = all.map(({ incident, to }) => incident.switchTo(to).catch(() => null));
  await Promise.race(said);
  await kill();
  answer = undefined;
  await back();
  await Promise.all(said);
  await Promise.all(all.map(switchSurely));
}

test('switched as soon as they are reported', async () => {
  await Promise.all((await begin('nothing')).map(switchSurely));
});

test('the process is killed while switches are under way', async () => {
  await switchAndKill(
    await begin('the process'),
    () => system.kill9(),
    () => system.restart(),
  );
});

test('Temporal is killed while switches are under way', async () => {
  const all = await begin('Temporal');
  const killed = system.temporalPid();
  await switchAndKill(
    all,
    async () => system.signalTemporal('SIGKILL'),
    () =>
      until('another Temporal serves', async () => {
        return system.temporalPid() !== killed && (await system.get('/readyz')).status === 200;
      }),
  );
});

/** Who is told first of a stage, one on each of its lines. */
const firstToldOf = (detail: IncidentDetailBody, stageId: string): unknown[] =>
  entriesOf(detail, 'messageSent')
    .filter(({ data }) => data.stageId === stageId && data.rung === 0 && data.repeat === 0)
    .map(({ data }) => data.line);

test.each(COMBINATIONS)('from $from to $to, killed: $killed', async (combination) => {
  const { from, to, incident, open } = played.get(combination)!;
  const { stages, carries } = planPart(plan, to).branch;
  const partiesOf = (stage: string): string[] => stages[stage]!.tells.map(({ party }) => party);
  const detail = await incident.when(
    'everybody is told of the new branch',
    (d) => allSettled(d) && FIRST[to].every((s) => firstToldOf(d, `2.${s}`).length === partiesOf(s).length),
  );
  expect(detail.branches.map(({ branch }) => branch)).toEqual([from, to]);
  expect(detail.branches[1]).toMatchObject({ chosen: 'person', by: 'jia-1' });
  expect((await incident.history()).runs.map(({ workflowType }) => workflowType)).toEqual([from, to]);

  expect(openedWith(detail, 2, FIRST[to][0]!)).toEqual(FIRST[to]);
  for (const stage of FIRST[to]) expect(firstToldOf(detail, `2.${stage}`)).toEqual(partiesOf(stage));

  const left = detail.branches[0]!.stages.filter(({ stage }) => open.includes(stage));
  const end = (stage: string): string | null =>
    carries.includes(stage) ? null : from === 'triage' ? 'chosen' : 'superseded';
  expect(left.map(({ stage, outcome }) => [stage, outcome]).sort()).toEqual(
    open.map((stage) => [stage, end(stage)]).sort(),
  );
  expect(detail.branches[0]!.leftAt).toBe(detail.branches[1]!.enteredAt);

  expect(detail.firstResponse).toMatchObject([{ id: '0.initialResponse', opening: 1, outcome: null }]);
  expect(tellingsOf(detail, '0.initialResponse', 'judicialOffice')).toMatchObject([
    { rung: 0, repeat: 0, person: 'jia-1', result: 'accepted' },
  ]);
  expectToldOnce(incident, detail);
});

test('every timeline holds', async () => {
  expect((await system.post('/api/audit')).body).toMatchObject({
    incidents: COMBINATIONS.length,
    unanchored: 0,
    problems: [],
  });
});

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { incidentWorkflowId, type IncidentId } from '../../src/incident/ids.ts';
import { expectToldOnce } from '../harness/after-kill.ts';
import {
  allSettled,
  entriesOf,
  incidentOf,
  report,
  stageOf,
  type LiveIncident,
} from '../harness/incident.ts';
import { LONG_PLAN, startSystem, type System } from '../harness/system.ts';
import { until } from '../harness/until.ts';
import { workflowsOf, type WorkflowsOf } from '../harness/workflows.ts';

/**
 * 四（四）: a flood that touches thirty subjects. Two of them are missing, one threatens himself: one incident with three
 * sub-cases, each a workflow of its branch's type, from the report into the aftermath. One drill in steps.
 */
jest.setTimeout(240_000);

const [MISSING, ALSO_MISSING, THREATENS] = [5, 17, 23];

let system: System;
let temporal: WorkflowsOf;
let flood: LiveIncident;
beforeAll(async () => {
  system = await startSystem({ plan: LONG_PLAN });
  temporal = await workflowsOf(system);
  const subjects = Array.from({ length: 30 }, (_, index) => ({ name: `测试居民${index + 1}` }));
  flood = await report(system, { eventType: 'disaster', subjects, situation: '测试水灾', place: '测试河沿' });
});
afterAll(async () => {
  await temporal?.close();
  await system?.leave();
});

let cases: [LiveIncident, LiveIncident, LiveIncident];
const [by, reason] = ['jia-1', '测试理由'];
const done = (body: object = {}) => ({ status: 200, body: expect.objectContaining(body) });

test('a flood is reported for thirty: report, roster, relief, steadying and the word to the leading office at one instant', async () => {
  const { subjects, branches } = await flood.when('everybody is told', allSettled);
  expect(subjects).toHaveLength(30);
  expect(new Set(subjects.map(({ safety }) => safety))).toEqual(new Set(['unknown']));
  expect(branches).toMatchObject([{ branch: 'disasterImpact', chosen: 'plan' }]);
  expect(branches[0]!.stages.map(({ stage }) => stage).sort()).toEqual([
    'relief',
    'reportCommandGroup',
    'reportLeadingGroup',
    'roster',
    'steadyMinds',
  ]);
  expect(new Set(branches[0]!.stages.map(({ openedAt }) => openedAt)).size).toBe(1);
});

test('the roster is worked through, and is not accounted for while anybody is unknown', async () => {
  expect(await flood.record('1.roster', 'accounted')).toMatchObject({
    status: 409,
    body: { code: 'SubjectsUnaccounted' },
  });
  const special: Record<number, object> = {
    [MISSING]: { safety: 'missing' },
    [ALSO_MISSING]: { safety: 'missing' },
    [THREATENS]: { safety: 'needsHelp', note: '测试:扬言' },
  };
  const changes = Array.from({ length: 30 }, (_, index) => index + 1).map((subject) => ({
    subject,
    safety: 'safe',
    ...special[subject],
  }));
  expect(await flood.act('subjects/states', { by, changes })).toMatchObject(done());
  const { subjects } = await flood.when('all thirty are on record', (d) => d.subjects[29]!.safety === 'safe');
  const those = (safety: string) =>
    subjects.filter((each) => each.safety === safety).map(({ subject }) => subject);
  expect(those('missing')).toEqual([MISSING, ALSO_MISSING]);
  expect(those('needsHelp')).toEqual([THREATENS]);
  expect(those('safe')).toHaveLength(27);
  expect(await flood.record('1.roster', 'accounted')).toMatchObject(done({ ended: true }));
});

test('three sub-cases: each is a running workflow under its branch type, started by the flood', async () => {
  const open = async (branch: string, subject: number): Promise<LiveIncident> => {
    const { status, body } = await flood.act<{ id: IncidentId }>('sub-cases', {
      by,
      reason,
      branch,
      subjects: [subject],
      situation: '测试情况',
    });
    expect(status).toBe(201);
    return incidentOf(system, body.id);
  };
  cases = [
    await open('abscondingSearch', MISSING),
    await open('abscondingSearch', ALSO_MISSING),
    await open('riskSigns', THREATENS),
  ];
  // Each tells its own people, as an incident of its own.
  for (const [each, stageId] of [
    [cases[0], '1.search'],
    [cases[1], '1.search'],
    [cases[2], '1.closeMonitoring'],
  ] as const)
    await each.mail({ person: 'jia-1', stageId });

  const shown = await Promise.all(cases.map(({ id }) => temporal.shown(id)));
  const parent = incidentWorkflowId(flood.id);
  expect(shown).toMatchObject([
    { type: 'abscondingSearch', status: 'running', parent },
    { type: 'abscondingSearch', status: 'running', parent },
    { type: 'riskSigns', status: 'running', parent },
  ]);
  const ids = cases.map(({ id }) => incidentWorkflowId(id));
  await until(
    "Temporal's list has the searches",
    async () => (await temporal.running('abscondingSearch'))[1],
  );
  expect(new Set(await temporal.running('abscondingSearch'))).toEqual(new Set(ids.slice(0, 2)));

  const { subCases } = await flood.when('all three are on record', (d) => d.subCases.length === 3);
  const named = (index: number, branch: string, subject: number) =>
    expect.objectContaining({ id: cases[index]!.id, branch, subjects: [subject], by, endedAs: null });
  expect(new Set(subCases)).toEqual(
    new Set([
      named(0, 'abscondingSearch', MISSING),
      named(1, 'abscondingSearch', ALSO_MISSING),
      named(2, 'riskSigns', THREATENS),
    ]),
  );
  const first = await cases[0].when('it is on record', (d) => d.branches.length === 1);
  expect(first).toMatchObject({
    parent: flood.id,
    office: 'jia',
    subjects: [{ subject: 1, name: '测试居民5' }],
  });
});

test('one was at home all the time: a false alarm ends, and the flood knows by signal', async () => {
  await cases[0].act('closing', { by, as: 'falseAlarm', evidence: '测试:在家' });
  expect(await cases[0].act('closing/approval', { by: 'leading-1', reason })).toMatchObject(
    done({ closed: true }),
  );
  const detail = await endOf(cases[0], 'falseAlarm');
  expect(entriesOf(detail, 'subCaseEnded').map(({ data }) => data)).toEqual([
    { subCase: cases[0].id, as: 'falseAlarm' },
  ]);
  await until('its workflow has ended', async () => {
    return (await temporal.shown(cases[0].id)).status === 'ended';
  });
});

test('the response cannot be ended while a sub-case is open', async () => {
  expect(await flood.act('response-ended', { by, evidence: '测试证据' })).toMatchObject(done());
  const answer = await flood.act<{ code: string; about: string[] }>('closing/approval', {
    by: 'leading-1',
    reason,
  });
  expect([answer.status, answer.body.code]).toEqual([409, 'SubCasesOpen']);
  expect(new Set(answer.body.about)).toEqual(new Set([cases[1].id, cases[2].id]));
  // Neither can it be thrown together with another incident.
  const other = await report(system, { eventType: 'disaster' });
  await other.detail();
  expect(await flood.act('merge', { by, reason, into: other.id })).toMatchObject({
    status: 409,
    body: { code: 'SubCasesOpen' },
  });
});

test("a switch of the flood's branch leaves its sub-cases running, and what they say reaches the new run", async () => {
  const before = await Promise.all(cases.slice(1).map(({ id }) => temporal.shown(id)));
  const { runId } = await temporal.shown(flood.id);
  expect(await flood.switchTo('violentAct')).toMatchObject(done({ branch: 'violentAct', entry: 2 }));
  await flood.mail({ person: 'police-jia-1', stageId: '2.policeCall' });
  const now = await temporal.shown(flood.id);
  expect(now).toMatchObject({ type: 'violentAct', status: 'running' });
  expect(now.runId).not.toBe(runId);
  expect(await Promise.all(cases.slice(1).map(({ id }) => temporal.shown(id)))).toEqual(before);

  // The second is found. What follows a response is the flood's own: two people end this one, and that is all.
  expect(await cases[1].record('1.search', 'foundComplies')).toMatchObject(done({ ended: true }));
  expect(await cases[1].endResponse()).toMatchObject({ closed: true });
  const found = await cases[1].when('it is closed', (d) => d.status === 'closed' && allSettled(d));
  expect(found.branches.map(({ branch }) => branch)).toEqual(['abscondingSearch']);
  expectToldOnce(cases[1], found);
  await endOf(cases[1], 'responseEnded');
});

test('a sub-case changes its own branch and stays a sub-case: the threat becomes an act', async () => {
  expect(await cases[2].switchTo('violentAct')).toMatchObject(done({ entry: 2 }));
  await cases[2].mail({ person: 'police-jia-1', stageId: '2.policeCall' });
  expect(await temporal.shown(cases[2].id)).toMatchObject({ type: 'violentAct', status: 'running' });
  expect((await flood.detail()).subCases.find(({ id }) => id === cases[2].id)).toMatchObject({
    branch: 'riskSigns',
    endedAs: null,
  });
  expectToldOnce(cases[2], await cases[2].close());
  await endOf(cases[2], 'responseEnded');
});

test('all have ended: the response ends too, and the flood goes into the aftermath', async () => {
  expect(await flood.endResponse()).toMatchObject({ closed: false, branch: 'aftermath' });
  await flood.mail({ person: 'general-1', stageId: '3.investigationReport' });
  expect(await temporal.shown(flood.id)).toMatchObject({ type: 'aftermath', status: 'running' });
  const detail = await flood.when('everybody is told', (d) => d.branches.length === 3 && allSettled(d));
  expect(detail).toMatchObject({ status: 'open', branch: 'aftermath', responseEndedAt: expect.any(String) });
  expect(detail.subCases.map(({ endedAs }) => endedAs).sort()).toEqual([
    'falseAlarm',
    'responseEnded',
    'responseEnded',
  ]);
  expect(stageOf(detail, '0.initialResponse')).toMatchObject({ outcome: 'superseded' });
  expectToldOnce(flood, detail);
  expect((await system.post('/api/audit')).body).toMatchObject({ incidents: 5, unanchored: 0, problems: [] });
});

/** The flood's record once it says that a sub-case has ended so. */
const endOf = (subCase: LiveIncident, as: string) =>
  flood.when('its end is known to the flood', (d) =>
    d.subCases.some(({ id, endedAs }) => id === subCase.id && endedAs === as),
  );

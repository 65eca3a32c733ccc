import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { IncidentId } from '../../src/incident/ids.ts';
import type { Answer, ProblemBody } from '../harness/http.ts';
import { entriesOf, incidentOf, report, stageOf, type LiveIncident } from '../harness/incident.ts';
import { LONG_PLAN, startSystem, type System } from '../harness/system.ts';

/** What the plan asks for beside its branches: subjects, facts, reports, sub-cases, merging, the aftermath; over HTTP alone. */
jest.setTimeout(240_000);

let system: System;
let flood: LiveIncident;
beforeAll(async () => {
  system = await startSystem({ plan: LONG_PLAN });
  const subjects = Array.from({ length: 30 }, (_, index) => ({ name: `测试居民${index + 1}` }));
  flood = await report(system, { eventType: 'disaster', subjects, occurredAt: null, place: '测试河沿' });
});
afterAll(() => system?.leave());

const by = 'jia-1';
const because = { by, reason: '测试理由' };
const NOBODY = '00000000-0000-4000-8000-000000000000';
const problem = (status: number, code: string) => ({ status, body: expect.objectContaining({ code }) });
const done = (body: object = {}) => ({ status: 200, body: expect.objectContaining(body) });

interface Suggested {
  id: IncidentId;
  reasons: string[];
}
const duplicatesOf = async ({ id }: LiveIncident) =>
  (await system.get<Suggested[]>(`/api/incidents/${id}/duplicates`)).body;

const listed = async (query: string): Promise<string[]> =>
  (await system.get<{ id: string }[]>(`/api/incidents?${query}`)).body.map(({ id }) => id);

test('subjects are added by number, two of one name both kept, and each is as somebody said last', async () => {
  await flood.when('it is on record', (d) => d.subjects.length === 30);
  expect(
    await flood.act('subjects', { by, subjects: [{ name: '测试居民7' }, { file: '演示档-032' }] }),
  ).toMatchObject(done({ subjects: [31, 32], sameName: [[7, 31]] }));
  const states = (...changes: object[]) => flood.act('subjects/states', { by, changes });
  expect(await states({ subject: 99, safety: 'safe' })).toMatchObject(problem(422, 'UnknownSubject'));
  expect(await states({ subject: 1, safety: 'well' })).toMatchObject(problem(422, 'INVALID_REQUEST'));
  expect(await states({ subject: 1, safety: 'missing' }, { subject: 2, safety: 'safe' })).toMatchObject(
    done(),
  );
  expect(await states({ subject: 1, outcome: 'complies', note: '测试说明' })).toMatchObject(done());
  const { subjects } = await flood.when('both changes are on record', (d) => !!d.subjects[0]?.outcome);
  expect(subjects).toHaveLength(32);
  expect(subjects[0]).toMatchObject({ subject: 1, safety: 'missing', outcome: 'complies' });
  expect(subjects[1]).toMatchObject({ subject: 2, name: '测试居民2', safety: 'safe', outcome: null });
  expect(subjects[31]).toMatchObject({ name: null, file: '演示档-032', safety: 'unknown', changedAt: null });
});

test('five hundred subjects come in at once, and an act sent again under its key is one act', async () => {
  const crowd = await report(system, { eventType: 'disaster', office: 'yi' });
  const subjects = Array.from({ length: 500 }, (_, index) => ({ name: `测试${index}` }));
  const add = () =>
    system.post<{ subjects: number[] }>(
      `/api/incidents/${crowd.id}/subjects`,
      { by: 'yi-1', subjects },
      { 'idempotency-key': 'crowd' },
    );
  const { body } = await add();
  expect([body.subjects.length, body.subjects[0], body.subjects.at(-1)]).toEqual([500, 2, 501]);
  expect((await add()).body.subjects).toEqual(body.subjects);
  const detail = await crowd.when('all are on record', (d) => d.subjects.length >= 501);
  expect(detail.subjects.at(-1)).toMatchObject({ subject: 501, name: '测试499' });
  expect(detail.subjects).toHaveLength(501);
});

test('facts learnt later supersede, are missing no more, and say when they were learnt', async () => {
  const tell = (body: object) => flood.act('facts', { by, ...body });
  const before = await flood.detail();
  expect(before.facts).toMatchObject({ place: '测试河沿', occurredAt: null, enrolled: null, learnt: {} });
  expect(before.facts.missing).toEqual(['occurredAt', 'subject.32.name']);

  expect(await tell({ facts: {} })).toMatchObject(problem(422, 'NOTHING_TOLD'));
  expect(await tell({ facts: { occurredAt: '昨晚' } })).toMatchObject(problem(422, 'INVALID_REQUEST'));
  expect(await tell({ facts: { offence: '测试' } })).toMatchObject(problem(422, 'INVALID_REQUEST'));
  expect(await tell({ subjects: [{ subject: 99, minor: 'no' }] })).toMatchObject(
    problem(422, 'UnknownSubject'),
  );
  const facts = { place: '测试河沿桥北', occurredAt: '2026-03-07T02:10', enrolled: 'yes' };
  const subjects = [{ subject: 32, name: '测试居民卅二', correctionType: 'servingOutsidePrison' }];
  expect(await tell({ facts, subjects })).toMatchObject(done());
  const detail = await flood.when('they are on record', (d) => d.facts.enrolled === 'yes');
  expect(detail.facts).toMatchObject({
    place: '测试河沿桥北',
    occurredAt: '2026-03-06T18:10:00.000Z',
    missing: [],
    learnt: { place: { by }, occurredAt: { by } },
  });
  expect(detail.subjects[31]).toMatchObject({ name: '测试居民卅二', correctionType: 'servingOutsidePrison' });
  // What was told first still stands in the timeline.
  expect(detail.timeline[0]!.personal).toMatchObject({ place: '测试河沿' });
});

test('reports hold their elements or say 正在核实; a final one needs all', async () => {
  const all = { kind: '测', time: '测', place: '测', persons: '测', development: '测', measures: '测' };
  const send = (kind: string, elements: object) => flood.act('reports', { by, kind, elements });
  expect(await send('finalReport', { ...all, persons: null, measures: '' })).toMatchObject({
    status: 422,
    body: { code: 'ELEMENTS_MISSING', elements: ['persons', 'measures'] },
  });
  expect(await send('followUpReport', { kind: '测试水灾', persons: null })).toMatchObject(
    done({ report: 1 }),
  );
  expect(await send('finalReport', all)).toMatchObject(done({ report: 2 }));
  const { reports } = await flood.when('both are on record', (d) => d.reports.length === 3);
  expect(reports[0]).toMatchObject({ report: 0, kind: 'firstReport', missing: ['occurredAt'] });
  expect(reports[1]).toMatchObject({
    kind: 'followUpReport',
    verifying: ['time', 'place', 'persons', 'development', 'measures'],
    by,
    elements: { kind: '测试水灾', time: null },
  });
  expect(reports[2]).toMatchObject({ kind: 'finalReport', verifying: [], elements: all });
});

test('two missing and one who threatens himself are three sub-cases, each a workflow of its branch', async () => {
  const open = (key: string, change: object = {}) =>
    system.post<{ id: IncidentId }>(
      `/api/incidents/${flood.id}/sub-cases`,
      { ...because, branch: 'abscondingSearch', subjects: [7], situation: '测试:失去联系', ...change },
      { 'idempotency-key': key },
    );
  expect(await open('x', { branch: 'aftermath' })).toMatchObject(problem(422, 'UNKNOWN_BRANCH'));
  expect(await open('x', { subjects: [99] })).toMatchObject(problem(422, 'UnknownSubject'));
  expect(await open('x', { eventType: 'flood' })).toMatchObject(problem(422, 'UNKNOWN_EVENT_TYPE'));
  expect(await open('x', { by: 'yi-1' })).toMatchObject(problem(403, 'MAY_NOT_ACT'));

  const missing = await open('one', { subjects: [7, 32], eventType: 'lostContact' });
  const cases = [missing, await open('two', { subjects: [8] })];
  cases.push(await open('three', { branch: 'riskSigns', subjects: [9], situation: '测试:扬言' }));
  expect(cases.map(({ status }) => status)).toEqual([201, 201, 201]);
  const [first, second, third] = cases.map(({ body }) => incidentOf(system, body.id));

  const detail = await first!.when('it is on record', ({ branches }) => branches.length === 1);
  expect(detail).toMatchObject({ parent: flood.id, office: 'jia', drill: false, eventType: 'lostContact' });
  expect(detail.facts).toMatchObject({ situation: '测试:失去联系', occurredAt: '2026-03-06T18:10:00.000Z' });
  expect(detail.subjects).toMatchObject([
    { subject: 1, name: '测试居民7' },
    { subject: 2, name: '测试居民卅二', file: '演示档-032', correctionType: 'servingOutsidePrison' },
  ]);
  expect(await open('one', { subjects: [7, 32], eventType: 'lostContact' })).toMatchObject({
    status: 200,
    body: { id: first!.id },
  });
  expect(await open('one', { subjects: [8] })).toMatchObject(problem(409, 'IDEMPOTENCY_KEY_REUSED'));

  await second!.when('it is on record', ({ branches }) => branches.length === 1);
  await third!.when('it is on record', ({ branches }) => branches.length === 1);
  const types = await Promise.all([first!, second!, third!].map(async (each) => (await each.history()).runs));
  expect(types.map((runs) => runs.map(({ workflowType }) => workflowType))).toEqual([
    ['abscondingSearch'],
    ['abscondingSearch'],
    ['riskSigns'],
  ]);
  expect(new Set(await listed(`parent=${flood.id}`))).toEqual(new Set(cases.map(({ body }) => body.id)));
  expect(await listed(`parent=${flood.id}&branch=riskSigns`)).toEqual([third!.id]);

  await second!.act('closing', { by, as: 'falseAlarm', evidence: '测试证据' });
  await second!.act('closing/approval', { by: 'leading-1', reason: '测试理由' });
  const { subCases } = await flood.when('the end of one is known', (d) =>
    d.subCases.some(({ endedAs }) => endedAs !== null),
  );
  expect(subCases.find(({ id }) => id === second!.id)).toMatchObject({
    subjects: [8],
    endedAs: 'falseAlarm',
  });
});

test('found dead leads to the branch of the act; still searching goes on and moves the limit', async () => {
  const search = await report(system, { eventType: 'lostContact' });
  await search.when('the search is on record', (d) => !!stageOf(d, '1.search'));
  const still = await search.act<{ ended: boolean; dueAt: string }>('stages/1.search/outcome', {
    by,
    outcome: 'stillSearching',
    evidence: '测试证据',
  });
  expect(still).toMatchObject(done({ ended: false, dueAt: expect.any(String) }));
  const { dueAt } = still.body;
  const on = await search.when('it is on record', (d) => stageOf(d, '1.search')!.continued === 1);
  expect(stageOf(on, '1.search')).toMatchObject({ dueAt, overdueAt: null, outcome: null });
  expect(await search.record('1.search', 'foundDead')).toMatchObject(done({ ended: true }));
  const { branches } = await search.when('the act is entered', (d) => d.branches.length === 2);
  expect(branches[1]).toMatchObject({ branch: 'violentAct', by });
});

test('two reports of one event are suggested, and merged by a person; both receipts are kept', async () => {
  const place = '测试集市';
  const subjects = [{ name: '测试同名者' }];
  const one = await report(system, { place, subjects });
  const same = await report(system, { place: '甲镇测试集市', subjects, eventType: null });
  const drill = await report(system, { place, subjects, drill: true });
  await drill.detail();
  await one.detail();
  const { receivedAt } = (await same.detail()).facts;
  const suggestions = await duplicatesOf(one);
  expect(suggestions[0]).toMatchObject({ id: same.id, reasons: ['sameSubject', 'samePlace'] });
  expect(suggestions.map(({ id }) => id)).not.toContain(drill.id);
  expect(JSON.stringify(suggestions)).not.toContain('测试');
  expect((await duplicatesOf(flood)).every(({ reasons }) => !reasons.includes('sameSubject'))).toBe(true);

  const merge = ({ id }: Pick<LiveIncident, 'id'>, into: string, who = by): Promise<Answer<ProblemBody>> =>
    system.post(`/api/incidents/${id}/merge`, { ...because, by: who, into });
  expect(await merge(same, same.id)).toMatchObject(problem(409, 'MergeRing'));
  expect(await merge(same, NOBODY)).toMatchObject(problem(404, 'UNKNOWN_INCIDENT'));
  expect(await merge({ id: NOBODY as IncidentId }, one.id)).toMatchObject(problem(404, 'UNKNOWN_INCIDENT'));
  expect(await merge(same, drill.id)).toMatchObject(problem(409, 'DRILL_AND_REAL'));
  expect(await merge(same, one.id, 'yi-1')).toMatchObject(problem(403, 'MAY_NOT_ACT'));
  expect(await merge(flood, one.id)).toMatchObject(problem(409, 'SubCasesOpen'));

  expect(await merge(same, one.id)).toMatchObject(done({ into: one.id }));
  const gone = await same.when('it is closed', ({ status }) => status === 'closed');
  expect(gone).toMatchObject({ closedAs: 'merged', mergedInto: one.id });
  expect(await merge(same, one.id)).toMatchObject(done({ into: one.id, at: gone.closedAt }));
  expect(await merge(same, flood.id)).toMatchObject(problem(409, 'IncidentClosed'));
  expect(await merge(one, same.id)).toMatchObject(problem(409, 'MergeRing'));
  expect(await merge(drill, same.id)).toMatchObject(problem(409, 'DRILL_AND_REAL'));
  expect(await merge(flood, same.id)).toMatchObject({
    status: 409,
    body: { code: 'IncidentClosed', about: { into: same.id, mergedInto: one.id } },
  });
  const kept = await one.when('the other is on record', ({ absorbed }) => absorbed.length === 1);
  expect(kept.absorbed).toMatchObject([{ id: same.id, receivedAt, by }]);
  expect(await duplicatesOf(one)).toEqual([]);
});

test('two people end the response; corrective actions belong to what follows it, each with its own date', async () => {
  const incident = await report(system);
  const correct = (change: object = {}) =>
    incident.act<{ stage: string }>('corrective-actions', {
      by: 'leading-1',
      owner: 'judicialOffice',
      dueAt: '2034-01-01T00:00:00+08:00',
      action: '测试整改',
      ...change,
    });
  await incident.detail();
  expect(await correct()).toMatchObject(problem(409, 'NotInAftermath'));
  expect(await incident.endResponse()).toMatchObject({ closed: false, branch: 'aftermath' });
  await incident.when('the aftermath is entered', ({ branch }) => branch === 'aftermath');

  expect(await correct({ owner: 'policeStation' })).toMatchObject(problem(422, 'OUTSIDE_PARTY'));
  expect(await correct({ owner: 'nobody' })).toMatchObject(problem(422, 'UnknownParty'));
  for (const dueAt of ['2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z'])
    expect(await correct({ dueAt })).toMatchObject(problem(422, 'DUE_DATE_UNUSABLE'));
  expect(await correct()).toMatchObject(done({ stage: '2.correctiveAction_1' }));
  expect(await correct({ dueAt: '2033-06-01T00:00:00Z' })).toMatchObject(
    done({ stage: '2.correctiveAction_2' }),
  );
  const detail = await incident.when('both are on record', (d) => !!stageOf(d, '2.correctiveAction_2'));
  expect(detail).toMatchObject({ status: 'open', responseEndedAt: expect.any(String) });
  expect(stageOf(detail, '2.correctiveAction_1')).toMatchObject({
    owner: 'judicialOffice',
    dueAt: '2033-12-31T16:00:00.000Z',
    action: '测试整改',
  });
  expect(await incident.record('2.correctiveAction_1', 'corrected')).toMatchObject(done({ ended: true }));

  expect(await incident.endResponse()).toMatchObject({ closed: true });
  await incident.when('it is closed', ({ status }) => status === 'closed');
  const late = { ...because, branch: 'riskSigns', subjects: [1], situation: '测试' };
  expect(await incident.act('sub-cases', late)).toMatchObject(problem(409, 'IncidentClosed'));
  expect(await incident.act('facts', { by, facts: { place: '测' } })).toMatchObject(
    problem(409, 'IncidentClosed'),
  );
});

test('a false alarm is closed at once', async () => {
  const incident = await report(system);
  await incident.act('closing', { by, as: 'falseAlarm', evidence: '测试证据' });
  expect(await incident.act('closing/approval', { by: 'leading-1', reason: '测试理由' })).toMatchObject(
    done({ closed: true }),
  );
});

test('incidents are found by office, branch, type, drill and the beginning of their number', async () => {
  const { number } = await flood.detail();
  expect(await listed(`q=${number!}`)).toEqual([flood.id]);
  expect(await listed('q=YS-D-')).toEqual(await listed('drill=true'));
  expect(await listed('q=%25')).toEqual([]);
  expect(await listed('office=yi&eventType=disaster')).toHaveLength(1);
  expect(await listed('office=yi&eventType=disaster&drill=true')).toEqual([]);
  expect(await listed('branch=disasterImpact&office=jia')).toEqual([flood.id]);
  expect((await system.get('/api/incidents?drill=perhaps')).status).toBe(422);
  expect((await system.get('/api/incidents?office=%00')).status).toBe(422);
});

test('the history tells all of it in words, without a name, and the register is sound', async () => {
  const { story } = await flood.history();
  const words = story.map(({ text }) => text).join('\n');
  for (const said of [
    /jia-1 补充涉及人员 2 名/,
    /jia-1 更新 2 名人员的情况/,
    /jia-1 补充情况：.*place/,
    /jia-1 登记终报/,
    /jia-1 开立子案：失联查找.*涉及 2 名人员/,
    /启动子案：失联查找/,
    /子案 .* 已结束：误报/,
  ])
    expect(words).toMatch(said);
  expect(words).not.toMatch(/测试|[A-Z][a-z]+Workflow/);
  expect(entriesOf(await flood.detail(), 'subCaseOpened')).toHaveLength(3);
  expect((await system.post('/api/audit')).body).toMatchObject({ problems: [] });
});

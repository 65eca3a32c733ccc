import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { createHttp } from '../harness/http.ts';
import { entriesOf, REPORT, report, type Accepted } from '../harness/incident.ts';
import { LONG_PLAN, startSystem, type System } from '../harness/system.ts';

/** What people and programs send wrongly. An alarm is taken whenever it can be; a refusal has a code and loses nothing. */
jest.setTimeout(240_000);

let system: System;
beforeAll(async () => {
  system = await startSystem({ plan: LONG_PLAN });
});
afterAll(() => system?.leave());

const problem = (status: number, code: string) => ({
  status,
  body: expect.objectContaining({ status, code, type: `urn:fenghuo:problem:${code}` }),
});

test('without a key, and with a wrong one, nothing but health and receipt links is open', async () => {
  for (const http of [createHttp(system.url, null), createHttp(system.url, 'fh_no-such-key-anywhere')]) {
    const answer = await http.post('/api/incidents', REPORT);
    expect(answer).toMatchObject(problem(401, 'API_KEY_REQUIRED'));
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect((await http.get('/healthz')).status).toBe(200);
  }
});

test('what is no JSON, no JSON object, too large or of another kind is refused with its own code', async () => {
  const send = (body: unknown, type = 'application/json') =>
    system.post('/api/incidents', body, { 'content-type': type });
  expect(await send('{"office": "jia", ')).toMatchObject(problem(400, 'MALFORMED_JSON'));
  expect(await send('')).toMatchObject(problem(400, 'MALFORMED_JSON'));
  expect(await send('null')).toMatchObject(problem(422, 'INVALID_REQUEST'));
  expect(await send('office=jia', 'application/x-www-form-urlencoded')).toMatchObject(
    problem(415, 'UNSUPPORTED_MEDIA_TYPE'),
  );
  expect(await send({ ...REPORT, situation: 'x'.repeat(10 * 1024 * 1024) })).toMatchObject(
    problem(413, 'BODY_TOO_LARGE'),
  );
});

test('every field that cannot be used is named at once, and none of their values comes back', async () => {
  const { status, body } = await system.post('/api/incidents', {
    situation: '',
    subjects: [{ name: { of: '000-0000-9903' } }],
    reporter: 'nobody',
    drill: 'perhaps',
  });
  expect([status, body.code]).toEqual([422, 'INVALID_REQUEST']);
  const fields = (body.problems as { field: string }[]).map(({ field }) => field);
  expect(fields.sort()).toEqual([
    'body.drill',
    'body.office',
    'body.reporter',
    'body.situation',
    'body.subjects.0.name',
  ]);
  expect(JSON.stringify(body)).not.toContain('9903');
});

test('an unknown office is refused with the offices there are', async () => {
  const { body: offices } = await system.get<object[]>('/api/offices');
  const answer = await system.post('/api/incidents', { ...REPORT, office: 'ding' });
  expect(answer).toMatchObject(problem(422, 'UNKNOWN_OFFICE'));
  expect(answer.body.offices).toEqual(offices);
});

test('an alarm with nothing but office and situation is taken, and says what is missing', async () => {
  const { status, body } = await system.post<Accepted>('/api/incidents', {
    office: 'jia',
    situation: '测试',
  });
  expect(status).toBe(201);
  expect(body.branches).toMatchObject([{ branch: 'triage' }]);
  expect(body.missing).toEqual([
    'eventType',
    'place',
    'occurredAt',
    'discoveredAt',
    'subjects',
    'measuresTaken',
    'source',
    'reporter.name',
    'reporter.phone',
  ]);
});

test('a type that no plan knows goes to triage and is marked; a property of every object is no type', async () => {
  for (const eventType of ['noSuchType', 'constructor', '__proto__']) {
    const { status, body } = await system.post<Accepted>('/api/incidents', { ...REPORT, eventType });
    expect([status, body.branches[0]!.branch, body.marks]).toEqual([201, 'triage', ['unknownEventType']]);
  }
});

test('times in the future, out of order or unreadable are kept and marked', async () => {
  const future = '2999-01-01T00:00:00Z';
  const times: [object, string[], object][] = [
    [{ occurredAt: future, discoveredAt: future }, ['occurredInFuture', 'discoveredInFuture'], {}],
    [{ discoveredAt: '2026-03-07T02:00:00+08:00' }, ['discoveredBeforeOccurred'], {}],
    [{ occurredAt: '昨晚两点多' }, ['occurredAtUnreadable'], { occurredAtAsGiven: '昨晚两点多' }],
    [
      { discoveredAt: '2026-02-30T25:61' },
      ['discoveredAtUnreadable'],
      { discoveredAtAsGiven: '2026-02-30T25:61' },
    ],
  ];
  for (const [given, marks, kept] of times) {
    const incident = await report(system, given);
    const detail = await incident.when('it is in the register', ({ facts }) => facts !== undefined);
    expect(detail.facts.marks).toEqual(marks);
    expect(detail.timeline[0]!.personal).toMatchObject(kept);
  }
  const detail = await (await report(system, { occurredAt: future })).detail();
  expect(detail.facts.occurredAt).toBe('2999-01-01T00:00:00.000Z');
});

test('rare characters, emoji, NUL and half a character stop no alarm', async () => {
  const situation = '𠮷某与䶮某 👨‍👩‍👧 \u0000 \u202e测试';
  const incident = await report(system, { situation, eventType: '𠮷\u0000', place: '半个\ud83d' });
  const detail = await incident.detail();
  expect(detail.facts.situation).toBe(situation);
  expect(detail.facts.place).toBe('半个\ufffd');
  expect(detail.eventType).toBeNull(); // what is no type of the plan is somebody's words, and personal
  expect(detail.timeline[0]!.personal).toMatchObject({ eventTypeAsGiven: '𠮷\u0000' });
});

test('the same Idempotency-Key and body give the same incident; with another body the first stands', async () => {
  const key = { 'idempotency-key': 'twice-with-a-line-that-broke' };
  const first = await system.post<Accepted>('/api/incidents', REPORT, key);
  const again = await system.post<Accepted>('/api/incidents', REPORT, key);
  expect([first.status, again.status, again.body.id]).toEqual([201, 200, first.body.id]);
  const other = await system.post('/api/incidents', { ...REPORT, place: '另一地点' }, key);
  expect(other).toMatchObject(problem(409, 'IDEMPOTENCY_KEY_REUSED'));
  expect(other.body.id).toBe(first.body.id);
});

test('ten at the same instant under one key are one incident', async () => {
  const key = { 'idempotency-key': 'ten-at-once' };
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => system.post<Accepted>('/api/incidents', REPORT, key)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(9).fill(200), 201]);
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
});

test('what no stage, outcome, person or incident is, is refused by name; an ended stage keeps its outcome', async () => {
  const incident = await report(system);
  const outcome = (stage: string, change: object = {}) =>
    incident.act(`stages/${stage}/outcome`, { by: 'jia-1', outcome: 'learnt', evidence: '测试', ...change });
  expect(await outcome('1.noSuchStage')).toMatchObject(problem(404, 'UnknownStage'));
  expect(await outcome('2.policeCall')).toMatchObject(problem(404, 'UnknownStage'));
  expect(await outcome('learnFacts')).toMatchObject(problem(422, 'INVALID_REQUEST'));
  expect(await outcome('1.learnFacts', { by: 'nobody' })).toMatchObject(problem(422, 'UNKNOWN_PERSON'));
  const unknown = await outcome('1.learnFacts', { outcome: 'constructor' });
  expect(unknown).toMatchObject(problem(422, 'UnknownOutcome'));
  expect(unknown.body.about).toEqual(['learnt']);

  const first = await outcome('1.learnFacts');
  expect(first.status).toBe(200);
  expect(await outcome('1.learnFacts')).toMatchObject({ status: 200, body: first.body });
  expect(await outcome('1.learnFacts', { by: 'jia-2' })).toMatchObject(problem(409, 'StageEnded'));
  const ended = await incident.when('the outcome is on record', (d) => entriesOf(d, 'stageEnded').length > 0);
  expect(entriesOf(ended, 'stageEnded')).toHaveLength(1);

  expect(await incident.switchTo('noSuchBranch')).toMatchObject(problem(422, 'UNKNOWN_BRANCH'));
  expect(await incident.switchTo('riskSigns')).toMatchObject(problem(409, 'SameBranch'));
  const nowhere = '00000000-0000-4000-8000-000000000000';
  expect(await system.get(`/api/incidents/${nowhere}`)).toMatchObject(problem(404, 'UNKNOWN_INCIDENT'));
  expect(await system.get(`/api/incidents/${nowhere}/history`)).toMatchObject(
    problem(404, 'UNKNOWN_INCIDENT'),
  );
  expect(await system.post(`/api/incidents/${nowhere}/still-responding`, { by: 'jia-1' })).toMatchObject(
    problem(404, 'UNKNOWN_INCIDENT'),
  );
  expect(await system.get('/api/incidents/1')).toMatchObject(problem(422, 'INVALID_REQUEST'));
  expect(await system.get('/api/nothing')).toMatchObject(problem(404, 'NOT_FOUND'));
});

test('after the closing every act is refused, and the record stands', async () => {
  const incident = await report(system);
  const closed = await incident.close();
  const acts: [string, object][] = [
    ['stages/1.learnFacts/outcome', { by: 'jia-1', outcome: 'learnt', evidence: '测试' }],
    ['branch', { by: 'jia-1', branch: 'violentAct', reason: '测试' }],
    ['still-responding', { by: 'jia-1' }],
    ['take-over', { by: 'jia-1', reason: '测试' }],
    ['closing', { by: 'jia-1', evidence: '测试' }],
    ['closing/approval', { by: 'leading-1', reason: '测试' }],
  ];
  for (const [path, body] of acts) {
    expect([path, await incident.act(path, body)]).toMatchObject([path, problem(409, 'IncidentClosed')]);
  }
  expect((await incident.detail()).timeline).toEqual(closed.timeline);
});

test('nothing of all this was lost or left broken', async () => {
  expect((await system.post('/api/audit')).body).toMatchObject({ problems: [] });
  expect(system.logs()).not.toMatch(/unexpected error|CHAIN_/);
});

test('who belongs to an outside party, or to another office, does not act on an incident', async () => {
  const incident = await report(system);
  await incident.when('its record says which office it is of', () => true);
  for (const by of ['police-jia-1', 'city-1', 'bing-1'])
    expect(await incident.record('1.learnFacts', 'learnt', by)).toMatchObject(problem(403, 'MAY_NOT_ACT'));
  expect(entriesOf(await incident.detail(), 'stageEnded')).toEqual([]);
  expect(await incident.record('1.learnFacts', 'learnt')).toMatchObject({ status: 200 });
});

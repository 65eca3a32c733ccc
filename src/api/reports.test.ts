import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Entry, NewEntry } from '../incident/entry.ts';
import { NO_ANCHOR, stageId, type Anchor, type IncidentId } from '../incident/ids.ts';
import { plus } from '../incident/instant.ts';
import { append } from '../store/append.ts';
import { identityReads } from '../store/personal.ts';
import { savePlanEdition } from '../store/plans.ts';
import { openTestApi, signedIn, testAccount, type TestApi } from './testing.ts';

jest.setTimeout(240_000);

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  await savePlanEdition(api.register, api.deps.plan.pin, api.deps.plan.text);
});
afterAll(() => api.close());

const AT = '2026-03-07T18:13:00.000Z';
const FAR = '2036-01-01T00:00:00.000Z';

/** Case 4: at night, alone. Everybody is fictional. */
async function nightCase(times: { occurredAt?: string; discoveredAt?: string } = {}) {
  const id = randomUUID() as IncidentId;
  let seq = 0;
  let anchor: Anchor = NO_ANCHOR;
  const tell = async (...story: NewEntry[]): Promise<void> => {
    const entries = story.map((each) => ({ ...each, seq: (seq += 1), at: plus(AT, seq * 60_000) }) as Entry);
    ({ anchor } = await append(api.register, { incidentId: id, entries }, anchor));
  };
  await tell(
    {
      kind: 'incidentReported',
      data: {
        plan: api.deps.plan.pin,
        drill: false,
        eventType: 'selfHarm',
        office: 'bing',
        subjects: 1,
        occurredAt: times.occurredAt ?? null,
        discoveredAt: times.discoveredAt ?? null,
        receivedAt: AT,
        parent: null,
        missing: ['place'],
        marks: [],
        bodyHash: 'k1:0',
        apiKeyId: 'key-1',
        numberSeries: { prefix: 'YS', year: 2026, drill: false },
      },
      personal: { situation: '家属报其割腕', source: '家属来电', 'subject.1.name': '测试吴某' },
    },
    {
      kind: 'branchEntered',
      data: {
        entry: 1,
        branch: 'violentAct',
        branchName: '正在实施',
        clause: '四（三）',
        runId: 'run-1',
        by: null,
        chosen: 'plan',
      },
    },
  );
  const learn = (facts: Record<string, string>) =>
    tell({ kind: 'factsAdded', data: { by: 'bing-1', names: Object.keys(facts) }, personal: facts });
  const record = (
    report: number,
    elements: Record<string, string>,
    more: Partial<Extract<NewEntry, { kind: 'reportRecorded' }>['data']> = {},
  ) =>
    tell({
      kind: 'reportRecorded',
      data: {
        report,
        kind: report === 0 ? 'firstReport' : 'followUpReport',
        verifying: [],
        by: 'bing-1',
        ...more,
      },
      personal: Object.fromEntries(
        Object.entries(elements).map(([name, value]) => [`element.${name}`, value]),
      ),
    });
  const stage = (name: string, outcome: string, evidence: string) => {
    const place = { stageId: stageId(1, name), opening: 1 };
    return tell(
      {
        kind: 'stageOpened',
        data: {
          ...place,
          entry: 1,
          stage: name,
          stageName: '控制事态',
          clause: '四（三）',
          source: 'plan',
          owner: 'judicialOffice',
          duty: '控制',
          planText: null,
          within: null,
          dueAt: null,
          startsAt: null,
          automatic: false,
          by: null,
        },
      },
      { kind: 'stageEnded', data: { ...place, outcome, by: 'bing-1' }, personal: { evidence } },
    );
  };
  return { id, tell, learn, record, stage, path: `/api/incidents/${id}` };
}

const bearer = () => ({ authorization: `Bearer ${api.key}` });
const get = async (url: string, headers: Record<string, string> = bearer()) => {
  const answer = await api.app.inject({ method: 'GET', url, headers });
  return { status: answer.statusCode, text: answer.body, body: answer.json() };
};
const post = async (url: string, payload: object) => {
  const answer = await api.app.inject({ method: 'POST', url, payload, headers: bearer() });
  return { status: answer.statusCode, body: answer.json() };
};
type Elements = { element: string; state: string; value: string | null; until: string | null }[];
const byName = (elements: Elements) => Object.fromEntries(elements.map((each) => [each.element, each]));
const draftOf = async ({ path }: { path: string }, kind = 'followUpReport') => {
  const { body } = await get(`${path}/reports/draft?kind=${kind}`);
  return { ...body, elements: byName(body.elements) };
};

test('the first report says what was taken in and what nobody has said; what is withheld stays withheld', async () => {
  const one = await nightCase();
  const { body } = await get(`${one.path}/reports`);
  const [first] = body.reports;
  expect(first).toMatchObject({ name: '首报', source: '家属来电', learntAt: AT, waits: 'draft', by: null });
  expect(byName(first.elements)).toMatchObject({
    persons: { state: 'told', value: '测试吴某' },
    development: { state: 'told', value: '家属报其割腕' },
    place: { state: 'open', value: null },
  });
  await testAccount(api, { name: 'bing', role: 'officer', person: 'bing-1', jurisdiction: 'office-bing' });
  const seen = await get(`${one.path}/reports`, await signedIn(api, 'bing'));
  expect(seen.body.identities).toBe('withheld');
  expect(seen.text).not.toMatch(/测试吴某|割腕|家属/);
  expect(byName(seen.body.reports[0].elements)).toMatchObject({ persons: { state: 'told', value: null } });
  expect((await get(`${one.path}/reports/draft`, await signedIn(api, 'bing'))).body.code).toBe(
    'REASON_REQUIRED',
  );
  const routes = (await identityReads(api.register, one.id)).map(({ route }) => route);
  expect(routes).toEqual(['GET /api/incidents/{id}/reports']);
});

test('what is 正在核实 says since when and until when, from report to report', async () => {
  const one = await nightCase();
  const verifyingUntil = { place: FAR };
  await one.record(0, { development: '割腕' }, { verifying: ['place'], verifyingUntil });
  await one.record(1, { measures: '已送医' }, { verifying: ['place'], unchanged: ['development'] });
  const { body } = await get(`${one.path}/reports`);
  expect(body.reports.map(({ name }: { name: string }) => name)).toEqual(['首报', '续报一']);
  expect(byName(body.reports[0].elements)['place']).toMatchObject({
    state: 'verifying',
    since: AT,
    until: FAR,
  });
  const later = byName(body.reports[1].elements);
  expect(later['place']).toMatchObject({ state: 'verifying', since: AT, until: null });
  expect(later['development']).toMatchObject({ state: 'unchanged', value: null });
});

test('twenty facts later the next report says what is new since the last one, and repeats nothing', async () => {
  const one = await nightCase();
  for (let nr = 1; nr <= 10; nr += 1) await one.learn({ situation: `第${nr}次情况`, place: `第${nr}处` });
  await one.record(0, { place: '第10处', development: '第10次情况', persons: '测试吴某' });
  for (let nr = 11; nr <= 19; nr += 1) await one.learn({ situation: `第${nr}次情况` });
  await one.record(1, { development: '第19次情况' }, { verifying: ['time'], verifyingUntil: { time: FAR } });
  await one.learn({ situation: '已脱离危险' });
  await one.stage('control', 'injured', '送旗医院。');
  const draft = await draftOf(one);
  expect(draft).toMatchObject({ name: '续报二', after: { report: 1, name: '续报一' } });
  expect(draft.news.map(({ what }: { what: string }) => what)).toEqual([
    '已脱离危险',
    '控制事态：事态已控制，有人受伤（测试丙一），送旗医院',
  ]);
  expect(draft.elements).toMatchObject({
    development: { state: 'changed', before: '第19次情况' },
    place: { state: 'unchanged', value: '第10处' },
    time: { state: 'missing', value: null, until: FAR },
  });
  expect(draft.elements['development'].value).not.toMatch(/第\d+次/);
});

test('a final report is filled in with all that was told, and names what is missing', async () => {
  const one = await nightCase();
  await one.record(0, { development: '家属发现割腕', place: '甲村' });
  await one.record(1, { development: '已送医' }, { unchanged: ['place'] });
  await one.learn({ situation: '已出院' });
  const draft = await draftOf(one, 'finalReport');
  expect(draft.elements['development'].value).toMatch(/家属发现割腕\n已送医\n.*已出院/s);
  expect(draft.missing).toEqual(['time', 'measures']);
});

test('a report is checked before it is taken: an element that nobody told is not “unchanged”, a time is to come', async () => {
  const one = await nightCase();
  const body = { by: 'bing-1', kind: 'followUpReport', elements: { development: '已送医' } };
  expect((await post(`${one.path}/reports`, { ...body, unchanged: ['place'] })).body).toMatchObject({
    code: 'NOT_TOLD_BEFORE',
    elements: ['place'],
  });
  const verifyingUntil = { place: '2020-01-01T00:00:00Z' };
  expect((await post(`${one.path}/reports`, { ...body, verifyingUntil })).body.code).toBe('UNTIL_PASSED');
  for (const accusing of [{ text: '该所瞒报' }, { elements: { development: '属于迟报' } }])
    expect((await post(`${one.path}/reports`, { ...body, ...accusing })).body.code).toBe('ACCUSING_WORD');
  const action = { by: 'bing-1', owner: 'judicialOffice', dueAt: FAR, action: '纠正迟报' };
  expect((await post(`${one.path}/corrective-actions`, action)).body.code).toBe('ACCUSING_WORD');
});

const paper = async (one: { path: string }, template: string, by = 'bing-1', more = {}) =>
  (await post(`${one.path}/documents`, { by, template, ...more })).body;
const sign = (one: { path: string }, { id, digest }: { id: string; digest: string }, more = {}) =>
  post(`${one.path}/documents/${id}/signature`, { by: 'deputy-1', digest, ...more });

test('a report is signed with each element a value or 正在核实 with a time', async () => {
  const one = await nightCase();
  await one.record(
    1,
    { development: '已送医' },
    { verifying: ['place', 'time'], verifyingUntil: { time: FAR } },
  );
  const timeless = await sign(one, await paper(one, 'follow-up-report'));
  expect(timeless).toMatchObject({
    status: 409,
    body: { code: 'ELEMENT_WITHOUT_TIME', elements: ['place'] },
  });
  const verifyingUntil = { time: FAR, place: FAR };
  await one.record(2, { development: '已送医' }, { verifying: ['place', 'time'], verifyingUntil });
  const drafted = await paper(one, 'follow-up-report');
  const page = await api.app.inject({
    method: 'GET',
    url: `${one.path}/documents/${drafted.id}/preview`,
    headers: bearer(),
  });
  expect(page.body).toContain('发生地点：正在核实，预计2036年1月1日8时00分前报告');
  expect(page.body).toContain('事态发展：已送医');
  expect(page.body).not.toContain('家属报其割腕'); // a follow-up does not tell the story again
  expect((await sign(one, drafted)).status).toBe(200);
  const { body } = await get(`${one.path}/reports`);
  expect(body.reports.map(({ waits }: { waits: string }) => waits)).toEqual([
    'draft',
    'signature',
    'sending',
  ]);
  expect(body.reports[2].documents).toMatchObject([
    { id: drafted.id, status: 'signed', signedBy: 'deputy-1' },
  ]);
});

test('a draft stays the paper of the report it was drafted for, whatever is reported before it is signed', async () => {
  const one = await nightCase();
  const known = { verifying: ['place'], verifyingUntil: { place: FAR } };
  await one.record(1, { development: '已送医' }, known);
  const drafted = await paper(one, 'follow-up-report');
  await one.record(2, { development: '已出院' }, { verifying: ['place'] });
  const final = Object.fromEntries(['kind', 'time', 'place'].map((name) => [name, `${name}-终`]));
  await one.record(3, final, { kind: 'finalReport' });
  const shown = async ({ id }: { id: string }) =>
    (
      await api.app.inject({
        method: 'GET' as const,
        url: `${one.path}/documents/${id}/preview`,
        headers: bearer(),
      })
    ).body;
  expect((await sign(one, drafted)).status).toBe(200);
  const corrects = { old: { document: drafted.id, act: 'corrects' } };
  const corrected = await paper(one, 'follow-up-report', 'bing-1', corrects);
  for (const each of [drafted, corrected]) {
    expect(await shown(each)).toContain('续报一');
    expect(await shown(each)).toContain('事态发展：已送医');
    expect(await shown(each)).toContain('发生地点：正在核实，预计');
  }
  // The last follow-up, though a final report has been made since: it says nothing of when the place will be known.
  const second = await paper(one, 'follow-up-report');
  expect(await shown(second)).toContain('事态发展：已出院');
  expect((await sign(one, second)).body).toMatchObject({ code: 'ELEMENT_WITHOUT_TIME', elements: ['place'] });
  const { body } = await get(`${one.path}/reports`);
  expect(
    body.reports.map(({ documents }: { documents: { id: string }[] }) => documents.map(({ id }) => id)),
  ).toEqual([[], [drafted.id, corrected.id], [second.id], []]);
});

test('times that are out of order are taken with the alarm, and signed only once somebody has confirmed them', async () => {
  const one = await nightCase({ occurredAt: '2026-03-07T19:00:00.000Z', discoveredAt: AT });
  expect((await get(`${one.path}/reports`)).body.marks).toContain('discoveredBeforeOccurred');
  const drafted = await paper(one, 'first-report');
  expect(await sign(one, drafted)).toMatchObject({ status: 409, body: { code: 'TIMES_OUT_OF_ORDER' } });
  expect((await sign(one, drafted, { confirmTimes: true })).status).toBe(200);
});

test('unsigned paper stays in the county, and what goes above it was decided by a leader', async () => {
  const one = await nightCase();
  const drafted = await paper(one, 'first-report');
  const on = {
    by: 'bing-1',
    document: drafted.id,
    to: 'cityJusticeEmergencyOffice',
    channel: 'paper',
    at: AT,
  };
  const url = `${one.path}/reports/handed-on`;
  expect((await post(url, { ...on, decidedBy: 'chief' })).body.code).toBe('REPORT_UNSIGNED');
  expect((await post(url, { ...on, decidedBy: 'bing-1' })).body.code).toBe('MAY_NOT_DECIDE');
  expect((await post(url, { ...on, to: 'leadingGroupOffice', decidedBy: 'chief' })).body.code).toBe(
    'NOT_ABOVE',
  );
  await testAccount(api, { name: 'city', role: 'cityOffice', person: null, jurisdiction: 'city' });
  const { body } = await get(`${one.path}/reports`, await signedIn(api, 'city'));
  expect(body.reports[0].documents).toEqual([]);
});

test('a correction and a withdrawal belong to the report of the paper they name; other papers to none', async () => {
  const one = await nightCase();
  const first = await paper(one, 'first-report');
  await sign(one, first);
  const kind = { by: 'bing-1', kind: 'firstReport', elements: { place: '甲村' } };
  expect((await post(`${one.path}/reports`, kind)).body.code).toBe('REPORT_SIGNED');
  await one.record(1, { development: '已送医' });
  const old = { document: first.id, act: 'corrects' };
  const corrected = await paper(one, 'first-report', 'bing-1', { old });
  const record = await paper(one, 'search-record');
  const { body } = await get(`${one.path}/reports`);
  const papers = body.reports.map(({ documents }: { documents: { id: string }[] }) =>
    documents.map(({ id }) => id),
  );
  expect(papers).toEqual([[first.id, corrected.id], []]);
  const send = (document: string) => post(`${one.path}/reports/sendings`, { by: 'bing-1', document });
  expect((await send(record.id)).body.code).toBe('NOT_A_REPORT');
  await sign(one, corrected);
  expect((await send(first.id)).body.code).toBe('REPORT_REPLACED');
});

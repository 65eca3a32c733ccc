import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { stageId } from '../incident/ids.ts';
import { identityReads } from '../store/personal.ts';
import { savePlanEdition } from '../store/plans.ts';
import { documentCases } from './testing-documents.ts';
import { openTestApi, signedIn, testAccount, type TestApi } from './testing.ts';

jest.setTimeout(240_000);

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  await savePlanEdition(api.register, api.deps.plan.pin, api.deps.plan.text);
});
afterAll(() => api.close());

const { searchFailed, get, post, bearer, draft, sign, listed } = documentCases(() => api);

const opened = (stage: string, stageName: string) => ({
  kind: 'stageOpened' as const,
  data: {
    stageId: stageId(1, stage),
    opening: 1,
    entry: 1,
    stage,
    stageName,
    clause: '四（一）',
    source: 'plan' as const,
    owner: 'judicialOffice',
    duty: '办理',
    planText: null,
    within: null,
    dueAt: null,
    startsAt: null,
    automatic: false,
    by: null,
  },
});

test('the plan asks at its open duties alone, each document once, with the template that makes it', async () => {
  const one = await searchFailed();
  const asked = async () => (await get(`${one.path}/asked`)).json() as Record<string, unknown>[];
  expect(await asked()).toEqual([]); // the search has ended
  await one.tell(opened('signNotice', '签发书面通知'), opened('policeNotice', '书面通知派出所'));
  await one.tell(opened('reportTownship', '向苏木（镇）指挥小组报告'));
  expect(await asked()).toEqual([
    expect.objectContaining({
      document: 'policeNotice',
      name: '给派出所的书面通知',
      form: '函',
      template: 'police-notice',
      stages: [
        expect.objectContaining({ stageName: '签发书面通知' }),
        expect.objectContaining({ stageName: '书面通知派出所' }),
      ],
    }),
    expect.objectContaining({ document: 'firstReport', template: 'first-report' }),
  ]);
});

test('a form is filled in ahead with what the incident knows; a session says why it reads that, and it is logged', async () => {
  const one = await searchFailed();
  await one.learn({ decidingAuthority: '虚构旗人民法院' });
  const form = `/api/incidents/${one.id}/document-forms`;
  expect((await get(`${form}/death-notice`)).json()).toEqual({
    fields: [
      { key: 'addressee', label: '主送单位：决定机关', suggested: '虚构旗人民法院' },
      { key: 'death', label: expect.any(String), suggested: null },
    ],
    verifying: ['correctionType'],
  });
  expect((await get(`${form}/poster`)).json()).toMatchObject({ code: 'UNKNOWN_TEMPLATE' });
  await testAccount(api, { name: 'one', role: 'officer', person: 'jia-1', jurisdiction: 'office-jia' });
  const session = await signedIn(api, 'one');
  expect((await get(`${form}/death-notice`, session)).json()).toMatchObject({ code: 'REASON_REQUIRED' });
  const why = { ...session, 'x-reason': encodeURIComponent('起草文书') };
  expect((await get(`${form}/death-notice`, why)).statusCode).toBe(200);
  expect((await identityReads(api.register, one.id)).at(-1)).toMatchObject({
    reason: '起草文书',
    route: 'GET /api/incidents/{id}/document-forms/{template}',
  });
});

test('what a draft was overtaken by is shown with what it was and is, and what its drafter wrote, to draft it again', async () => {
  const one = await searchFailed();
  const drafted = await draft(one, 'search-assistance', { fields: { request: '请协助核查住宿信息' } });
  await one.learn({ situation: '家属称其去了邻镇' });
  expect(await sign(one, drafted)).toMatchObject({
    body: { code: 'DOCUMENT_OUTDATED', changed: ['situation'] },
  });
  expect((await get(`${one.path}/${drafted.body.id}/differences`)).json()).toEqual({
    fields: { request: '请协助核查住宿信息' },
    changed: [{ name: 'situation', was: '未按规定签到，<b>电话关机</b>', is: '家属称其去了邻镇' }],
  });
});

test('a session learns which documents it may sign, and who else may; never the one it drafted', async () => {
  const one = await searchFailed();
  await testAccount(api, { name: 'deputy', role: 'dutyLeader', person: 'deputy-1', jurisdiction: 'banner' });
  const session = await signedIn(api, 'deputy');
  await draft(one);
  await draft(one, 'police-notice', { by: 'deputy-1' });
  await draft(one, 'investigation-report');
  const seen = (await get(one.path, session)).json() as Record<string, unknown>[];
  expect(seen.map(({ maySign }) => maySign)).toEqual([true, false, false]);
  expect(seen[0]).toMatchObject({
    signers: ['演示旗司法局带班领导', '演示旗司法局局长'],
    draftedByName: '测试甲一',
    meanwhile: expect.stringContaining('先电话告知派出所'),
  });
  expect((await listed(one)).map(({ maySign }) => maySign)).toEqual([null, null, null]);
});

test('a sanction is neither drafted nor signed before an outcome that a person recorded, and for a known kind of sentence', async () => {
  const one = await searchFailed();
  expect(await draft(one, 'admonition')).toMatchObject({
    status: 409,
    body: {
      code: 'DOCUMENT_NOT_CONFIRMED',
      outcomeNames: expect.arrayContaining(['已找到并服从管理']),
    },
  });
  expect((await draft(one, 'revocation-proposal')).body).toMatchObject({
    code: 'DOCUMENT_NOT_CONFIRMED',
    correctionTypeNames: ['缓刑', '假释'],
  });
  await one.learn({ correctionType: 'servingOutsidePrison' });
  expect((await draft(one, 'revocation-proposal')).body.code).toBe('DOCUMENT_NOT_CONFIRMED');
  const facts = { facts: '自2026年3月3日起离开三十五日', basis: '（核对后的条款）' };
  const proposal = await draft(one, 'recommitment-proposal', { fields: facts });
  expect(proposal).toMatchObject({ status: 201, body: { stamp: '未签发·不得报送' } });
  expect((await sign(one, proposal, 'chief')).body.code).toBe('DOCUMENT_INCOMPLETE'); // by whom it was decided
  await one.learn({ decidingAuthority: '虚构旗人民法院' });
  const again = await draft(one, 'recommitment-proposal', { fields: facts });
  expect((await sign(one, again, 'chief')).status).toBe(200);
});

test('a report that says what was discovered before it occurred is not signed until one of the two is corrected', async () => {
  const one = await searchFailed();
  await one.learn({ occurredAt: '2026-03-05T00:00:00.000Z' });
  const first = await draft(one, 'first-report', { by: 'jia-2' });
  expect(await sign(one, first, 'jia-1')).toMatchObject({
    status: 409,
    body: { code: 'TIMES_OUT_OF_ORDER' },
  });
  await one.learn({ occurredAt: '2026-03-03T00:00:00.000Z' });
  const mended = await draft(one, 'first-report', { by: 'jia-2' });
  expect((await sign(one, mended, 'jia-1')).status).toBe(200);
});

test('fifty drafts signed at once take fifty numbers in a row', async () => {
  const one = await searchFailed();
  const drafts = [];
  for (let nr = 0; nr < 50; nr += 1) drafts.push(await draft(one, 'search-assistance'));
  const signed = await Promise.all(drafts.map((each) => sign(one, each)));
  const numbers = signed.map(({ body }) => Number(/〕(\d+)号$/.exec(String(body.number))?.[1]));
  const sorted = numbers.toSorted((a, b) => a - b);
  expect(sorted).toEqual(sorted.map((_, index) => sorted[0]! + index));
});

const scanOf = (url: string, payload: Buffer, headers: Record<string, string> = {}) =>
  api.app.inject({
    method: 'POST',
    url,
    payload,
    headers: { ...bearer(), 'content-type': 'application/pdf', ...headers },
  });

test('a document takes fifty scans, and the same one again; a larger file than twenty mebibytes is told so', async () => {
  const one = await searchFailed();
  const drafted = await draft(one);
  await sign(one, drafted);
  const url = `${one.path}/${drafted.body.id}/scans?by=jia-2`;
  const page = (nr: number) => Buffer.from(`%PDF-1.7 第${nr}页`);
  for (let nr = 1; nr <= 50; nr += 1) expect((await scanOf(url, page(nr))).statusCode).toBe(200);
  const refused = await scanOf(url, page(51));
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'TOO_MANY_SCANS']);
  expect((await scanOf(url, page(7))).statusCode).toBe(200);
  const large = await scanOf(url, Buffer.alloc(20 * 1024 * 1024 + 1));
  expect([large.statusCode, large.json().code]).toEqual([413, 'SCAN_TOO_LARGE']);
});

test('a scan of an office out of reach is refused before its body is looked at', async () => {
  const one = await searchFailed();
  const drafted = await draft(one);
  await sign(one, drafted);
  await testAccount(api, { name: 'yi', role: 'officer', person: 'yi-1', jurisdiction: 'office-yi' });
  const session = await signedIn(api, 'yi');
  // A body of no kind that is taken: whoever reads it first answers 415.
  for (const what of [`documents/${drafted.body.id}/scans`, 'attachments']) {
    const answer = await api.app.inject({
      method: 'POST',
      url: `/api/incidents/${one.id}/${what}`,
      payload: Buffer.alloc(64),
      headers: { ...session, 'content-type': 'application/x-unheard-of', 'content-length': '64' },
    });
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'UNKNOWN_INCIDENT']);
  }
  expect((await post(`${one.path}/${drafted.body.id}/discard`, {}, session)).body.code).toBe(
    'UNKNOWN_INCIDENT',
  );
});

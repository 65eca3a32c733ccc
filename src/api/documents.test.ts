import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import JSZip from 'jszip';
import { loadTemplates } from '../documents/load-templates.ts';
import { createPdfMaker } from '../documents/pdf.ts';
import { stageId } from '../incident/ids.ts';
import { identityReads } from '../store/personal.ts';
import { savePlanEdition } from '../store/plans.ts';
import { buildApp } from './app.ts';
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

test('a notice is drafted without a number, signed by the duty leader, and gets number and date; no stage ends by it', async () => {
  const one = await searchFailed();
  const drafted = await draft(one);
  expect(drafted).toMatchObject({
    status: 201,
    body: { status: 'draft', number: null, stamp: '未签发·先行告知', signedBy: null },
  });
  expect(drafted.body.verifying).toEqual(expect.arrayContaining(['correctionType', 'measuresTaken']));
  const signed = await sign(one, drafted);
  expect(signed).toMatchObject({
    status: 200,
    body: { status: 'signed', stamp: null, signedBy: 'deputy-1' },
  });
  expect(signed.body.number).toMatch(/^演司矫通〔\d{4}〕\d+号$/);
  const { branches } = (await get(`/api/incidents/${one.id}`)).json();
  expect(branches[0].stages.map(({ stage }: { stage: string }) => stage)).toEqual(['search']);
  // Temporal refuses everything here: it is signed all the same, and says where it does not stand yet.
  expect(signed.body.onTimeline).toBe(false);
  expect((await sign(one, drafted)).body.number).toBe(signed.body.number);
});

test('whoever lacks the post, or drafted it, does not sign it; of two leaders at once one wins', async () => {
  const one = await searchFailed();
  const drafted = await draft(one);
  expect(await sign(one, drafted, 'jia-2')).toMatchObject({ status: 403, body: { code: 'MAY_NOT_SIGN' } });
  expect(await sign(one, drafted, 'police-jia-1')).toMatchObject({ status: 403 });
  const own = await draft(one, 'police-notice', { by: 'deputy-1' });
  expect(await sign(one, own)).toMatchObject({ status: 409, body: { code: 'SIGNER_DRAFTED_IT' } });

  const both = await Promise.all([sign(one, drafted, 'deputy-1'), sign(one, drafted, 'chief')]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 409)!.body).toMatchObject({
    code: 'DOCUMENT_NOT_A_DRAFT',
    status: 409,
    documentStatus: 'signed',
  });
});

test('an office’s report is signed by its head, by the duty leader where the head drafted it, by no other officer', async () => {
  const one = await searchFailed();
  const byOfficer = await draft(one, 'first-report', { by: 'jia-2' });
  expect((await sign(one, byOfficer, 'jia-1')).body.number).toMatch(/^演甲司报〔/);
  const byHead = await draft(one, 'first-report', { by: 'jia-1' });
  expect((await sign(one, byHead, 'jia-2')).body.code).toBe('MAY_NOT_SIGN');
  expect((await sign(one, byHead, 'jia-1')).body.code).toBe('SIGNER_DRAFTED_IT');
  expect((await sign(one, byHead, 'deputy-1')).status).toBe(200);
});

test('a notice whose subject is found between draft and sign-off is not signed, nor one of which something has changed', async () => {
  const one = await searchFailed();
  const stale = await draft(one);
  await one.learn({ measuresTaken: '已调取沿线监控' });
  expect(await sign(one, stale)).toMatchObject({
    status: 409,
    body: { code: 'DOCUMENT_OUTDATED', changed: ['measuresTaken'] },
  });
  const fresh = await draft(one);
  const JOINT = { stageId: stageId(1, 'jointSearch'), opening: 1 };
  await one.tell(
    {
      kind: 'stageOpened',
      data: {
        ...JOINT,
        entry: 1,
        stage: 'jointSearch',
        stageName: '配合协助继续查找',
        clause: '四（一）',

        source: 'plan',
        owner: 'judicialOffice',
        duty: '配合',
        planText: null,
        within: null,
        dueAt: null,
        startsAt: null,
        automatic: false,
        by: null,
      },
    },
    { kind: 'stageEnded', data: { ...JOINT, outcome: 'foundComplies', by: 'jia-1' } },
  );
  expect(await sign(one, fresh)).toMatchObject({ status: 409, body: { code: 'DOCUMENT_OVERTAKEN' } });
  const put = await post(`${one.path}/${fresh.body.id}/discard`, { by: 'jia-2' });
  expect(put.body).toMatchObject({ status: 'discarded', stamp: '草稿·已作废', number: null });
  expect((await sign(one, fresh)).body.code).toBe('DOCUMENT_NOT_A_DRAFT');
});

test('a recall names the notice, and so does a correction; what was signed stays, marked', async () => {
  const one = await searchFailed();
  expect((await draft(one, 'police-recall')).body.code).toBe('OLD_DOCUMENT_NEEDED');
  const notice = await draft(one);
  const act = { old: { document: notice.body.id, act: 'withdraws' } };
  expect((await draft(one, 'police-recall', act)).body.code).toBe('OLD_DOCUMENT_GONE'); // not signed yet
  const { number } = (await sign(one, notice)).body;
  expect((await draft(one, 'first-report', act)).body.code).toBe('OLD_DOCUMENT_NEEDED');

  const recall = await draft(one, 'police-recall', { ...act, fields: { found: '已在其姐家找到' } });
  const preview = await get(`${one.path}/${recall.body.id}/preview`);
  expect(preview.body).toContain(`《关于测试人1失去联系查找未果的书面通知》（${String(number)}）`);
  expect((await listed(one))[0]).toMatchObject({ status: 'signed', replacedBy: null });
  const late = await draft(one, 'police-notice', { old: { document: notice.body.id, act: 'corrects' } });
  expect((await sign(one, recall)).status).toBe(200);
  expect((await listed(one))[0]).toMatchObject({ status: 'withdrawn', replacedBy: recall.body.id, number });
  expect((await sign(one, late)).body.code).toBe('OLD_DOCUMENT_GONE');
});

test('a final report needs every element; a report may have what is 正在核实', async () => {
  const one = await searchFailed();
  const first = await draft(one, 'first-report', { by: 'jia-2' });
  expect((await sign(one, first, 'jia-1')).status).toBe(200);
  const final = await draft(one, 'final-report', { by: 'jia-2' });
  const refused = await sign(one, final, 'jia-1');
  expect(refused.body).toMatchObject({ code: 'DOCUMENT_INCOMPLETE' });
  expect(refused.body.verifying).toEqual(expect.arrayContaining(['element.place', 'field.result']));
});

test('words that accuse are for the conclusion of an investigation alone; a field nobody knows is refused', async () => {
  const one = await searchFailed();
  const accusing = { fields: { news: '该所瞒报' } };
  expect(await draft(one, 'follow-up-report', accusing)).toMatchObject({
    status: 422,
    body: { code: 'ACCUSING_WORD', fields: ['news'] },
  });
  const lessons = { fields: { lessons: '不得迟报' } };
  expect((await draft(one, 'investigation-report', lessons)).body.code).toBe('ACCUSING_WORD');
  const concluded = { fields: { responsibility: '经查不构成迟报' } };
  expect((await draft(one, 'investigation-report', concluded)).status).toBe(201);
  expect((await draft(one, 'first-report', { fields: { nothing: '无' } })).body.code).toBe('UNKNOWN_FIELD');
  expect((await draft(one, 'poster')).body.code).toBe('UNKNOWN_TEMPLATE');
});

test('the .docx of a draft is stamped and has no number; of the signed document it has number, signer and no stamp', async () => {
  const one = await searchFailed();
  const drafted = await draft(one, 'first-report', { by: 'jia-2' });
  const text = async () => {
    const answer = await get(`${one.path}/${drafted.body.id}/docx`);
    expect(answer.headers['content-type']).toContain('wordprocessingml');
    const zip = await JSZip.loadAsync(answer.rawPayload);
    const parts = Object.keys(zip.files).filter(
      (name) => /document|header/.test(name) && name.endsWith('.xml'),
    );
    const xml = await Promise.all(parts.map((name) => zip.file(name)!.async('string')));
    return xml.join('').replaceAll(/<[^>]+>/g, '');
  };
  expect(await text()).toContain('【未签发·先行告知】');
  const { number } = (await sign(one, drafted, 'jia-1')).body;
  const signed = await text();
  expect(signed).toContain(String(number));
  expect(signed).toContain('签发人：测试甲一');
  expect(signed).not.toContain('未签发');
});

test('the preview escapes what people wrote, brings no script, and every opening is logged', async () => {
  const one = await searchFailed();
  const { body } = await draft(one);
  const page = await get(`${one.path}/${body.id}/preview`);
  expect(page.body).toContain('&lt;b&gt;电话关机&lt;/b&gt;');
  expect(page.body).not.toMatch(/<b>|<script/);
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  const routes = (await identityReads(api.register, one.id)).map(({ route }) => route);
  expect(routes).toEqual([
    'POST /api/incidents/{id}/documents',
    'GET /api/incidents/{id}/documents/{document}/preview',
  ]);
  expect(JSON.stringify(await listed(one))).not.toContain('测试人');
});

test('200 subjects in one notice: a list is attached, and it is signed like any other', async () => {
  const one = await searchFailed({ subjects: 200 });
  const drafted = await draft(one);
  const page = (await get(`${one.path}/${drafted.body.id}/preview`)).body;
  expect(page).toContain('测试人1等200人');
  expect(page).toContain('测试人200');
  expect((await sign(one, drafted)).status).toBe(200);
});

test('a drill’s documents say so and are numbered apart', async () => {
  const one = await searchFailed({ drill: true });
  const drafted = await draft(one);
  expect((await get(`${one.path}/${drafted.body.id}/preview`)).body).toContain('【演练】');
  expect((await sign(one, drafted)).body.number).toMatch(/^演练演司矫通〔\d{4}〕1号$/);
});

test('a session says why it opens a document; unsigned ones are not seen above the county', async () => {
  const one = await searchFailed();
  const drafted = await draft(one, 'special-report');
  expect(drafted.body.stamp).toBe('未签发·不得报送');
  await testAccount(api, { name: 'leader', role: 'dutyLeader', person: 'deputy-1', jurisdiction: 'banner' });
  await testAccount(api, { name: 'city', role: 'auditor', person: null, jurisdiction: 'city' });
  const [leader, city] = [await signedIn(api, 'leader'), await signedIn(api, 'city')];
  const why = { 'x-reason': encodeURIComponent('核对') };
  const preview = `${one.path}/${drafted.body.id}/preview`;
  expect((await get(preview, leader)).json()).toMatchObject({ code: 'REASON_REQUIRED' });
  expect((await get(preview, { ...leader, ...why })).statusCode).toBe(200);
  expect((await get(preview, { ...city, ...why })).json()).toMatchObject({ code: 'DRAFT_STAYS_IN_COUNTY' });
  expect((await get(one.path, city)).json()).toEqual([]);
  // A session signs as itself, and only with the post for it.
  const { digest } = drafted.body;
  const signed = await post(`${one.path}/${drafted.body.id}/signature`, { digest }, leader);
  expect(signed.body.code).toBe('MAY_NOT_SIGN');
});

test('the scan of the signed paper is kept with its hash, only of what is signed, and only of a kind that is one', async () => {
  const one = await searchFailed();
  const drafted = await draft(one);
  const url = `${one.path}/${drafted.body.id}/scans`;
  const file = Buffer.from('%PDF-1.7\n测试人1');
  const send = (payload: Buffer, type = 'application/pdf') =>
    api.app.inject({
      method: 'POST',
      url: `${url}?by=jia-2`,
      payload,
      headers: { ...bearer(), 'content-type': type },
    });
  expect((await send(file)).json()).toMatchObject({ code: 'DOCUMENT_NOT_SIGNED' });
  await sign(one, drafted);
  expect((await send(Buffer.from('<html>'))).json()).toMatchObject({ code: 'SCAN_UNUSABLE' });
  const { sha256, size } = (await send(file)).json();
  expect(size).toBe(file.length);
  expect((await listed(one))[0]!.scans).toEqual([expect.objectContaining({ sha256, by: 'jia-2' })]);
  const back = await get(`${url}/${sha256}`);
  expect([back.headers['content-type'], back.rawPayload.equals(file)]).toEqual(['application/pdf', true]);
  expect((await get(`${url}/${'0'.repeat(64)}`)).json()).toMatchObject({ code: 'UNKNOWN_SCAN' });
});

test('a document of another incident is none of this one', async () => {
  const [one, other] = [await searchFailed(), await searchFailed()];
  const { body } = await draft(one);
  expect((await get(`${other.path}/${body.id}/preview`)).json()).toMatchObject({ code: 'UNKNOWN_DOCUMENT' });
});

test('where LibreOffice is absent a PDF is answered with what to install, and the .docx is there all the same', async () => {
  const one = await searchFailed();
  const { body } = await draft(one);
  const makePdf = createPdfMaker({ soffice: '/nowhere/soffice' });
  const templates = loadTemplates('plans/documents');
  const app = await buildApp({ ...api.deps, documents: { templates, makePdf } });
  const ask = (as: string) =>
    app.inject({ method: 'GET', url: `${one.path}/${body.id}/${as}`, headers: bearer() });
  const refused = await ask('pdf');
  expect([refused.statusCode, refused.json()]).toEqual([
    503,
    expect.objectContaining({
      code: 'LIBREOFFICE_MISSING',
      detail: expect.stringContaining('apt-get install'),
    }),
  ]);
  expect((await ask('docx')).statusCode).toBe(200);
  await app.close();
});

test('the templates are listed with what whoever drafts is asked for', async () => {
  const templates = (await get('/api/document-templates')).json() as { key: string; fields: object }[];
  expect(templates.find(({ key }) => key === 'investigation-report')!.fields).toMatchObject({
    responsibility: { label: '责任认定' },
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import JSZip from 'jszip';
import { archivedIncident } from '../archive/testing.ts';
import { verifyBundle } from '../archive/verify.ts';
import { verifyFile } from '../archive/verify-file.ts';
import { runArchiveHeads, saveRunArchive } from '../store/archives.ts';
import { auditRegister } from '../store/audit.ts';
import { verifyChanges } from '../store/changes-verify.ts';
import { identityReads } from '../store/personal.ts';
import type { SampleIncident } from '../store/sample-incident.ts';
import { openTestApi, signedIn, testAccount, testIncident, type TestApi } from './testing.ts';

let api: TestApi;
let incident: SampleIncident;
let folder: string;
const why = { 'x-reason': encodeURIComponent('督查') };
const sessions: Record<string, Awaited<ReturnType<typeof signedIn>>> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-archive-'));
  api = await openTestApi();
  incident = await archivedIncident(api.register);
  for (const [name, role, person] of [
    ['admin-one', 'administrator', null],
    ['admin-two', 'administrator', null],
    ['leader', 'bureauLeader', 'deputy-1'],
    ['leader-again', 'bureauLeader', 'deputy-1'],
    ['chief', 'bureauLeader', 'chief'],
    ['officer', 'officer', 'jia-1'],
  ] as const) {
    const jurisdiction = role === 'officer' ? 'office-jia' : 'banner';
    await testAccount(api, { name, role, person, jurisdiction });
    sessions[name] = await signedIn(api, name);
  }
}, 240_000);
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

const as = (name: string, more = {}) => ({ ...sessions[name]!, ...more });
const get = (path: string, headers: Record<string, string>) =>
  api.app.inject({ method: 'GET', url: path, headers });
const post = (path: string, payload: object, headers: Record<string, string>) =>
  api.app.inject({ method: 'POST', url: path, payload, headers });
const place = () => `/api/incidents/${incident.id}`;
const codeOf = (answer: { json(): { code?: string } }) => answer.json().code;

async function saved(bytes: Buffer): Promise<string> {
  const path = join(folder, 'bundle.zip');
  await writeFile(path, bytes);
  return path;
}

test('whoever looks into an incident gets its bundle with a reason, which is logged; others do not', async () => {
  expect(codeOf(await get(`${place()}/bundle`, as('officer', why)))).toBe('RIGHT_MISSING');
  expect(codeOf(await get(`${place()}/bundle`, as('leader')))).toBe('REASON_REQUIRED');
  const answer = await get(`${place()}/bundle`, as('leader', why));
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-disposition']).toBe('attachment; filename="WS-2026-0001.zip"');
  const { problems, manifest } = await verifyBundle(await saved(answer.rawPayload));
  expect([problems, manifest?.state]).toEqual([[], 'closed']);
  expect(await identityReads(api.register, incident.id)).toContainEqual(
    expect.objectContaining({ route: 'GET /api/incidents/{id}/bundle', reason: '督查' }),
  );
  // It was made for this and is kept: the second is the same, byte for byte.
  const state = (await get(`${place()}/archive`, as('admin-one'))).json();
  expect(state).toMatchObject({ bundle: { size: answer.rawPayload.length }, failure: null, runs: 2 });
  const again = await get(`${place()}/bundle`, as('leader', why));
  expect(again.rawPayload.equals(answer.rawPayload)).toBe(true);
});

test('of an open incident there is a copy of the moment, which says so', async () => {
  const open = await testIncident(api.register, 'jia', 20);
  const answer = await get(`/api/incidents/${open.id}/bundle`, as('leader', why));
  const report = await verifyBundle(await saved(answer.rawPayload));
  expect(report.manifest?.state).toBe('open');
  const page = await (await JSZip.loadAsync(answer.rawPayload)).file('index.html')!.async('string');
  expect(page).toContain('尚未办结·临时副本');
});

test('several are exported by period and office as one zip, and each verifies', async () => {
  const period = 'from=2026-03-01&to=2026-03-31';
  const { bundles } = (await get(`/api/bundles?${period}&office=jia`, as('leader'))).json();
  expect(bundles).toMatchObject([{ id: incident.id, number: 'WS-2026-0001' }]);
  const answer = await get(`/api/register/bundles?${period}`, as('leader', why));
  const found = async (bytes: Buffer) => {
    const all = [];
    for await (const { name, report } of verifyFile(await saved(bytes)))
      all.push([name, report.problems.map(({ code, file }) => `${code} ${file}`)]);
    return all;
  };
  const exported = answer.rawPayload;
  expect(await found(exported)).toEqual([
    ['bundles.json', []],
    ['WS-2026-0001.zip', []],
  ]);

  // One is taken away, comes under another's name, or is somebody's who is not on the list.
  const zip = await JSZip.loadAsync(exported);
  const bundle = await zip.file('WS-2026-0001.zip')!.async('nodebuffer');
  zip.remove('WS-2026-0001.zip');
  const packed = () => zip.generateAsync({ type: 'nodebuffer' });
  expect(await found(await packed())).toEqual([['bundles.json', ['MISSING_FILE WS-2026-0001.zip']]]);
  zip.file('WS-2026-0009.zip', bundle);
  expect((await found(await packed()))[0]).toEqual([
    'bundles.json',
    ['MISSING_FILE WS-2026-0001.zip', 'EXTRA_FILE WS-2026-0009.zip'],
  ]);
  const list = await zip.file('bundles.json')!.async('string');
  zip.file('bundles.json', list.replaceAll('0001', '0009'));
  expect(await found(await packed())).toEqual([
    ['bundles.json', ['BAD_SIGNATURE signature.json']],
    ['WS-2026-0009.zip', ['CHANGED_FILE WS-2026-0009.zip']],
  ]);
  zip.remove('WS-2026-0009.zip');
  zip.file('bundles.json', '[]');
  const none = ['BAD_SIGNATURE signature.json', 'MISSING_FILE bundles.json'];
  expect(await found(await packed())).toEqual([['bundles.json', none]]);
  expect(codeOf(await get('/api/register/bundles?from=2020-01-01&to=2020-01-02', as('leader', why)))).toBe(
    'NO_BUNDLES',
  );
});

test('nobody erases alone: not whoever makes accounts, and not whoever holds a key and names two people', async () => {
  const key = { authorization: `Bearer ${api.key}` };
  const lawful = { basis: 'law', legalBasis: '个人信息保护法第四十七条', reason: '测试理由' };
  const decide = (erasure: string, approve: boolean, headers: Record<string, string>, by?: string) =>
    post(`${place()}/erasure/decision`, { erasure, approve, by }, headers);

  const byAdmin = (await post(`${place()}/erasure`, lawful, as('admin-one'))).json();
  expect(codeOf(await decide(byAdmin.id, true, as('admin-one')))).toBe('RIGHT_MISSING');
  expect(codeOf(await decide(byAdmin.id, true, as('admin-two')))).toBe('RIGHT_MISSING');
  expect(codeOf(await decide(byAdmin.id, true, key, 'deputy-1'))).toBe('ACCOUNT_REQUIRED');
  expect((await decide(byAdmin.id, false, key, 'deputy-1')).json()).toMatchObject({ decision: 'refused' });

  const byKey = (await post(`${place()}/erasure`, { ...lawful, by: 'jia-1' }, key)).json();
  expect(codeOf(await decide(byKey.id, true, key, 'chief'))).toBe('ACCOUNT_REQUIRED');
  expect((await decide(byKey.id, false, as('chief'))).json()).toMatchObject({ decision: 'refused' });
  expect((await get(`${place()}/erasure`, as('chief'))).json().erasable).toMatchObject({ runs: 2 });
});

test('two people erase, on a legal basis, what it holds of people; the chain holds and says who', async () => {
  const lawful = { basis: 'law', legalBasis: '个人信息保护法第四十七条', reason: '测试理由:本人请求' };
  const propose = (body: object, name = 'admin-one') => post(`${place()}/erasure`, body, as(name));
  expect(codeOf(await propose(lawful, 'officer'))).toBe('RIGHT_MISSING');
  expect(codeOf(await propose({ basis: 'retention', reason: '到期' }))).toBe('RETENTION_RUNS');
  expect(codeOf(await propose({ basis: 'law', reason: '没有依据' }))).toBe('INVALID_REQUEST');
  const before = (await get(`${place()}/erasure`, as('admin-one'))).json();
  expect(before).toMatchObject({
    retention: { kind: 'incident', years: null, until: null },
    erasable: { files: 2, runs: 2, bundle: true },
  });

  const proposed = await propose(lawful, 'leader');
  expect(proposed.statusCode).toBe(201);
  expect(codeOf(await propose(lawful, 'admin-two'))).toBe('ERASURE_PROPOSED');
  const decision = (approve = true) => ({ erasure: proposed.json().id, approve });
  const decide = (name: string) => post(`${place()}/erasure/decision`, decision(), as(name));
  expect(codeOf(await decide('leader'))).toBe('SamePerson');
  expect(codeOf(await decide('leader-again'))).toBe('SamePerson');
  const decided = await decide('chief');
  expect(decided.json()).toMatchObject({
    decision: 'approved',
    temporal: 'notReached',
    erased: { values: before.erasable.values, files: 2, runs: 2 },
  });
  expect(codeOf(await decide('leader'))).toBe('DECIDED_BEFORE');

  const audited = await auditRegister(api.register);
  expect(audited.problems).toEqual([]);
  expect(audited.erasures).toMatchObject([
    { number: 'WS-2026-0001', legalBasis: '个人信息保护法第四十七条', files: 2, basis: 'law' },
  ]);
  const { change } = audited.erasures[0]!;
  const [newest] = (await get('/api/changes?area=erasures', as('admin-one'))).json();
  expect(newest).toMatchObject({ seq: change, area: 'erasures', to: { act: 'erased' } });
  expect((await verifyChanges(api.register)).problems).toEqual([]);
});

test('nothing is erased before every run is archived, and no run comes back afterwards', async () => {
  const early = await testIncident(api.register, 'jia');
  const lawful = { basis: 'law', legalBasis: '个人信息保护法第四十七条', reason: '测试理由' };
  const answer = await post(`/api/incidents/${early.id}/erasure`, lawful, as('leader'));
  expect([answer.statusCode, codeOf(answer)]).toEqual([409, 'RUNS_NOT_ARCHIVED']);

  const run = { runId: 'run-1', workflowType: 'riskSigns', endedAt: '2026-03-04T01:20:00.000Z' };
  const late = (incidentId: SampleIncident['id']) =>
    saveRunArchive(api.register, { ...run, incidentId, history: Buffer.from('history') });
  await late(incident.id);
  expect(await runArchiveHeads(api.register, incident.id)).toEqual([]);
  await late(early.id);
  expect(await runArchiveHeads(api.register, early.id)).toHaveLength(1);
});

test('the bundle made afterwards shows what was erased, holds nothing of it, and verifies', async () => {
  const answer = await get(`${place()}/bundle`, as('leader', why));
  const report = await verifyBundle(await saved(answer.rawPayload));
  expect(report.problems).toEqual([]);
  expect(report.erased).toBeGreaterThan(10);
  expect(report.erasures).toMatchObject([{ legalBasis: '个人信息保护法第四十七条' }]);
  const zip = await JSZip.loadAsync(answer.rawPayload);
  const names = Object.keys(zip.files);
  for (const name of names) {
    const text = await zip.file(name)!.async('string');
    expect([
      name,
      /测试(情况|证据|地点|号码|照片|扫描件|历史|正文|理由|进展|说明)|[>"]测试甲[<"]/.exec(text)?.[0],
    ]).toEqual([name, undefined]);
  }
  expect(await zip.file('index.html')!.async('string')).toContain('已依法删除');
  expect(names.some((name) => name.endsWith('.docx') || name.startsWith('histories/0'))).toBe(false);
  const proposal = { basis: 'law', legalBasis: '个人信息保护法第四十七条', reason: '再次' };
  // The bundle is made of what is left: it may go, too, and nothing else is there.
  expect((await get(`${place()}/erasure`, as('leader'))).json().erasable).toMatchObject({
    values: 0,
    files: 0,
    runs: 0,
  });
  expect(
    (
      await post(`${place()}/erasure`, { ...proposal, by: 'nobody' }, { authorization: `Bearer ${api.key}` })
    ).json().code,
  ).toBe('UNKNOWN_PERSON');
});

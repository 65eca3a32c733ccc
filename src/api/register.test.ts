import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { readXlsx } from 'hucre/xlsx';
import { addIdentityGrant } from '../store/identity-grants.ts';
import { rowsOf } from '../store/open.ts';
import { identityReads } from '../store/personal.ts';
import type { IncidentId } from '../incident/ids.ts';
import { openTestApi, signedIn, testAccount, testIncident, type TestApi } from './testing.ts';
import type { RegisterBody } from './schemas-register.ts';

let api: TestApi;
let id: IncidentId;
beforeAll(async () => {
  api = await openTestApi();
  ({ id } = await testIncident(api.register, 'jia'));
  await testIncident(api.register, 'yi');
}, 240_000);
afterAll(() => api.close());

const YEAR = 'from=2026-01-01&to=2026-12-31';
type Headers = Record<string, string>;
const key = (): Headers => ({ authorization: `Bearer ${api.key}` });
const get = (path: string, headers: Headers) => api.app.inject({ method: 'GET', url: path, headers });
async function sheetsFor(headers: Headers, query = YEAR) {
  const answer = await get(`/api/register/export?${query}`, headers);
  expect(answer.statusCode).toBe(200);
  const { sheets } = await readXlsx(answer.rawPayload);
  return Object.fromEntries(sheets.map(({ name, rows }) => [name, rows]));
}

test('a line of each duty and recipient: clause, who, four times, and where the clock comes from', async () => {
  const { lines } = (await get(`/api/register?${YEAR}&office=jia`, key())).json<RegisterBody>();
  const police = lines.find(({ partyName, receivedAt }) => partyName === '派出所' && receivedAt !== null)!;
  expect(police).toMatchObject({
    officeName: '甲镇司法所',
    clause: '四（三）',
    clock: 'plan',
    planText: '立即',
    within: null,
    occurredAt: null,
    discoveredAt: '2026-03-04T01:20:00.000Z',
    reportedAt: expect.stringMatching(/^2026-03-04T/),
  });
  expect(lines.every(({ officeName }) => officeName === '甲镇司法所')).toBe(true);
  const { 台账: rows } = await sheetsFor(key());
  const head = rows![0] as string[];
  const row = rows!.find((each) => each[head.indexOf('报送（通知）对象')] === '派出所')!;
  expect(row[head.indexOf('发现时间')]).toBe('2026-03-04 09:20'); // Asia/Shanghai
  expect(row[head.indexOf('职责来源')]).toBe('预案');
});

test('corrections stand with when they were closed, or that they are not', async () => {
  const { 整改: rows } = await sheetsFor(key());
  const stages = await rowsOf(api.register.db, sql`select 1 from stage where stage like 'correctiveAction%'`);
  expect(rows!.length - 1).toBe(stages.length);
});

test('an auditor reads all of it without identities; for a reason with them, each incident a logged reading', async () => {
  await testAccount(api, { name: 'inspector', role: 'auditor', jurisdiction: 'banner' });
  const headers = await signedIn(api, 'inspector');
  const withheld = await sheetsFor(headers);
  expect(withheld.事件).toHaveLength(3);
  expect(withheld.事件![0]).not.toContain('情况');
  expect(await identityReads(api.register, id)).toEqual([]);

  const reason = { 'x-reason': encodeURIComponent('测试督查') };
  const shown = await sheetsFor({ ...headers, ...reason });
  expect(shown.事件![0]).toEqual(expect.arrayContaining(['地点', '情况', '对象']));
  expect(await identityReads(api.register, id)).toMatchObject([
    { route: 'GET /api/register/export', reason: '测试督查' },
  ]);
});

test('an officer has the own office’s register alone; an administrator gets identities only with a leader’s leave', async () => {
  await testAccount(api, { name: 'yi.one', role: 'officer', person: 'yi-1', jurisdiction: 'office-yi' });
  const own = await sheetsFor(await signedIn(api, 'yi.one'));
  expect(own.事件!.slice(1).map((row) => row[2])).toEqual(['乙镇司法所']);
  const { id: accountId } = await testAccount(api, {
    name: 'admin',
    role: 'administrator',
    jurisdiction: 'banner',
  });
  const headers = { ...(await signedIn(api, 'admin')), 'x-reason': encodeURIComponent('测试') };
  expect((await get(`/api/register/export?${YEAR}`, headers)).json()).toMatchObject({
    code: 'RIGHT_MISSING',
  });
  const [grantedAt, until] = ['2026-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z'];
  await addIdentityGrant(api.register, {
    accountId,
    grantedBy: accountId,
    grantedAt,
    until,
    reason: '测试授权',
  });
  expect((await sheetsFor(headers)).事件![0]).toContain('情况');
});

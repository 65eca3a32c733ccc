import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { generateKey, parseKeyring, type Keyring } from '../../src/crypto/keyring.ts';
import { plus, toInstant } from '../../src/incident/instant.ts';
import { signReceipt } from '../../src/receipts/token.ts';
import { createHttp, type Http } from '../harness/http.ts';
import { entriesOf, report, type LiveIncident } from '../harness/incident.ts';
import { noticeIn, receiptLink, type MailedNotice } from '../harness/mail.ts';
import { LONG_PLAN, startSystem, type System } from '../harness/system.ts';

/** Receipt links that are not ours, not whole, too late or used before. */
jest.setTimeout(240_000);

let system: System;
let page: Http;
let keyring: Keyring;
let incident: LiveIncident;
let link: string;
let notice: MailedNotice;
beforeAll(async () => {
  system = await startSystem({ plan: LONG_PLAN });
  page = createHttp(system.url, null);
  keyring = parseKeyring(await readFile(join(system.dataDir, 'keys'), 'utf8'));
  incident = await report(system);
  const mail = await incident.mail({ person: 'township-jia-1' });
  link = receiptLink(mail);
  notice = noticeIn(mail);
});
afterAll(() => system?.leave());

const HOUR_MS = 3_600_000;
const now = () => toInstant(Date.now());
const linkOf = async (ring: Keyring, change: Partial<MailedNotice> = {}, validForMs = HOUR_MS) => {
  const issuedAt = plus(now(), Math.min(0, validForMs) - HOUR_MS);
  const token = await signReceipt(ring, {
    ...notice,
    ...change,
    issuedAt,
    expiresAt: plus(now(), validForMs),
  });
  return `${system.url}/r/${token}`;
};

/** The page says this, on GET and on POST. */
async function expectPage(at: string, status: number, title: string): Promise<void> {
  for (const answer of [await page.get<string>(at), await page.post<string>(at)]) {
    expect(answer).toMatchObject({ status, body: expect.stringContaining(`<title>${title}</title>`) });
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  }
}
const acknowledged = async () => entriesOf(await incident.detail(), 'acknowledged');

test('a forged link is not valid: no token, a changed one, a cut one, one under another key', async () => {
  const [head, claims, signature] = link.split('/r/')[1]!.split('.') as [string, string, string];
  const other = Buffer.from(
    Buffer.from(claims, 'base64url').toString().replace(notice.person, 'chief'),
  ).toString('base64url');
  const unsigned = Buffer.from('{"alg":"none","kid":"k1"}').toString('base64url');
  for (const token of [
    'no-token-at-all',
    `${head}.${other}.${signature}`,
    `${head}.${claims}.${signature.slice(0, -4)}`,
    `${unsigned}.${claims}.`,
    `${head}.${claims}`,
  ]) {
    await expectPage(`${system.url}/r/${token}`, 404, '链接无效');
  }
  await expectPage(await linkOf(parseKeyring(generateKey())), 404, '链接无效');
  expect(await acknowledged()).toEqual([]);
});

test('a link of ours for a message that was never sent confirms nothing', async () => {
  const sent = notice.key;
  const later = await linkOf(keyring, { key: sent.replace(/0\/0$/, '4/0') as typeof sent });
  expect(await page.post<string>(later)).toMatchObject({
    status: 404,
    body: expect.stringContaining('链接无效'),
  });
  const elsewhere = sent.replace(/^.{36}/, '00000000-0000-4000-8000-000000000000') as typeof sent;
  expect((await page.post(await linkOf(keyring, { key: elsewhere }))).status).toBe(404);
  expect(await acknowledged()).toEqual([]);
});

test('an expired link says so and records nothing', async () => {
  await expectPage(await linkOf(keyring, {}, -1_000), 410, '链接已过期');
  expect(await acknowledged()).toEqual([]);
});

test('ten confirmations at the same instant are one receipt on screen, and the first counts', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => page.post<string>(link)));
  expect(answers.map(({ status }) => status)).toEqual(Array<number>(10).fill(200));
  const { at } = (
    await incident.when('it is on record', (d) => entriesOf(d, 'acknowledged').length > 0)
  ).timeline.find(({ kind }) => kind === 'acknowledged')!;
  expect(await acknowledged()).toHaveLength(1);
  await expectPage(link, 200, '此前已确认收到');
  const told = (await incident.detail()).branches[0]!.stages.flatMap((stage) => stage.told);
  expect(
    told.filter(({ acknowledgedAt }) => acknowledgedAt).map(({ acknowledgedAt }) => acknowledgedAt),
  ).toEqual([at]);
  // One of them was said to the incident, and the others joined it: on a slow day no queue of presses stands before the answer.
  const events = (await incident.history()).runs.flatMap((run) => run.events);
  const said = events.filter(({ type }) => type === 'WorkflowExecutionUpdateAccepted');
  expect(said.filter(({ attributes }) => JSON.stringify(attributes).includes('acknowledge'))).toHaveLength(1);
});

test('after the closing a link says that the incident has ended', async () => {
  await incident.close();
  const unused = receiptLink(await incident.mail({ person: 'leading-1' }));
  await expectPage(unused, 409, '事件已结束');
  await expectPage(link, 409, '事件已结束');
});

test('no receipt page says who anything is about, and no link reached a log', () => {
  // The name of the route stands there, a link does not.
  expect(system.logs()).not.toMatch(/\/r\/(?!:token)/);
});

import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import {
  addUser,
  openBrowser,
  PHONE,
  scrollsSideways,
  seriousIssues,
  signIn,
  visit,
} from '../harness/browser.ts';
import { LONG_PLAN, startSystem, type System } from '../harness/system.ts';

/** Board, incident and duties, on the real system in a real browser. */
jest.setTimeout(240_000);

let system: System;
let browser: Browser;
beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem({ plan: LONG_PLAN }), openBrowser()]);
  await addUser(system, { name: 'jia.one', role: 'officer', person: 'jia-1' });
  await addUser(system, { name: 'yi.one', role: 'officer', person: 'yi-1' });
  await addUser(system, { name: 'lead.one', role: 'leadingGroupOffice', person: 'leading-1' });
});
afterAll(async () => {
  await browser?.close();
  await system?.leave();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

const NAME = '演示𠮷';
const NARRATIVE = '今天上午未签到 <script>document.title="x"</script> 🔥';

async function lostContact(): Promise<string> {
  const { body } = await system.post<{ id: string }>('/api/incidents', {
    office: 'jia',
    eventType: 'lostContact',
    situation: NARRATIVE,
    subjects: [{ name: NAME }],
  });
  return body.id;
}

async function as(name: string, path: string, size?: typeof PHONE) {
  const visited = await visit(browser, system, path, size ? { size } : {});
  await signIn(visited.page, name);
  return visited;
}

test('an open board shows a new incident without a reload, and the title says that there is one', async () => {
  const { page, complaints } = await as('lead.one', '/board');
  await page.waitForSelector('.empty');
  await lostContact();
  await page.waitForSelector('.rows .nr a');
  await page.waitForFunction('document.title.startsWith("(1)")');
  expect(await page.textContent('.rows tbody')).not.toContain(NAME);
  expect(await seriousIssues(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('each officer sees the incidents of their own office alone', async () => {
  const id = await lostContact();
  const { page } = await as('yi.one', '/board');
  await page.waitForSelector('.empty');
  await page.goto(`${system.url}/console/incidents/${id}`);
  await page.waitForSelector('.problem');
});

test('the board is cards on a telephone, and large on a wall', async () => {
  await lostContact();
  const { page } = await as('lead.one', '/board', PHONE);
  await page.waitForSelector('.rows td');
  expect(await scrollsSideways(page)).toBe(false);
  expect(await seriousIssues(page)).toEqual([]);
  await page.goto(`${system.url}/console/board?wall=1`);
  await page.waitForSelector('.wall li');
  expect(await seriousIssues(page)).toEqual([]);
});

test('identities are withheld until somebody says why, and the reading is logged', async () => {
  const id = await lostContact();
  const { page } = await as('jia.one', `/incidents/${id}`);
  await page.waitForSelector('.withheld');
  expect(await page.textContent('article')).not.toContain(NAME);
  await page.fill('.withheld input', '查找联系');
  await page.click('text=查看身份和内容');
  await page.waitForSelector(`.subjects:has-text("${NAME}")`);
  expect(await page.textContent('.facts .situation')).toContain('<script>');
  expect(await page.title()).not.toBe('x');
  const { body } = await system.get(`/api/incidents/${id}/identity-reads`);
  expect(JSON.stringify(body)).toContain('查找联系');
});

test('an outcome says what it will cause before it is confirmed; then the plan goes on without a reload', async () => {
  const id = await lostContact();
  const { page, complaints } = await as('jia.one', `/incidents/${id}`, PHONE);
  await page.waitForSelector('.next-line b'); // the next escalation is in sight
  await page.click('.stage button:has-text("查找未果")');
  expect(await page.textContent('.act-form .causes')).toContain('向旗领导小组办公室报告');
  await page.fill('.act-form textarea', '走访住所、单位，均无下落。');
  expect(await seriousIssues(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
  await page.click('.act-form .confirm');
  await page.waitForSelector('.act-done p:has-text("已记录")');
  await page.waitForSelector('.stage.open:has-text("向旗领导小组办公室报告")');
  await page.waitForSelector('.intact');
  expect(complaints).toEqual([]);
});

test('who presses the opposite a moment later is told what happened meanwhile, and keeps what they typed', async () => {
  const id = await lostContact();
  const { page } = await as('jia.one', `/incidents/${id}`);
  await page.click('.stage button:has-text("查找未果")');
  await page.fill('.act-form textarea', '均无下落。');
  const found = { by: 'jia-2', outcome: 'foundComplies', evidence: '在家中找到' };
  expect((await system.post(`/api/incidents/${id}/stages/1.search/outcome`, found)).status).toBe(200);
  await page.click('.act-form .confirm');
  await page.waitForSelector('.act-form .problem:has-text("此环节已经结束")');
  await page.waitForSelector('.meanwhile:has-text("已找到")');
  expect(await page.inputValue('.act-form textarea')).toBe('均无下落。');
});

test('a session that ends in mid-form asks for the sign-in over it, and loses nothing', async () => {
  const id = await lostContact();
  const { page, context } = await as('jia.one', `/incidents/${id}`);
  await page.click('.stage button:has-text("继续查找")');
  await page.fill('.act-form textarea', '写到一半');
  await context.clearCookies();
  await page.click('.act-form .confirm');
  await page.waitForSelector('.over input[name=name]');
  await signIn(page, 'jia.one');
  expect(await page.inputValue('.act-form textarea')).toBe('写到一半');
  await page.click('.act-form .confirm');
  await page.waitForSelector('.act-done p:has-text("已记录")');
});

test('whoever is on duty finds the duty with its form on the telephone; once done it is gone', async () => {
  const id = await lostContact();
  const { page } = await as('jia.one', '/duties', PHONE);
  const duty = `.duty:has(a[href$="${id}"]):has(h3:has-text("先期处置"))`;
  await page.waitForSelector(duty);
  expect(await seriousIssues(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
  await page.click(`${duty} button:has-text("已控制")`);
  await page.fill('.act-form textarea', '现场已控制');
  await page.click('.act-form .confirm');
  await page.waitForSelector('.act-done p:has-text("已记录")');
  await page.waitForSelector(duty, { state: 'detached' });
});

test('one proposes the end, another approves it, and both pages say so without a reload', async () => {
  const id = await lostContact();
  const { page } = await as('jia.one', `/incidents/${id}`);
  await page.click('.acts button:has-text("提出按误报结案")');
  await page.fill('.act-form textarea', '本人在家，系误报');
  await page.click('.act-form .confirm');
  await page.waitForSelector('.act-done p:has-text("已记录")');

  const { page: leader } = await as('lead.one', `/incidents/${id}`);
  await leader.click('.acts button:text-is("批准")');
  await leader.fill('.act-form textarea', '同意');
  await leader.click('.act-form .confirm');
  await leader.waitForSelector('.status.closed');
  await page.waitForSelector('.status.closed');
});

test('a lost line is said, and what happened meanwhile is there once it is back, without a reload', async () => {
  const { page } = await as('lead.one', '/board');
  await page.waitForSelector('.rows td');
  await system.kill9();
  await page.waitForSelector('.line-lost:has-text("连接中断，正在重连")');
  await system.restart();
  const id = await lostContact();
  await page.waitForSelector(`.rows a[href$="${id}"]`);
  await page.waitForSelector('.line-lost p', { state: 'detached' });
});

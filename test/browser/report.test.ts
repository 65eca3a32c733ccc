import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import {
  addUser,
  openBrowser,
  PHONE,
  PLAIN_HOST,
  scrollsSideways,
  seriousIssues,
  signIn,
  visit,
} from '../harness/browser.ts';
import { until } from '../harness/until.ts';
import { LONG_PLAN, startSystem, type System } from '../harness/system.ts';

/** Reporting from a telephone, on the real system in a real browser. */
jest.setTimeout(240_000);

let system: System;
let browser: Browser;
beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem({ plan: LONG_PLAN }), openBrowser()]);
  await addUser(system, { name: 'jia.one', role: 'officer', person: 'jia-1' });
  await addUser(system, { name: 'jia.two', role: 'officer', person: 'jia-2' });
});
afterAll(async () => {
  await browser?.close();
  await system?.leave();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

const onPhone = async () => {
  const visited = await visit(browser, system, '/report', { size: PHONE });
  await signIn(visited.page, 'jia.one');
  await visited.page.waitForSelector('.kinds');
  return visited;
};
type Incident = { id: string; number: string; eventType: string; office: string };
const incidents = async () => (await system.get<Incident[]>('/api/incidents')).body;

test('an officer reports a person who is lost: kind, one sentence, send; the number comes back and the office is told', async () => {
  const { page, complaints } = await onPhone();
  expect(await seriousIssues(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);

  await page.click('.tile:has-text("失联")');
  await page.fill('textarea', '今天上午未签到，电话关机，家中无人。');
  await page.click('text=立即报告');
  await page.waitForSelector('.taken');
  const number = await page.textContent('dd.number:has-text("YS-")');

  const [reported] = await incidents();
  expect(reported).toMatchObject({ number, eventType: 'lostContact', office: 'jia' });
  await system.smtp.nextMessage(({ to }) => to.startsWith('jia-'));
  const detail = await system.get<{ facts: { reporter: { name: string } } }>(
    `/api/incidents/${reported!.id}`,
  );
  expect(detail.body.facts.reporter.name).toMatch(/./); // whoever is signed in
  expect(await seriousIssues(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('without a line the alarm stays on the telephone, says so, and goes out by itself, once', async () => {
  const before = (await incidents()).length;
  const { page, context } = await onPhone();
  await page.click('.tile:has-text("苗头迹象")');
  await page.fill('textarea', '扬言报复，𠮷某，龑某 <script>alert(1)</script> 🔥');
  await context.setOffline(true);
  await page.click('text=立即报告');
  await page.waitForSelector('text=网络不通，报告已保存在本机');
  expect(await incidents()).toHaveLength(before);

  await context.setOffline(false);
  await page.waitForSelector('.taken');
  await page.waitForSelector('dd.number:has-text("YS-")');
  expect(await incidents()).toHaveLength(before + 1);
});

test('a page that was closed before the line came back sends the alarm when it is opened again', async () => {
  const before = (await incidents()).length;
  const { page, context } = await onPhone();
  await page.click('.tile:has-text("苗头迹象")');
  await page.fill('textarea', '扬言报复');
  await context.setOffline(true);
  await page.click('text=立即报告');
  await page.waitForSelector('text=网络不通');
  await page.close();

  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(`${system.url}/console/report`);
  await again.waitForSelector('dd.number:has-text("YS-")');
  expect(await incidents()).toHaveLength(before + 1);
});

test('what was typed outlives the page', async () => {
  const { page } = await onPhone();
  await page.click('.tile:has-text("失联")');
  await page.fill('textarea', '写到一半');
  await page.reload();
  await page.waitForSelector('.kinds');
  expect(await page.inputValue('textarea')).toBe('写到一半');
});

test('an act in progress: 110 to tap first, with words to read; the time of the call is noted', async () => {
  const { page } = await onPhone();
  await page.click('.tile:has-text("正在实施")');
  const police = page.locator('.call-first a[href="tel:110"]');
  expect(await police.isVisible()).toBe(true);
  await police.evaluate((link) =>
    (
      link as unknown as { addEventListener(kind: string, act: (event: Event) => void): void }
    ).addEventListener(
      'click',
      (event) => event.preventDefault(), // a machine that has no telephone asks what to open
    ),
  );
  await police.click();
  expect(await page.inputValue('label:has-text("已采取的措施") input')).toMatch(/^\d\d:\d\d 拨打 110$/);
  await page.click('text=照着念');
  expect(await page.textContent('.script')).toContain('甲镇司法所');
});

test('a sign-in that has expired loses and blocks no alarm from a telephone that is known', async () => {
  const before = (await incidents()).length;
  const { page, context } = await onPhone();
  await page.click('.tile:has-text("苗头迹象")');
  await page.fill('textarea', '扬言报复');
  await context.clearCookies({ name: 'fenghuo_session' });
  await page.click('text=立即报告');
  await page.waitForSelector('.taken');
  await until('the alarm in the register', async () => (await incidents()).length === before + 1);
});

test('on any other telephone the alarm waits for the sign-in, and goes out after it', async () => {
  const { page, context } = await onPhone();
  await page.click('.tile:has-text("失联")');
  await page.fill('textarea', '写好了再登录');
  await context.clearCookies();
  await page.click('text=立即报告');
  await page.waitForSelector('text=登录后自动发出');
  await signIn(page, 'jia.one');
  await page.waitForSelector('dd.number:has-text("YS-")');
});

test('in a network without https, where browsers withhold much, an alarm goes out all the same', async () => {
  const { page } = await visit(browser, system, '/report', { size: PHONE });
  await page.goto(`http://${PLAIN_HOST}:${new URL(system.url).port}/console/report`);
  await signIn(page, 'jia.one');
  await page.click('.tile:has-text("失联")');
  await page.fill('textarea', '内网报告');
  await page.click('text=立即报告');
  await page.waitForSelector('dd.number:has-text("YS-")');
});

test('a bookmark opened with an expired sign-in still has the kinds and offices, and the alarm goes out', async () => {
  const { page, context } = await onPhone();
  await context.clearCookies({ name: 'fenghuo_session' });
  await page.reload();
  await page.click('.tile:has-text("失联")');
  await page.fill('textarea', '登录过期后从书签打开');
  await page.selectOption('select', 'jia');
  await page.click('text=立即报告');
  await page.waitForSelector('.taken');
});

test('two alarms written in two windows both go out; a device that keeps nothing sends all the same', async () => {
  const before = (await incidents()).length;
  const { page, context } = await onPhone();
  await context.addInitScript('IDBFactory.prototype.open = () => { throw new Error("no store") };');
  const other = await context.newPage();
  await other.goto(`${system.url}/console/report`);
  for (const [window, words] of [
    [page, '第一件'],
    [other, '第二件'],
  ] as const) {
    await window.click('.tile:has-text("苗头迹象")');
    await window.fill('textarea', words);
    await window.click('text=立即报告');
    await window.waitForSelector('.taken');
  }
  await until('both in the register', async () => (await incidents()).length === before + 2);
});

test('what one officer wrote waits under another’s session, opened anew too, until they send it as theirs', async () => {
  const { page, context } = await onPhone();
  await page.click('.tile:has-text("失联")');
  await page.fill('textarea', '前一个人写的');
  await context.setOffline(true);
  await page.click('text=立即报告');
  await page.waitForSelector('text=网络不通');
  await page.close();

  // The telephone is handed on: nothing of the first officer's sign-in is left on it.
  await context.clearCookies();
  await context.setOffline(false);
  const sent: string[] = [];
  context.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/incidents')) sent.push(request.url());
  });
  const next = await context.newPage();
  await next.goto(`${system.url}/console/report`);
  await next.waitForSelector('text=登录后自动发出');
  sent.length = 0;
  await signIn(next, 'jia.two');
  await next.waitForSelector('text=这份报告是别人在本机写的');
  await next.reload();
  await next.waitForSelector('text=这份报告是别人在本机写的');
  expect(sent).toEqual([]);

  await next.click('text=以我的名义发出');
  await next.waitForSelector('dd.number:has-text("YS-")');
  expect(sent).toHaveLength(1);
});

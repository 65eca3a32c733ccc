import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
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

/** People, rosters, shift handover and messages, on the real system in a real browser. */
jest.setTimeout(240_000);

let system: System;
let browser: Browser;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-people-'));
  const organisation = join(folder, 'organisation.yaml');
  const sample = await readFile('plans/organisation.sample.yaml', 'utf8');
  // Everybody is told in the application first.
  await writeFile(
    organisation,
    sample.replace(/^numberPrefix.*$/m, '$&\nmethods: [{ by: inApp }, { by: email }]'),
  );
  const settings = { FENGHUO_ORGANISATION: organisation };
  [system, browser] = await Promise.all([startSystem({ plan: LONG_PLAN, settings }), openBrowser()]);
  await addUser(system, { name: 'keeper', role: 'administrator', jurisdiction: 'town-jia' });
  await addUser(system, { name: 'jia.one', role: 'officer', person: 'jia-1' });
  await addUser(system, { name: 'jia.two', role: 'officer', person: 'jia-2' });
  await addUser(system, { name: 'yi.one', role: 'officer', person: 'yi-1' });
});
afterAll(async () => {
  await browser?.close();
  await system?.leave();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

const DAY_MS = 86_400_000;
/** A date of Asia/Shanghai, some days from now. */
const dateIn = (days: number): string =>
  new Date(Date.now() + 8 * 3_600_000 + days * DAY_MS).toISOString().slice(0, 10);

/** A roster of two weeks as .csv: each date has its row, `names` by row. */
const sheet = (names: (day: number) => string): Buffer =>
  Buffer.from(
    [
      '日期,全天（08:30-08:30）',
      ...Array.from({ length: 14 }, (_, day) => `${dateIn(day)},${names(day)}`),
    ].join('\n'),
  );
const reportAt = (office: string) =>
  system.post('/api/incidents', { office, eventType: 'lostContact', situation: '演示：今天上午未签到。' });
const choose = (page: Page, buffer: Buffer): Promise<void> =>
  page.setInputFiles('input[type=file]', { name: '值班表.csv', mimeType: 'text/csv', buffer });
const backgroundOf = (place: Locator): Promise<string> =>
  place.evaluate(
    (one) =>
      (
        globalThis as unknown as { getComputedStyle(of: unknown): { backgroundColor: string } }
      ).getComputedStyle(one).backgroundColor,
  );
const dutyOf = (page: Page, date: string) => page.textContent(`[data-date="${date}"]`);

test('a roster with bad rows is refused by their numbers; mended it is shown, imported, has its gap in red, and is undone', async () => {
  const { page, complaints } = await visit(browser, system, '/people?body=jia');
  await signIn(page, 'keeper');
  await page.waitForSelector('text=此单位没有值班表');
  expect(await page.textContent('.body-tree')).not.toContain('乙镇');

  await choose(
    page,
    sheet((day) => (day === 2 ? '查无此人' : '测试甲一')),
  );
  await page.waitForSelector('.bad-rows');
  expect(await page.textContent('.bad-rows li')).toMatch(/^第 4 行 B 列/);
  expect(await page.isVisible('text=确认导入')).toBe(false);
  expect((await system.get('/api/rosters/jia')).status).toBe(404);

  await choose(
    page,
    sheet((day) => (day === 3 ? '无' : day % 2 ? '测试甲二' : '测试甲一')),
  );
  await page.click('text=确认导入（14 处变化）');
  await page.waitForSelector('.calendar');
  expect(await dutyOf(page, dateIn(2))).toContain('测试甲一');
  const gap = page.locator(`[data-date="${dateIn(3)}"] .gap`);
  expect(await gap.textContent()).toBe('08:30–24:00 无人值班');
  expect(await backgroundOf(gap)).toBe('rgb(180, 35, 24)');
  await page.waitForSelector('.findings li:has-text("无人值班")');
  expect(await page.textContent('.findings li:has-text("无人值班")')).toContain('由 测试甲一 处理');
  expect(await seriousIssues(page)).toEqual([]);

  const download = page.waitForEvent('download');
  await page.click('text=导出 .csv');
  expect((await download).suggestedFilename()).toMatch(/^jia-.*\.csv$/);

  await page.click('text=撤销最近一次导入');
  await page.click('text=确认撤销');
  await page.waitForSelector('text=此单位没有值班表');
  expect(complaints).toEqual([]);
});

test('on a telephone: people with their numbers to call, nothing sideways; an officer imports nothing', async () => {
  const { page } = await visit(browser, system, '/people', { size: PHONE });
  await signIn(page, 'jia.one');
  await page.waitForSelector('.members a[href="tel:13900000002"]');
  expect(await page.locator('input[type=file]').count()).toBe(0);
  expect(await scrollsSideways(page)).toBe(false);
  expect(await seriousIssues(page)).toEqual([]);
});

test('one officer offers the shift with its open duties, the next accepts it, and holds them', async () => {
  await reportAt('jia');
  const giver = await visit(browser, system, '/handover', { size: PHONE });
  await signIn(giver.page, 'jia.one');
  await giver.page.waitForSelector('.offer .handed li');
  expect(await scrollsSideways(giver.page)).toBe(false);
  expect(await seriousIssues(giver.page)).toEqual([]);
  await giver.page.selectOption('.offer select', 'jia-2');
  await giver.page.fill('.offer textarea', '家属电话已打过。');
  await giver.page.click('text=提出交接');
  await giver.page.waitForSelector('text=已提出，等 测试甲二 确认接班。');

  const next = await visit(browser, system, '/handover');
  await signIn(next.page, 'jia.two');
  await next.page.waitForSelector('.handover .note:has-text("家属电话已打过。")');
  await next.page.click('.handover button:has-text("确认接班")');
  await next.page.waitForSelector('text=/已接班，[1-9]\\d* 项职责由您承担/');
  await next.page.goto(`${system.url}/console/duties`);
  await next.page.waitForSelector('.duty:has-text("我已接管")');
});

test('what is offered can be taken back', async () => {
  const { page } = await visit(browser, system, '/handover');
  await signIn(page, 'jia.one');
  await page.waitForSelector('.offer option[value="jia-2"]', { state: 'attached' });
  await page.selectOption('.offer select', 'jia-2');
  await page.click('text=提出交接');
  await page.click('.handover button:has-text("撤回")');
  await page.waitForSelector('text=已撤回，职责未变动。');
  await page.waitForSelector('.handover.offered', { state: 'detached' });
});

test('a message comes in by itself, is counted in the menu, leads to its receipt, and is marked as read', async () => {
  const { page, context } = await visit(browser, system, '/inbox', { size: PHONE });
  await page.waitForSelector('input[name=password]');
  expect(await page.locator('.elsewhere').count()).toBe(0); // single sign-on is not set up here
  await signIn(page, 'yi.one');
  await page.waitForSelector('text=没有未读消息。');

  await reportAt('yi');
  await page.waitForSelector('.message');
  await page.waitForSelector('.unread:has-text("2")'); // two duties begin at once
  expect(await scrollsSideways(page)).toBe(false);
  expect(await seriousIssues(page)).toEqual([]);

  const receipt = context.waitForEvent('page');
  await page.click('.receipt-link');
  await (await receipt).waitForSelector('text=已收到');

  await page.click('text=标为已读');
  await page.waitForSelector('.unread:has-text("1")');
  await page.click('text=标为已读');
  await page.waitForSelector('text=没有未读消息。');
  await page.waitForSelector('.unread', { state: 'detached' });
  await page.click('text=包括已读');
  await page.waitForSelector('.message');
});

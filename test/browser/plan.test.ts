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

/** The plan at a desk: read, its limits changed by two people, and tried out before. */
jest.setTimeout(240_000);

let system: System;
let browser: Browser;
beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem({ plan: LONG_PLAN }), openBrowser()]);
  const at = { jurisdiction: 'banner' };
  await addUser(system, { name: 'drafter', role: 'bureauGeneralOffice', person: 'leading-2', ...at });
  await addUser(system, { name: 'approver', role: 'leadingGroupOffice', person: 'leading-1', ...at });
  await addUser(system, { name: 'jia.one', role: 'officer', person: 'jia-1' });
});
afterAll(async () => {
  await browser?.close();
  await system?.leave();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

const as = async (name: string, path: string, more: { size?: typeof PHONE } = {}) => {
  const visited = await visit(browser, system, path, more);
  await signIn(visited.page, name);
  return visited;
};
interface Plan {
  clauses: { duties: { stage: string; within: string | null }[] }[];
}
const searchLimit = async () => {
  const { body } = await system.get<Plan>('/api/plans/wushen/inForce');
  return body.clauses.flatMap(({ duties }) => duties).find(({ stage }) => stage === 'search')?.within;
};
const SEARCH = '[data-path="branches.abscondingSearch.stages.search.within"]';

test('an officer reads the plan clause by clause, sees where each duty comes from, and changes nothing', async () => {
  const { page, complaints } = await as('jia.one', '/plan', { size: PHONE });
  const search = page.locator('[aria-label="四（一）"] .duty', { hasText: '失联查找' }).first();
  await search.waitFor();
  expect(await search.textContent()).toMatch(/预案.*查找.*立即.*4小时/);
  expect(await page.locator('.duty.statutory .source:has-text("法定")').count()).toBeGreaterThan(0);
  expect(await page.locator('text=修改本局时限').count()).toBe(0);
  expect(await seriousIssues(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
  expect(complaints).toEqual([]);
});

test('a limit is edited by one and put in force by another; what is no limit is said at its field', async () => {
  const drafter = await as('drafter', '/plan');
  const page = drafter.page;
  await page.click('text=修改本局时限');
  await page.fill(SEARCH, 'x');
  await page.waitForSelector(`${SEARCH}[aria-invalid=true]`);
  expect(await page.locator('.limit .wrong').textContent()).toContain('不是可用的时限');
  expect(await seriousIssues(page)).toEqual([]);

  await page.fill(SEARCH, '2');
  await page.waitForSelector('.changes li:has-text("4小时 → 2小时")');
  await page.reload(); // what was edited outlives the page
  await page.waitForSelector('.changes li:has-text("4小时 → 2小时")');
  await page.fill('.propose label:has-text("理由") input', '演示：缩短查找时限');
  await page.click('text=提请另一人审批');
  await page.waitForSelector('text=已提请');
  expect(await searchLimit()).toBe('PT4H');

  await page.click('nav.tabs >> text=待审批');
  await page.waitForSelector('text=自己的提请由另一人审批');
  expect(await page.locator('text=同意，立即生效').count()).toBe(0);

  const approver = await as('approver', '/plan?tab=proposals');
  await approver.page.waitForSelector('.proposal .changes li:has-text("4小时 → 2小时")');
  expect(await seriousIssues(approver.page)).toEqual([]);
  await approver.page.fill('label:has-text("审批理由") input', '同意');
  await approver.page.click('text=同意，立即生效');
  await approver.page.waitForSelector('text=新版本现行有效');
  expect(await searchLimit()).toBe('PT2H');
  expect([...drafter.complaints, ...approver.complaints]).toEqual([]);
});

test('the preview tells minute by minute who would be told, and what an edited limit would change', async () => {
  const { page, complaints } = await as('drafter', '/plan', { size: PHONE });
  await page.click('text=修改本局时限');
  await page.fill(SEARCH, '1');
  await page.click('.limits-bar >> text=预演');
  await page.click('text=国庆 02:13');
  await page.waitForSelector('.minute time:has-text("02:13")');
  await page.waitForSelector('.ladder .told.duty:has-text("司法所")');
  await page.waitForSelector('.ladder .told.unconfirmed');
  await page.waitForSelector('.ladder .change.earlier');
  expect(await seriousIssues(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
  expect(complaints).toEqual([]);
});

import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
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
import { until } from '../harness/until.ts';

/** Every page that a role's menu has: it opens, keeps to its policy, and can be used by keyboard, screen reader, phone and at 200 %. */
jest.setTimeout(240_000);

/** A desk of 1280 px at 200 % zoom. */
const ZOOMED = { width: 640, height: 400 };

const ROLES: { name: string; role: string; person?: string; jurisdiction?: string; expiresAt?: string }[] = [
  { name: 'jia.one', role: 'officer', person: 'jia-1' },
  { name: 'leading.one', role: 'leadingGroupOffice', person: 'leading-1' },
  { name: 'the.admin', role: 'administrator', jurisdiction: 'banner' },
  { name: 'an.auditor', role: 'auditor', jurisdiction: 'banner', expiresAt: '2099-01-01T00:00:00Z' },
];

let system: System;
let browser: Browser;
let incident: string;
beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem({ plan: LONG_PLAN }), openBrowser()]);
  for (const user of ROLES) await addUser(system, user);
  const report = { office: 'jia', eventType: 'outOfSupervision', situation: '今天上午未签到' };
  incident = (await system.post<{ id: string }>('/api/incidents', report)).body.id;
  await until('the incident in the register', async () => {
    return (await system.get(`/api/incidents/${incident}`)).status === 200;
  });
});
afterAll(async () => {
  await browser?.close();
  await system?.leave();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

/** The pages of somebody's menu, and what is reached from them. */
async function pagesOf(page: Page): Promise<string[]> {
  const hrefs = await page
    .locator('nav a')
    .evaluateAll((links) => links.map((link) => (link as unknown as { pathname: string }).pathname));
  return [
    ...hrefs.map((href) => href.replace('/console', '')),
    `/incidents/${incident}`,
    `/incidents/${incident}/documents`,
    '/account',
    '/report',
  ];
}

test.each(ROLES)('$role: every page opens, and axe finds nothing serious in it', async ({ name, role }) => {
  const { page, complaints } = await visit(browser, system, '/account');
  await signIn(page, name);
  await page.waitForSelector('nav a');
  const pages = await pagesOf(page);
  expect(pages).toContain('/board');
  expect(pages.includes('/admin')).toBe(role === 'administrator' || role === 'auditor');

  for (const path of pages) {
    for (const size of [PHONE, ZOOMED]) {
      await page.setViewportSize(size);
      await page.goto(`${system.url}/console${path}`);
      await page.waitForSelector('h1');
      expect([path, size.width, await scrollsSideways(page)]).toEqual([path, size.width, false]);
    }
    expect([path, await seriousIssues(page)]).toEqual([path, []]);
  }
  expect(complaints).toEqual([]);
});

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('a photo becomes evidence of a duty; an image that is not one is refused, and says why', async () => {
  const { page } = await visit(browser, system, `/incidents/${incident}`, { size: PHONE });
  await signIn(page, 'jia.one');
  const files = page.locator('input[type=file]').first();
  await files.setInputFiles({
    name: '假图片.png',
    mimeType: 'image/png',
    buffer: Buffer.from('<script>1</script>'),
  });
  await page.waitForSelector('.problem:has-text("ATTACHMENT_UNUSABLE")');
  await page.click('.attach button:text-is("移除")');
  await files.setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: PIXEL });
  await until('the photo in the timeline', async () => {
    const { body } = await system.get<{ timeline: { kind: string }[] }>(`/api/incidents/${incident}`);
    return body.timeline.some(({ kind }) => kind === 'attachmentAdded');
  });
});

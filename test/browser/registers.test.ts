import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import {
  addUser,
  DESK,
  openBrowser,
  PHONE,
  scrollsSideways,
  seriousIssues,
  signIn,
  visit,
} from '../harness/browser.ts';
import type { DrillBody } from '../../src/api/schemas-drills.ts';
import { LONG_PLAN, startSystem, type System } from '../harness/system.ts';

/** Study, screening, revision and drill orders, by an officer on a telephone and the leading-group office at a desk. */
jest.setTimeout(240_000);

let system: System;
let browser: Browser;
beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem({ plan: LONG_PLAN }), openBrowser()]);
  await addUser(system, { name: 'jia.one', role: 'officer', person: 'jia-1' });
  await addUser(system, { name: 'leading.one', role: 'leadingGroupOffice', person: 'leading-1' });
});
afterAll(async () => {
  await browser?.close();
  await system?.leave();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

test('one says that one has studied once one’s duties were open; above, it is seen who is missing', async () => {
  const { page, complaints } = await visit(browser, system, '/registers', { size: PHONE });
  await signIn(page, 'jia.one');
  const studied = page.locator('button.go:has-text("已学习")');
  await studied.waitFor();
  expect(await studied.isDisabled()).toBe(true);
  await page.click('summary:has-text("打开本单位在预案中的职责")');
  await page.waitForSelector('li:has-text("失联查找")');
  await studied.click();
  await page.waitForSelector('h2 .mark:has-text("已学习")');
  expect(await scrollsSideways(page)).toBe(false);
  expect(complaints).toEqual([]);

  const desk = await visit(browser, system, '/registers', { size: DESK });
  await signIn(desk.page, 'leading.one');
  await desk.page.click('summary:has-text("甲镇司法所")');
  await desk.page.waitForSelector('li:has-text("测试甲一"):has-text("已学习")');
  await desk.page.waitForSelector('li:has-text("测试甲二"):has-text("未登记")');
  expect(await seriousIssues(desk.page)).toEqual([]);
});

test('what screening found is opened for a reason, and becomes a report of signs with the form filled in', async () => {
  const { page } = await visit(browser, system, '/registers?tab=screening', { size: PHONE });
  await signIn(page, 'jia.one');
  await page.click('summary:has-text("登记一次分析排查")');
  await page.check('label:has-text("测试甲一") input');
  await page.click('text=增加一项发现');
  const finding = page.locator('fieldset.finding');
  await finding.locator('input').first().fill('矫档〔2026〕0042号');
  await finding.locator('textarea').first().fill('与邻居口角，扬言报复');
  await finding.locator('textarea').last().fill('每周走访');
  await finding.locator('select').last().selectOption('jia-2');
  await finding.locator('input[type=date]').fill('2099-01-10');
  await page.click('details[open] button.go');
  await page.waitForSelector('article.finding');
  expect(await page.textContent('main')).not.toContain('0042');

  await page.fill('label:has-text("查看理由") input', '跟进核查');
  await page.click('text=查看内容');
  await page.waitForSelector('dd:has-text("0042")');
  expect(await seriousIssues(page)).toEqual([]);
  await page.click('text=报告为苗头迹象');
  await page.waitForSelector('.kinds');
  expect(await page.inputValue('textarea')).toContain('与邻居口角，扬言报复');
  await page.click('text=立即报告');
  await page.waitForSelector('.taken');
});

test('a change of law waits for a decision until a named person says why the plan needs no revision', async () => {
  const { page } = await visit(browser, system, '/registers?tab=revision', { size: DESK });
  await signIn(page, 'leading.one');
  await page.click('summary:has-text("登记法规变化")');
  await page.fill('details textarea', '《虚构实施细则》第三条修改');
  await page.fill('details input', '虚构文件〔2026〕9号');
  await page.click('details button.go');
  await page.waitForSelector('.card.late:has-text("虚构实施细则")');
  await page.fill('.card.late textarea', '现行条款已涵盖');
  await page.click('.card.late button.go');
  await page.waitForSelector('.card:has-text("不需修订"):has-text("现行条款已涵盖")');
  await page.waitForSelector('text=没有待决定的事项');
});

const CONSENT = Buffer.from('%PDF-1.4\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

test('an order that tells the police is approved once their written consent is there, and says so until then', async () => {
  const { page, complaints } = await visit(browser, system, '/drills/new', { size: PHONE });
  await signIn(page, 'jia.one');
  await page.locator('label:has-text("场景") select').selectOption('act-in-progress');
  await page.fill('input[type=datetime-local]', '2099-03-01T09:30');
  await page.check('label.check:has-text("甲镇司法所") input');
  await page.check('.outside-choice label:has-text("派出所") input');
  expect(await seriousIssues(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
  await page.click('text=保存草稿');
  const party = page.locator('#consents li:has-text("派出所"):has-text("甲镇司法所")');
  await party.locator('.mark:has-text("缺书面同意")').waitFor();

  const path = new URL(page.url()).pathname.replace('/console', '');
  const desk = await visit(browser, system, path, { size: DESK });
  await signIn(desk.page, 'leading.one');
  const approve = async (): Promise<void> => {
    await desk.page.click('button:text-is("批准")');
    await desk.page.click('button:text-is("确定")');
  };
  await approve();
  await desk.page.waitForSelector('.problem:has-text("DRILL_CONSENT_MISSING")');
  await desk.page.waitForSelector('.consents-missing:has-text("派出所（甲镇司法所）")');
  expect(await seriousIssues(desk.page)).toEqual([]);

  const file = party.locator('input[type=file]');
  await file.setInputFiles({ name: '同意.txt', mimeType: 'text/plain', buffer: CONSENT });
  await party.locator('.problem:has-text("不能上传")').waitFor();
  await file.setInputFiles({ name: '同意.pdf', mimeType: 'application/pdf', buffer: CONSENT });
  await party.locator('.mark:has-text("已有书面同意")').waitFor();
  const sha256 = createHash('sha256').update(CONSENT).digest('hex');
  await party.locator(`text=由 测试甲一 附上`).waitFor();
  await party.locator(`.hash:has-text("${sha256}")`).waitFor();
  expect(await party.locator('.problem').count()).toBe(0);
  expect(await page.locator('.consents-missing').count()).toBe(0);
  expect(await seriousIssues(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);

  // Whoever approves reads what was consented to.
  await desk.page.reload();
  const saved = desk.page.waitForEvent('download');
  await desk.page.click('#consents button:has-text("下载查看")');
  expect(await readFile(await (await saved).path())).toEqual(CONSENT);
  await approve();
  await desk.page.waitForSelector('h1 .mark:has-text("已批准")');
  await desk.page.waitForSelector('#consents .mark:has-text("已有书面同意")');
  expect(await desk.page.locator('#consents input[type=file]').count()).toBe(0);
  expect([...complaints, ...desk.complaints]).toEqual([]);
});

test('a draft is changed before it is approved: what is not typed anew stands, its script too', async () => {
  const { page, complaints } = await visit(browser, system, '/drills/new', { size: PHONE });
  await signIn(page, 'leading.one');
  await page.locator('label:has-text("场景") select').selectOption('act-in-progress');
  await page.fill('input[type=datetime-local]', '2099-04-01T09:30');
  await page.check('label.check:has-text("甲镇司法所") input');
  await page.click('text=保存草稿');
  await page.locator('h1 .mark:has-text("草稿")').waitFor();
  const path = `/api/drills/${page.url().split('/').at(-1)}`;
  const { body: drafted } = await system.get<DrillBody>(path);

  await page.click('text=修改演练方案');
  const weakPoint = page.locator('label:has-text("薄弱环节") input');
  await weakPoint.fill('虚构的另一薄弱环节');
  expect(await page.inputValue('input[type=datetime-local]')).toBe('2099-04-01T09:30');
  await page.uncheck('label.check:has-text("测试甲二") input');
  expect(await seriousIssues(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
  await page.click('text=保存草稿');
  await page.waitForSelector('dd:has-text("虚构的另一薄弱环节")');
  const { body: changed } = await system.get<DrillBody>(path);
  const [office] = drafted.offices;
  expect(changed).toEqual({
    ...drafted,
    weakPoint: '虚构的另一薄弱环节',
    draftedAt: changed.draftedAt,
    offices: [{ ...office, participants: office!.participants.filter(({ id }) => id !== 'jia-2') }],
  });
  expect(drafted.script!.scenes.length).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
});

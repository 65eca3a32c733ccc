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

/** An incident's documents, on the real system in a real browser: drafted, signed by another, scanned. */
jest.setTimeout(240_000);

let system: System;
let browser: Browser;
beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem({ plan: LONG_PLAN }), openBrowser()]);
  await addUser(system, { name: 'jia.one', role: 'officer', person: 'jia-1' });
  await addUser(system, { name: 'deputy.one', role: 'dutyLeader', person: 'deputy-1' });
  await addUser(system, { name: 'leading.two', role: 'dutyLeader', person: 'leading-2' });
});
afterAll(async () => {
  await browser?.close();
  await system?.leave();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

const NAME = '测试人甲';

/** A search that has failed: the police are to be told in writing. */
async function searchFailed(): Promise<string> {
  const { body } = await system.post<{ id: string }>('/api/incidents', {
    office: 'jia',
    eventType: 'lostContact',
    situation: '今天上午未签到',
    subjects: [{ name: NAME }],
  });
  await until('the search has failed', async () => {
    const said = { by: 'jia-1', outcome: 'searchFailed', evidence: '走访家属三人，未见本人' };
    return (await system.post(`/api/incidents/${body.id}/stages/1.search/outcome`, said)).status === 200;
  });
  return body.id;
}

async function as(name: string, id: string, size = PHONE) {
  const visited = await visit(browser, system, `/incidents/${id}/documents`, { size });
  await signIn(visited.page, name);
  await visited.page.waitForSelector('.documents h1');
  return visited;
}

const reading = (page: Page, why: string) => page.click(`.usual button:has-text("${why}")`);

async function drafted(page: Page): Promise<void> {
  await page.click('.asked:has-text("书面通知") button');
  await made(page);
}

async function made(page: Page): Promise<void> {
  await reading(page, '起草文书');
  await page.click('.draft-form button:has-text("生成草稿")');
  await page.waitForSelector('.document.draft');
}

async function opened(page: Page): Promise<void> {
  await reading(page, '核对并签发');
  await page.click('.document button:has-text("打开")');
  await page.waitForSelector('.document iframe');
}

async function signed(page: Page): Promise<void> {
  await page.click('.document button.sign');
  await page.click('.document button.sign.sure');
}

test('an officer drafts the notice, the duty leader signs what they saw on a phone, the number is shown, the scan is attached', async () => {
  const id = await searchFailed();
  const officer = await as('jia.one', id);
  await officer.page.click('.crumb a'); // the duty offers its paper
  await officer.page.click('.stage-papers a:has-text("书面通知")');
  await made(officer.page);
  const card = officer.page.locator('.document');
  expect(await card.textContent()).toContain('未签发·先行告知');
  expect(await card.textContent()).toContain('先电话告知派出所');
  expect(await card.locator('button.sign').count()).toBe(0); // never by whoever drafted it

  const leader = await as('deputy.one', id);
  await leader.page.waitForSelector('.document.draft');
  expect(await leader.page.isDisabled('.document button.sign')).toBe(true); // nobody signs what was not seen
  await opened(leader.page);
  const paper = leader.page.frameLocator('.document iframe');
  await paper.locator('h1:has-text("失去联系查找未果")').waitFor();
  expect(await paper.locator('body').textContent()).toContain(NAME);
  expect(await scrollsSideways(leader.page)).toBe(false);
  expect(await seriousIssues(leader.page)).toEqual([]);
  await signed(leader.page);
  await leader.page.waitForSelector('.doc-number:has-text("〕1号")');
  await leader.page.setInputFiles('.scans input[multiple]', {
    name: '扫描件.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7 测试'),
  });
  await leader.page.waitForSelector('.scans li:has-text("SHA-256")');
  expect(leader.complaints).toEqual([]);
  expect(officer.complaints).toEqual([]);
});

test('of two who sign at once the second is told that somebody was first, and sees the number', async () => {
  const id = await searchFailed();
  const officer = await as('jia.one', id);
  await drafted(officer.page);
  const [one, two] = [await as('deputy.one', id), await as('leading.two', id)];
  for (const { page } of [one, two]) {
    await page.waitForSelector('.document.draft');
    await opened(page);
    await page.click('.document button.sign');
  }
  // The second does not learn of it in time.
  const list = new RegExp(`/api/incidents/${id}/documents$`);
  await two.page.route(list, (route) => route.abort());
  await one.page.click('.document button.sign.sure');
  await one.page.waitForSelector('.doc-number');
  await two.page.click('.document button.sign.sure');
  await two.page.waitForSelector('.document .problem:has-text("DOCUMENT_NOT_A_DRAFT")');
  await two.page.unroute(list);
  await two.page.waitForSelector('.document.signed .doc-number');
  expect(await two.page.textContent('.document .problem')).toContain('别人已经签发');
});

test('a draft that was overtaken by what was learnt shows then and now, and is drafted again', async () => {
  const id = await searchFailed();
  const officer = await as('jia.one', id);
  await drafted(officer.page);
  const leader = await as('deputy.one', id);
  await leader.page.waitForSelector('.document.draft');
  await opened(leader.page);
  const learnt = { by: 'jia-1', facts: { situation: '家属称其去了邻镇' } };
  expect((await system.post(`/api/incidents/${id}/facts`, learnt)).status).toBe(200);
  await until('the register has it', async () => {
    const { body } = await system.get<{ facts: { situation: string } }>(`/api/incidents/${id}`);
    return body.facts.situation === learnt.facts.situation;
  });
  await signed(leader.page);
  await leader.page.waitForSelector('.differing dt:has-text("情况说明")');
  expect(await leader.page.textContent('.differing')).toMatch(/今天上午未签到[^]*家属称其去了邻镇/);
  await leader.page.click('.differing button');
  await leader.page.click('.draft-form button:has-text("生成草稿")');
  await leader.page.locator('.document.draft').nth(1).waitFor();
});

/** A first report that says everything, drafted and signed. */
async function signedReport(): Promise<string> {
  const report = { office: 'jia', eventType: 'lostContact', situation: '今天上午未签到' };
  const { id } = (await system.post<{ id: string }>('/api/incidents', report)).body;
  const path = `/api/incidents/${id}`;
  const names = ['kind', 'time', 'place', 'persons', 'development', 'measures'];
  const elements = Object.fromEntries(names.map((name) => [name, '虚构']));
  await until('the report is recorded', async () => {
    const said = { by: 'jia-1', kind: 'firstReport', elements };
    return (await system.post(`${path}/reports`, said)).status === 200;
  });
  await until('the register has it', async () => {
    const { body } = await system.get<{ reports: { elements: { state: string }[] }[] }>(`${path}/reports`);
    return body.reports[0]?.elements.every(({ state }) => state === 'told');
  });
  const paper = { by: 'jia-1', template: 'first-report' };
  const { body } = await system.post<{ id: string; digest: string }>(`${path}/documents`, paper);
  const signature = { by: 'deputy-1', digest: body.digest };
  const { status } = await system.post(`${path}/documents/${body.id}/signature`, signature);
  expect(status).toBe(200);
  return id;
}

test('a report that somebody took above the county is put down with who decided it; unsigned ones stay', async () => {
  const unsigned = await searchFailed();
  const { page, complaints } = await visit(browser, system, `/incidents/${unsigned}/reports`, {
    size: PHONE,
  });
  await signIn(page, 'jia.one');
  const form = page.locator('.card:has(h2:text-is("登记县外报送"))');
  await form.locator('text=尚无已签发的书面报告').waitFor();

  await page.goto(`${system.url}/console/incidents/${await signedReport()}/reports`);
  await form.locator('summary').click();
  const field = (label: string) => form.locator(`label:has-text("${label}")`);
  await field('报送单位').locator('select').selectOption('cityJusticeEmergencyOffice');
  await field('送达时间').locator('input').fill('2026-11-20T09:30');
  await field('对方接收人').locator('input').fill('虚构值班员');
  // Nobody but those who may decide it is offered.
  const leader = field('决定报送的领导').locator('select');
  expect(await leader.locator('option[value=jia-1]').count()).toBe(0);
  await leader.selectOption('deputy-1');
  expect(await seriousIssues(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
  await form.locator('button').click();
  const put = page.locator('.link li:has-text("市司法局应急办公室"):has-text("书面")');
  await put.waitFor();
  expect(await put.textContent()).toMatch(/11.20 09:30.*演示\S+ 决定/);
  expect(await put.textContent()).not.toContain('虚构值班员');

  await page.fill('label:has-text("查看理由") input', '核对报送');
  await page.click('button:has-text("显示内容")');
  await page.waitForSelector('.link li:has-text("虚构值班员 接收")');
  expect(complaints).toEqual([]);
});

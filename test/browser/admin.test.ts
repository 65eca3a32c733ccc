import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { NativeConnection, Worker } from '@temporalio/worker';
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
import { TASK_QUEUE } from '../../src/temporal/task-queues.ts';
import { until } from '../harness/until.ts';

/** What the administrator sees and does, and an incident's workflow in words. */
jest.setTimeout(240_000);

let system: System;
let browser: Browser;
beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem({ plan: LONG_PLAN }), openBrowser()]);
  await addUser(system, { name: 'keeper', role: 'administrator', jurisdiction: 'banner' });
  await addUser(system, { name: 'jia.one', role: 'officer', person: 'jia-1' });
});
afterAll(async () => {
  await browser?.close();
  await system?.leave();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

const as = async (name: string, path: string) => {
  const visited = await visit(browser, system, path, { size: PHONE });
  await signIn(visited.page, name);
  return visited;
};

test('the administrator finds workers, accounts and a record that is whole; an officer finds no such page', async () => {
  const { page, complaints } = await as('keeper', '/admin');
  await page.waitForSelector('.health li.ok:has-text("Temporal")');
  await page.waitForSelector('td:has-text("fenghuo-record")');
  for (const tab of ['账号', '接口密钥', '身份查看授权', '变更记录', '台账校验']) {
    await page.click(`nav.tabs >> text="${tab}"`);
    await page.waitForSelector(`nav.tabs [aria-current]:has-text("${tab}")`);
    expect(await seriousIssues(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
  }
  await page.click('text=开始校验');
  await page.waitForSelector('.fine:has-text("全部一致")');
  await page.click('nav.tabs >> text=变更记录');
  await page.click('text=校验变更记录');
  await page.waitForSelector('.fine:has-text("链条完整")');
  expect(complaints).toEqual([]);

  const officer = await as('jia.one', '/admin');
  await officer.page.waitForSelector('text=没有这个页面');
});

/** A worker of another build that serves some of one queue alone: it is given nothing before it is set as current. */
async function startBuild(deploymentName: string, buildId: string): Promise<() => Promise<void>> {
  const { address, namespace } = system.temporal();
  const connection = await NativeConnection.connect({ address });
  const version = { deploymentName, buildId };
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: TASK_QUEUE,
    activities: { none: async () => undefined },
    workerDeploymentOptions: { version, useWorkerVersioning: true, defaultVersioningBehavior: 'PINNED' },
  });
  const running = worker.run();
  return async () => {
    worker.shutdown();
    await running;
    await connection.close();
  };
}

test('the rollout is read there: a build that is not current yet, whether its workers suffice, and what is open on it', async () => {
  interface Details {
    /** Null where Temporal did not say in time. */
    rollout: { deployment: string | null; versions: { buildId: string }[] } | null;
  }
  const standing = async () => (await system.get<Details>('/api/health/details')).body.rollout;
  const { deployment } = await until('Temporal says how the rollout stands', standing);
  const { page, complaints } = await as('keeper', '/admin');
  await page.waitForSelector('text=没有从备份恢复过');
  const rollout = page.locator('section[aria-label="程序版本"]');
  await rollout.locator(deployment === null ? 'text=未分版本' : 'td:text-is("当前")').waitFor();
  const stop = await startBuild(deployment ?? 'fenghuo', '9.9.9');
  try {
    await until('Temporal knows of the build', async () =>
      (await standing())?.versions.some(({ buildId }) => buildId === '9.9.9'),
    );
    await page.reload();
    const build = rollout.locator('tr:has-text("9.9.9")');
    await build.waitFor();
    const cells = await build.locator('td').allTextContents();
    expect(cells).toEqual(['9.9.9', '未启用', '没有或不齐', '0']);
    if (deployment === null) await rollout.locator('p:has-text("未设定当前版本")').waitFor();
    expect(await seriousIssues(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    expect(complaints).toEqual([]);
  } finally {
    await stop();
  }
});

test('an account is made with a password that is shown once, and locked after a question', async () => {
  const { page } = await as('keeper', '/admin?tab=accounts');
  await page.click('text=新建账号');
  await page.fill('.fields label:has-text("名称") input', 'jia.two');
  await page.fill('.fields label:has-text("人员") input', 'jia-2');
  await page.click('.fields .go');
  await page.waitForSelector('.secret code');
  expect(await page.textContent('.secret code')).toMatch(/^\S{12,}$/);
  await page.click('text=已记下，收起');

  const row = page.locator('tr', { hasText: 'jia.two' });
  await row.locator('text="停用"').click();
  await row.locator('text="确定"').click();
  await row.locator('text=已停用').waitFor();
  const accounts = await system.get<{ name: string; disabledAt: string | null }[]>('/api/accounts');
  expect(accounts.body.find(({ name }) => name === 'jia.two')?.disabledAt).toMatch(/^\d{4}-/);
});

test("an incident's workflow is read in words for a reason, the raw events behind each line", async () => {
  const { body } = await system.post<{ id: string }>(
    '/api/incidents',
    { office: 'jia', eventType: 'outOfSupervision', situation: '演示' },
    { 'idempotency-key': 'history-in-words' },
  );
  const { page, complaints } = await as('jia.one', `/incidents/${body.id}/history`);
  await page.waitForSelector('h1:has-text("流程历史")');
  expect(await page.locator('.story').count()).toBe(0);
  await page.fill('label:has-text("查看理由") input', '查找通知未送达的原因');
  await page.click('text=查看经过');
  await page.waitForSelector('.story li:has-text("受理报告，启动：失联查找")');
  await page.locator('.story .raw summary').first().click();
  await page.waitForSelector('.raw pre:has-text("WorkflowExecutionStarted")');
  expect(await seriousIssues(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
  expect(complaints).toEqual([]);

  const { page: other } = await as('keeper', `/incidents/${body.id}/history`);
  await other.waitForSelector('text=没有等待中的任务');
});

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
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
import { noticeIn, receiptLink } from '../harness/mail.ts';
import { SHORT_PLAN, startSystem, type System } from '../harness/system.ts';

/**
 * One incident from an officer's telephone to its closing, in browsers on the real system; limits are seconds, so that what
 * happens when nobody answers is seen too.
 */
jest.setTimeout(240_000);

let system: System;
let browser: Browser;
let officer: Page;
let board: Page;
let number: string;
beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem({ plan: SHORT_PLAN }), openBrowser()]);
  await addUser(system, { name: 'jia.one', role: 'officer', person: 'jia-1' });
  await addUser(system, { name: 'leading.one', role: 'leadingGroupOffice', person: 'leading-1' });
});
afterAll(async () => {
  await browser?.close();
  await system?.leave();
});

test('reported on a telephone, it stands on the open board of the leading-group office', async () => {
  ({ page: board } = await visit(browser, system, '/board'));
  await signIn(board, 'leading.one');
  ({ page: officer } = await visit(browser, system, '/report', { size: PHONE }));
  await signIn(officer, 'jia.one');

  await officer.click('.tile:has-text("苗头迹象")');
  await officer.fill('textarea', '扬言报复，正在疏导');
  await officer.click('text=立即报告');
  number = (await officer.textContent('dd.number:has-text("YS-")'))!;
  await board.waitForSelector(`text=${number}`);
});

test('nobody answers: the board turns it overdue by itself, without a reload', async () => {
  await board.waitForSelector(`tr:has-text("${number}"):has-text("超期")`);
});

test('a receipt by the link in the mail, without an account, shows neither name nor more than the duty', async () => {
  const mail = await system.smtp.nextMessage((each) => noticeIn(each).person.startsWith('township-jia'));
  const { page } = await visit(browser, system, '/report', { size: PHONE });
  await page.goto(receiptLink(mail));
  expect(await seriousIssues(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
  expect(await page.content()).not.toContain('扬言报复');
  await page.click('button:has-text("已收到")');
  await page.waitForSelector('h1.good');
});

test('the end is proposed on the telephone, approved at the desk, and the board is empty', async () => {
  await officer.click('text=打开事件，补充情况');
  await officer.click('.acts button:text-is("提出处置结束")');
  await officer.fill('.act-form textarea', '矛盾已化解，当事人书面承诺');
  await officer.click('.act-form .confirm');

  await board.click(`text=${number}`);
  await board.click('.acts button:text-is("批准")');
  await board.fill('.act-form textarea', '同意');
  await board.click('.act-form .confirm');
  await board.waitForSelector('.status.closed');
  await officer.waitForSelector('.status.closed');
  await board.goto(`${system.url}/console/board`);
  await board.waitForSelector('text=值班看板');
  expect(await board.isVisible(`text=${number}`)).toBe(false);
});

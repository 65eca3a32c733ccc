import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
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

/** A bureau with single sign-on, whose identity provider is down. */
jest.setTimeout(240_000);

let system: System;
let browser: Browser;
beforeAll(async () => {
  const settings = {
    OIDC_ISSUER: 'http://127.0.0.1:1/', // where nobody listens
    OIDC_CLIENT_ID: 'fenghuo',
    OIDC_CLIENT_SECRET: 'a-secret-for-tests',
    PUBLIC_URL: 'http://127.0.0.1',
  };
  [system, browser] = await Promise.all([startSystem({ plan: LONG_PLAN, settings }), openBrowser()]);
  await addUser(system, { name: 'jia.one', role: 'officer', person: 'jia-1' });
});
afterAll(async () => {
  await browser?.close();
  await system?.leave();
});

test('the sign-in page offers single sign-on, which comes back to the page; a provider that is down is said, and passwords go on', async () => {
  const { page, complaints } = await visit(browser, system, '/handover', { size: PHONE });
  await page.waitForSelector('.elsewhere a');
  expect(await page.getAttribute('.elsewhere a', 'href')).toBe('/api/session/oidc?to=%2Fconsole%2Fhandover');
  expect(await scrollsSideways(page)).toBe(false);
  expect(await seriousIssues(page)).toEqual([]);

  await page.click('.elsewhere a');
  await page.waitForSelector('text=IDENTITY_PROVIDER_UNAVAILABLE');
  await page.goBack();
  await signIn(page, 'jia.one');
  await page.waitForSelector('.offer');
  expect(complaints).toEqual([]);
});

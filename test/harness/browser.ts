import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { provideChromium } from './chromium.ts';
import { createHttp } from './http.ts';
import type { System } from './system.ts';

/** A telephone held in one hand, and a desk. CSS pixels. */
export const PHONE = { width: 375, height: 740 };
export const DESK = { width: 1280, height: 800 };

/** An address that no browser trusts as it trusts loopback: a bureau's own network without https. */
export const PLAIN_HOST = 'bureau.test';

const ARGUMENTS = [
  `--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`,
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium without a window. `FENGHUO_CHROMIUM` names one, else it is looked for. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await provideChromium({
    log: console.log,
    browser: process.env.FENGHUO_CHROMIUM,
    mayInstall: false,
  });
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** Of every user that {@link addUser} adds. */
export const PASSWORD = 'a-password-for-tests';

export interface NewUser {
  name: string;
  role: string;
  person?: string;
  jurisdiction?: string;
  expiresAt?: string;
}

/** An account that has changed its one-time password already. */
export async function addUser(system: System, user: NewUser): Promise<void> {
  const made = await system.post<{ oneTimePassword: string }>('/api/accounts', user);
  if (made.status !== 201) throw new Error(`no account: ${JSON.stringify(made.body)}`);
  const { oneTimePassword: current } = made.body;
  const ours = { 'x-fenghuo': '1' };
  const anybody = createHttp(system.url, null);
  const signedIn = await anybody.post('/api/session', { name: user.name, password: current }, ours);
  const cookie = String(signedIn.headers.get('set-cookie')).split(';')[0]!;
  const changed = await fetch(new URL('/api/session/password', system.url), {
    method: 'PUT',
    headers: { ...ours, cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ current, next: PASSWORD }),
  });
  if (!changed.ok) throw new Error(`password not changed: ${await changed.text()}`);
}

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** What the page complained of: errors of its own, and what its content security policy refused. */
  complaints: string[];
}

/** Somebody with a browser of their own on `path` of the console. */
export async function visit(
  browser: Browser,
  system: System,
  path: string,
  { size = DESK }: { size?: typeof DESK } = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(`${system.url}/console${path}`);
  return { page, context, complaints };
}

/** Fills in the sign-in that the page shows. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.fill('input[name=name]', name);
  await page.fill('input[name=password]', PASSWORD);
  await page.press('input[name=password]', 'Enter');
  await page.waitForSelector('input[name=password]', { state: 'detached' });
}

/** What axe finds that keeps somebody from using the page: `id: where`. */
export async function seriousIssues(page: Page): Promise<string[]> {
  // Evaluated by the debugger's way in: the page's own policy lets no such script through.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    async () => (await (globalThis as unknown as { axe: typeof axe }).axe.run()) as axe.AxeResults,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** Whether the page is wider than its window. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = (
      globalThis as unknown as {
        document: { documentElement: { scrollWidth: number; clientWidth: number } };
      }
    ).document.documentElement;
    return scrollWidth > clientWidth;
  });

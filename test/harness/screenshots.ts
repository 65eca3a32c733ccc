import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { addUser, DESK, openBrowser, PHONE, signIn, visit } from './browser.ts';
import { LONG_PLAN, startSystem, type System } from './system.ts';
import { until } from './until.ts';

interface Incident {
  id: string;
  number: string | null;
}

/** What the sample bureau has on its hands: obviously invented. */
const SAMPLE = [
  { office: 'jia', eventType: 'outOfSupervision', situation: '今天上午未签到，电话关机，家中无人。' },
  { office: 'yi', eventType: 'riskSign', situation: '扬言报复邻居，正在疏导。' },
  { office: 'bing', eventType: 'disaster', situation: '连降暴雨，嘎查道路中断，两名对象联系不上。' },
  { office: 'jia', eventType: 'massIncident', situation: '多人在镇政府门前聚集，其中有在册对象。' },
];

/** Draws the pages that the README shows into `folder`, as PNG. */
export async function drawScreenshots(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const [system, browser] = await Promise.all([startSystem({ plan: LONG_PLAN }), openBrowser()]);
  try {
    await addUser(system, { name: 'leading.one', role: 'leadingGroupOffice', person: 'leading-1' });
    await addUser(system, { name: 'jia.one', role: 'officer', person: 'jia-1' });
    const reported = await reportAll(system);
    const draw = (page: Page, name: string, fullPage = false) =>
      page.screenshot({ path: join(folder, `${name}.png`), fullPage });

    const phone = await visit(browser, system, '/report', { size: PHONE });
    await signIn(phone.page, 'jia.one');
    await phone.page.click('.tile:has-text("正在实施")');
    await draw(phone.page, 'report');

    const desk = await visit(browser, system, '/board', { size: DESK });
    await signIn(desk.page, 'leading.one');
    await desk.page.waitForSelector(`text=${reported[3]!.number}`);
    await draw(desk.page, 'board');

    await desk.page.goto(`${system.url}/console/incidents/${reported[0]!.id}`);
    await desk.page.waitForSelector('.stage-line:has-text("甲镇司法所")');
    await draw(desk.page, 'incident');

    await desk.page.goto(`${system.url}/console/plan/preview`);
    await desk.page.waitForSelector('.ladder .told');
    await draw(desk.page, 'plan-preview');
  } finally {
    await browser.close();
    await system.leave();
  }
}

async function reportAll(system: System): Promise<Incident[]> {
  const reported: Incident[] = [];
  for (const report of SAMPLE) {
    const { id } = (await system.post<Incident>('/api/incidents', report)).body;
    const incident = await until('the incident in the register', async () => {
      const { status, body } = await system.get<Incident>(`/api/incidents/${id}`);
      return status === 200 && body.number !== null && body;
    });
    reported.push(incident);
  }
  return reported;
}

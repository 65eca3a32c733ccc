import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { NO_ANCHOR } from '../incident/ids.ts';
import { append } from '../store/append.ts';
import { sampleIncident } from '../store/sample-incident.ts';
import { openTestRegister, type TestRegister } from '../store/testing.ts';
import { readScrape } from '../../test/harness/scrape.ts';
import { listenForScrapes } from './listener.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { addRegisterMetrics } from './register-metrics.ts';
import { countSends } from './send-metrics.ts';

let register: TestRegister;
let metrics: Metrics;
let time = 0;
beforeAll(async () => {
  register = await openTestRegister();
  metrics = createMetrics();
  addRegisterMetrics(metrics, register, () => time);
});
afterAll(() => register.close().catch(() => undefined));

const scrape = async () => {
  time += 60_000; // what the scrape before was told is old
  return readScrape(await metrics.text());
};

test('open incidents stand by branch and stage, drills apart, and leave with their end', async () => {
  const [real, drill] = [sampleIncident(), sampleIncident({ prefix: 'D', drill: true })];
  const { anchor } = await append(register, real.batch(1, 4), NO_ANCHOR);
  await append(register, drill.batch(1, 3), NO_ANCHOR);
  const open = await scrape();
  expect(open.value('fenghuo_open_incidents', { branch: 'riskSigns', drill: 'false' })).toBe(1);
  expect(open.value('fenghuo_open_stage_incidents', { stage: 'counselling', drill: 'true' })).toBe(1);
  expect(open.value('fenghuo_unconfirmed_incidents', { drill: 'true' })).toBe(1);
  expect(open.value('fenghuo_register_up')).toBe(1);

  await append(register, real.batch(5), anchor);
  const closed = await scrape();
  expect(closed.value('fenghuo_open_incidents', { drill: 'false' })).toBeUndefined();
  expect(closed.value('fenghuo_unconfirmed_incidents', { drill: 'false' })).toBe(0);
});

test('each try of a channel is counted by what came of it', async () => {
  const answers = [null, { responseCode: 550, command: 'RCPT TO' }, { code: 'ECONNREFUSED' }];
  const email = {
    name: 'email',
    send: async () => {
      const error = answers.shift();
      if (error) throw Object.assign(new Error('测试甲 refused'), error);
      return { code: 'SMTP_250' };
    },
  };
  const { channels } = countSends(metrics, { channels: { email } });
  const message = { id: 'k', to: 'jia-1@example.invalid', text: '测试' };
  for (let tries = 0; tries < 3; tries += 1) await channels.email!.send(message).catch(() => undefined);
  const seen = await scrape();
  for (const result of ['accepted', 'refused', 'failed'])
    expect([result, seen.value('fenghuo_send_attempts_total', { channel: 'email', result })]).toEqual([
      result,
      1,
    ]);
  expect(seen.value('fenghuo_send_seconds_count')).toBe(3);
  expect(seen.text).not.toMatch(/测试|example\.invalid/);
});

test('the port gives metrics and nothing else', async () => {
  const listener = await listenForScrapes(metrics, { host: '127.0.0.1', port: 0 });
  const ask = (path: string, method = 'GET') => fetch(listener.address + path, { method });
  const answer = await ask('/metrics');
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(await answer.text()).toContain('fenghuo_register_up 1');
  expect([(await ask('/')).status, (await ask('/metrics', 'POST')).status]).toEqual([404, 404]);
  await listener.close();
});

test('a register that is down is said so, and shows nothing that was true before', async () => {
  expect((await scrape()).value('fenghuo_open_incidents')).toBe(1);
  await register.close();
  const down = await scrape();
  expect(down.value('fenghuo_register_up')).toBe(0);
  for (const name of ['fenghuo_open_incidents', 'fenghuo_overdue_duties', 'fenghuo_roster_findings'])
    expect([name, down.value(name)]).toEqual([name, undefined]);
  expect(down.value('process_cpu_seconds_total')).toBeGreaterThan(0);
});

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { SDK_METRICS } from '../../src/metrics/sdk-names.ts';
import { freePort } from '../../src/temporal/serving.ts';
import { allSettled, report } from '../harness/incident.ts';
import { receiptLink } from '../harness/mail.ts';
import { scrape, type Scrape } from '../harness/scrape.ts';
import { LONG_PLAN, startSystem, type System } from '../harness/system.ts';
import { until } from '../harness/until.ts';

/** What Prometheus reads of a running system, before and after an incident. */
jest.setTimeout(240_000);

const SECRETS = { name: '测试䶮𠮷甲', situation: '情况记号䶮壹', type: '种类记号䶮捌' };

let system: System;
let address: string;
beforeAll(async () => {
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  system = await startSystem({ plan: LONG_PLAN, settings: { METRICS_PORT: String(port) } });
});
afterAll(() => system?.leave());

const scraped = (what: string, isSo: (seen: Scrape) => boolean): Promise<Scrape> =>
  until(what, async () => {
    const seen = await scrape(address);
    return isSo(seen) && seen;
  });

test('an incident stands in the figures from its report to its first receipt, and nothing personal with it', async () => {
  expect((await scrape(address)).value('fenghuo_open_incidents')).toBeUndefined();
  const incident = await report(system, {
    subjects: [{ name: SECRETS.name }],
    situation: SECRETS.situation,
  });
  await report(system, { eventType: SECRETS.type, drill: true });
  await incident.when('everybody is told', allSettled);
  const open = await scraped('both stand in the figures', (seen) =>
    Boolean(seen.value('fenghuo_open_incidents', { branch: 'triage', drill: 'true' })),
  );
  expect(open.value('fenghuo_open_incidents', { branch: 'riskSigns', drill: 'false' })).toBe(1);
  expect(open.value('fenghuo_open_stage_incidents', { stage: 'learnFacts', drill: 'false' })).toBe(1);
  expect(open.value('fenghuo_unconfirmed_incidents', { drill: 'false' })).toBe(1);
  expect(open.value('fenghuo_oldest_unconfirmed_seconds', { drill: 'false' })).toBeGreaterThan(0);
  const sent = { channel: 'email', result: 'accepted' };
  expect(open.value('fenghuo_send_attempts_total', sent)).toBe(system.smtp.messages.length);
  expect(open.value('fenghuo_register_lag_seconds_count')).toBeGreaterThan(0);

  await fetch(receiptLink(await incident.mail({ person: 'jia-1' })), { method: 'POST' });
  const confirmed = await scraped('the receipt is counted', (seen) =>
    Boolean(seen.value('fenghuo_first_receipt_seconds_count', { drill: 'false' })),
  );
  expect(confirmed.value('fenghuo_first_receipt_seconds_count', { drill: 'true' })).toBe(0);
  await scraped(
    'nobody is unconfirmed',
    (seen) => seen.value('fenghuo_unconfirmed_incidents', { drill: 'false' }) === 0,
  );

  expect(confirmed.text).toContain('riskSigns'); // the search finds what is there
  for (const secret of [...Object.values(SECRETS), incident.id, 'jia-1', '@example.invalid'])
    expect(confirmed.text).not.toContain(secret);
});

test("Temporal's own figures come with it: latencies, queues and pollers", async () => {
  const seen = await scrape(address);
  // What rules and dashboard stand on: a new SDK may call it otherwise.
  for (const [name, labels] of Object.entries(SDK_METRICS))
    expect(Object.keys(seen.samples(`${name}_count`)[0]?.labels ?? {})).toEqual(
      expect.arrayContaining(labels),
    );
  const send = { activity_type: 'send' };
  expect(seen.value('temporal_activity_execution_latency_seconds_count', send)).toBeGreaterThan(0);
  expect(seen.value('temporal_activity_schedule_to_start_latency_seconds_count')).toBeGreaterThan(0);
  expect(seen.value('fenghuo_queue_pollers', { queue: 'fenghuo', kind: 'workflow' })).toBeGreaterThan(0);
  expect([seen.value('fenghuo_register_up'), seen.value('fenghuo_temporal_up')]).toEqual([1, 1]);
});

test('the public port has no metrics', async () => {
  expect((await system.get('/metrics')).status).toBe(404);
});

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { allSettled, entriesOf, report } from '../harness/incident.ts';
import { noticeIn } from '../harness/mail.ts';
import { LONG_PLAN, startSystem, type System } from '../harness/system.ts';
import { until } from '../harness/until.ts';

/** What the administrator sees while mail does not go out, and trying again at once when it does. */
jest.setTimeout(240_000);

let system: System;
beforeAll(async () => {
  system = await startSystem({
    plan: LONG_PLAN,
    settings: { TEMPORAL_UI_ORIGIN: 'https://temporal.example' },
  });
});
afterAll(() => system?.leave());

interface Pending {
  ui: string;
  activities: {
    id: string;
    type: string;
    state: string;
    attempt: number;
    nextAttemptAt: string | null;
    lastFailure: { type: string; code: string | null } | null;
  }[];
}
interface Health {
  temporal: { state: string; serverVersion: string };
  queues: { queue: string; kind: string; pollers: { identity: string }[]; backlog: number }[];
  channels: { channel: string; lastResult: string; lastCode: string | null; accepted: number }[];
  register: { state: string };
}

test('no mail server: each send with its tries, its failure by code and its next try; retried by hand all arrive once', async () => {
  await system.smtp.stop();
  const incident = await report(system);
  const place = `/api/incidents/${incident.id}/activities`;
  const seen = await until('every send waits for a later try', async () => {
    const { body } = await system.get<Pending>(place);
    const sends = body.activities.filter(({ type }) => type === 'send');
    const isLater = ({ attempt, state }: Pending['activities'][number]) =>
      attempt >= 5 && state === 'waiting';
    return sends.length === 9 && sends.every(isLater) && body;
  });
  for (const { lastFailure, nextAttemptAt } of seen.activities) {
    expect(lastFailure).toMatchObject({
      type: 'SendFailed',
      code: expect.stringMatching(/^[A-Z]+_[A-Z0-9_]+$/),
    });
    expect(nextAttemptAt).not.toBeNull();
  }
  expect(seen.ui).toContain(
    `https://temporal.example/namespaces/${system.temporal().namespace}/workflows/incident-${incident.id}/`,
  );
  // Nothing of whom it was for.
  expect(JSON.stringify(seen)).not.toMatch(/测试|@example\.invalid|000-0000/);

  const down = await system.get<Health>('/api/health/details');
  expect(down.body.channels.find(({ channel }) => channel === 'email')).toMatchObject({
    lastResult: 'failed',
  });

  await system.smtp.start();
  const { status, body } = await system.post<{ retried: string[] }>(`${place}/retry`, {
    reason: '邮件服务已恢复',
  });
  expect(status).toBe(200);
  expect(body.retried.length).toBeGreaterThan(0);
  const detail = await incident.when('everybody is told', allSettled);
  const sent = entriesOf(detail, 'messageSent').map(({ data }) => data.key);
  const arrived = incident.mails().map((mail) => noticeIn(mail).key as unknown);
  expect(arrived.toSorted()).toEqual(sent.toSorted());

  // At once, and not when their turn would have come.
  const due = new Map(seen.activities.map(({ id, nextAttemptAt }) => [id, nextAttemptAt!]));
  for (const { at, data } of entriesOf(detail, 'messageSettled'))
    expect(at < due.get(String(data.key))!).toBe(true);

  const { body: changes } = await system.get<{ changes?: unknown[] }>('/api/changes?area=operations');
  expect(JSON.stringify(changes)).toContain('retryNow');
  expect(JSON.stringify(changes)).not.toContain('邮件服务已恢复');
});

test('health names who takes from each queue, what waits there, and how each channel went last', async () => {
  const { status, body } = await system.get<Health>('/api/health/details');
  expect([status, body.temporal.state, body.register.state]).toEqual([200, 'ok', 'ok']);
  expect(body.queues.map(({ queue, kind }) => `${queue} ${kind}`)).toEqual([
    'fenghuo workflow',
    'fenghuo activity',
    'fenghuo-record workflow',
    'fenghuo-record activity',
    'fenghuo-drills activity',
  ]);
  for (const { pollers } of body.queues) expect(pollers.length).toBeGreaterThan(0);
  expect(body.channels.find(({ channel }) => channel === 'email')?.accepted).toBeGreaterThanOrEqual(9);
});

test('what is not there is not retried', async () => {
  const nowhere = '/api/incidents/9b2f6c7e-0000-4000-8000-000000000000/activities';
  expect((await system.get<{ code: string }>(nowhere)).body.code).toBe('UNKNOWN_INCIDENT');
  const incident = await report(system);
  const { status, body } = await system.post<{ code: string }>(
    `/api/incidents/${incident.id}/activities/retry`,
    { activity: 'nothing', reason: '测试理由' },
  );
  expect([status, body.code]).toEqual([404, 'UNKNOWN_ACTIVITY']);
});

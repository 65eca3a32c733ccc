import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { IncidentId } from '../../src/incident/ids.ts';
import { noticeIn, receiptLink } from '../harness/mail.ts';
import { until } from '../harness/until.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** As an office's own system sends it; everybody in it is invented. */
const REPORT = {
  office: 'jia',
  eventType: null,
  place: '测试地点',
  situation: '测试情况',
  occurredAt: '2026-03-07T02:10:00+08:00',
  discoveredAt: '2026-03-07T02:13:00+08:00',
  subjects: [{ name: '测试丁' }],
  reporter: { name: '测试甲一' },
};
/** A bound against waiting for ever, on the busiest machine. */
const TRY_FOR_MS = 600_000;

/** A report, sent again under its key until it is answered, as the console and other systems do. */
async function reportOne(world: World): Promise<IncidentId> {
  const key = randomUUID();
  return until(
    'a report to be taken',
    async () => {
      try {
        const headers = { 'idempotency-key': key };
        const { status, body } = await world.post<{ id: IncidentId }>('/api/incidents', REPORT, headers);
        return status === 201 || status === 200 ? body.id : null;
      } catch {
        await pause(200);
        return null;
      }
    },
    TRY_FOR_MS,
  );
}

/** Whoever was told first opens the link and confirms, again until it is answered. */
async function confirmFirst({ smtp }: World, id: IncidentId): Promise<void> {
  const mail = await until(
    'the first mail',
    async () => smtp.messages.find((message) => noticeIn(message).incidentId === id),
    TRY_FOR_MS,
  );
  await until(
    'a receipt to be taken',
    async () => {
      const answer = await fetch(receiptLink(mail), { method: 'POST' }).catch(() => null);
      if (!answer?.ok) await pause(200);
      return answer?.ok ?? false;
    },
    TRY_FOR_MS,
  );
}

/**
 * `count` incidents one after the other, `gap` seconds apart at most; every third is confirmed. Gives those that were accepted, each with when it was
 * first tried, in ms of the wall clock.
 */
export async function drive(
  world: World,
  random: Random,
  { count, gap }: { count: number; gap: number },
): Promise<Map<IncidentId, number>> {
  const accepted: Promise<[IncidentId, number]>[] = [];
  const confirmed: Promise<void>[] = [];
  for (let nr = 0; nr < count; nr += 1) {
    const report = reportOne(world);
    const askedAt = Date.now();
    accepted.push(report.then((id) => [id, askedAt]));
    if (nr % 3 === 0) confirmed.push(report.then((id) => confirmFirst(world, id)));
    await pause(random.between(0, gap) * 1_000);
  }
  const asked = new Map(await Promise.all(accepted));
  await Promise.all(confirmed);
  return asked;
}

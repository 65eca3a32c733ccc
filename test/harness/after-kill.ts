import { expect } from '@jest/globals';
import type { IncidentDetailBody } from '../../src/api/schemas.ts';
import { msBetween, plus, toMs, type Instant } from '../../src/incident/instant.ts';
import { entriesOf, type LiveIncident } from './incident.ts';
import { noticeIn } from './mail.ts';

/** How long every step of the township's ladder is in short.yaml. */
const STEP_MS = 3_000;
/** How late a deadline may be after a kill (design: what must always hold, 2). */
const LATE_MS = 3_000;

/**
 * Every step of the township's ladder came when it was due, or as soon as the system was back at `readyAt`, and none came
 * before its time. Gives how many milliseconds the latest was late.
 */
export function expectOnTime(detail: IncidentDetailBody, readyAt: Instant): number {
  const told = entriesOf(detail, 'messageSent')
    .filter(({ data }) => data.stageId === '1.reportTownship' && data.line === 'townshipCommandGroup')
    .map(({ at }) => at);
  const lateness = told.slice(1).map((at, index) => {
    const due = plus(told[index]!, STEP_MS);
    expect(msBetween(due, at)).toBeGreaterThanOrEqual(0);
    return toMs(at) - Math.max(toMs(due), toMs(readyAt));
  });
  expect(Math.max(...lateness)).toBeLessThanOrEqual(LATE_MS);
  return Math.max(...lateness);
}

/** What is on record as accepted has arrived, once, and nothing else has; the timeline has no gap. */
export function expectToldOnce(incident: LiveIncident, detail: IncidentDetailBody): void {
  const accepted = entriesOf(detail, 'messageSettled').filter(({ data }) => data.result === 'accepted');
  const arrived = incident.mails().map((mail) => noticeIn(mail).key as unknown);
  expect(arrived.sort()).toEqual(accepted.map(({ data }) => data.key).sort());
  expect(detail.timeline.map(({ seq }) => seq)).toEqual(detail.timeline.map((_, index) => index + 1));
}

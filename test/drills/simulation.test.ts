import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { msBetween, plus, type Instant } from '../../src/incident/instant.ts';
import { loadOrganisation } from '../../src/people/organisation.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { layGround, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';

/**
 * What a simulation says against what the real thing does: the same plan, nobody answers, on a Temporal server whose clock
 * leaps. Who has duty is asked at the simulated hour, the night before a holiday ends, beside the drill's own clock.
 */
const AT = '2025-09-30T18:13:00.000Z';
let hour: Instant = AT;
let ground: DrillGround;
beforeAll(async () => {
  ground = await layGround({ now: () => hour });
}, 240_000);
afterEach(() => ground.clear());
afterAll(() => ground.leave());

/** Lets nobody answer, minute by minute. */
async function beSilent(drill: Drill, minutes: number): Promise<void> {
  for (let minute = 1; minute <= minutes; minute += 1) {
    hour = plus(AT, minute * 60_000);
    await drill.pass(1);
  }
}

/** Everybody told, with the whole minute, the person and the method: from the register. */
async function sentIn(drill: Drill): Promise<string[]> {
  const { timeline } = await drill.written();
  const start = timeline[0]!.at;
  const settled = new Map(
    timeline.filter(({ kind }) => kind === 'messageSettled').map(({ data }) => [data.key, data]),
  );
  return timeline
    .filter(({ kind }) => kind === 'messageSent')
    .map(({ at, data }) => {
      const { person, channel, result } = settled.get(data.key)!;
      const key = String(data.key).slice(37);
      return `${Math.round(msBetween(start, at) / 60_000)} ${data.kind} ${key} ${data.party} ${person} ${channel} ${result}`;
    });
}

/**
 * Within one minute a server's clock drifts by milliseconds, so that lines which fall due together come now in this order, now
 * in that: what was told in a minute is put in one order, minute stays after minute.
 */
const byMinute = (told: string[]): string[] =>
  told.toSorted((a, b) => parseInt(a, 10) - parseInt(b, 10) || a.localeCompare(b));

const simulated = async (branch: string, office: string, minutes: number): Promise<string[]> => {
  const { plan } = ground;
  const organisation = loadOrganisation('plans/organisation.sample.yaml');
  const trial = { plan, organisation, eventType: null, branch, office, at: AT, minutes };
  const { lines } = await simulate({ ...trial, served: ['inApp', 'email'] });
  return lines
    .filter(({ party }) => party !== null)
    .map(
      ({ minutes, what, key, party, person, by, result }) =>
        `${minutes} ${what} ${key} ${party} ${person} ${by} ${result}`,
    );
};

test('四（一）, silent for five and a half hours: the simulation told the same people, minute after minute', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await beSilent(drill, 330);
  const sent = await sentIn(drill);
  expect(sent.length).toBeGreaterThan(60);
  // By itself (自动催报), and not to the police.
  expect(sent.some((line) => line.includes('1.reportTownship/1/townshipCommandGroup/0/0'))).toBe(true);
  expect(byMinute(await simulated('abscondingSearch', 'jia', 330))).toEqual(byMinute(sent));
}, 400_000);

test('四（三）, where one person is alone and the next in line is told at once', async () => {
  const drill = await startDrill(ground, 'violentAct', { office: 'bing' });
  await beSilent(drill, 45);
  const sent = await sentIn(drill);
  expect(sent.some((line) => line.endsWith('noContact'))).toBe(true);
  expect(byMinute(await simulated('violentAct', 'bing', 45))).toEqual(byMinute(sent));
}, 240_000);

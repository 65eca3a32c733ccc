import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import * as messages from '../../src/workflows/messages.ts';
import { layGround, refusalOf, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';

/** Two reports of one event become one incident when a person confirms. No time passes here after a closing. */
let ground: DrillGround;
beforeAll(async () => {
  ground = await layGround();
}, 240_000);
afterEach(() => ground.clear());
afterAll(() => ground.leave());

const receivedAt = '2026-03-06T18:20:00.000Z';
const confirmed = { by: 'jia-1', reason: '测试理由' };
const absorb = async (drill: Drill, from: Drill) =>
  drill.say(messages.absorb, {
    from: from.id,
    branch: (await from.position()).branch,
    receivedAt,
    ...confirmed,
  });
const merge = (drill: Drill, into: Drill) => drill.say(messages.mergeInto, { into: into.id, ...confirmed });

test('the one ends as merged and tells nobody any more; the other goes on and keeps both times of receipt', async () => {
  const [first, second] = [await startDrill(ground, 'violentAct'), await startDrill(ground, 'violentAct')];
  await absorb(first, second);
  await merge(second, first);
  await second.ended();
  expect((await second.written()).incident).toMatchObject({ status: 'closed', closedAs: 'merged' });
  expect((await second.position()).next).toEqual([]);
  const absorbed = (await first.written()).timeline.find(({ kind }) => kind === 'incidentAbsorbed');
  expect(absorbed!.data).toMatchObject({ from: second.id, receivedAt });
  expect(await first.open()).toContain('policeCall');
}, 240_000);

test('an incident is merged neither into itself nor in a ring', async () => {
  const [first, second] = [await startDrill(ground, 'riskSigns'), await startDrill(ground, 'riskSigns')];
  expect(await refusalOf(absorb(first, first))).toBe('MergeRing');
  expect(await refusalOf(merge(first, first))).toBe('MergeRing');
  await absorb(first, second);
  expect(await refusalOf(merge(first, second))).toBe('MergeRing');
  await merge(second, first);
  await second.ended();
}, 240_000);

test('a graver branch is not merged into another, and nothing is merged into what is about to end', async () => {
  const [signs, act] = [await startDrill(ground, 'riskSigns'), await startDrill(ground, 'violentAct')];
  expect(await refusalOf(absorb(signs, act))).toBe('OtherBranch');
  await signs.switchTo('violentAct');
  await signs.say(messages.proposeClosing, { by: 'jia-1', as: 'falseAlarm', evidence: '测试' });
  expect(await refusalOf(absorb(signs, act))).toBe('ClosingProposed');
  expect(await act.open()).toContain('policeCall');
}, 240_000);

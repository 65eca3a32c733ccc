import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Instant } from '../../src/incident/instant.ts';
import { loadOrganisation, type Organisation } from '../../src/people/organisation.ts';
import { at } from '../../src/people/testing.ts';
import { layGround, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';

/** The shift changes at 20:00, between the first and the second step of one party's ladder. On the Wushen plan. */
const BEFORE = at('2026-03-09 19:50');
const AFTER = at('2026-03-09 20:01');

/** The sample with a roster for 甲镇司法所: 测试甲一 by day, 测试甲三 by night, and 测试甲二 for whom there is no shift. */
function organisation(): Organisation {
  const sample = loadOrganisation('plans/organisation.sample.yaml');
  const third = {
    ...sample.people.find(({ id }) => id === 'jia-1')!,
    id: 'jia-3',
    name: '测试甲三',
    email: 'jia-3@example.invalid',
  };
  const turn = { as: 'officer' as const, every: 'day' as const, from: '2026-01-01' };
  const roster = {
    shifts: {
      day: { name: '白班', from: '08:00', to: '20:00' },
      night: { name: '夜班', from: '20:00', to: '08:00' },
    },
    rotations: [
      { ...turn, shift: 'day', turns: [['jia-1']] },
      { ...turn, shift: 'night', turns: [['jia-3']] },
    ],
    dated: [],
    overrides: [],
    swaps: [],
  };
  return {
    ...sample,
    people: [...sample.people, third],
    bodies: sample.bodies.map((body) => (body.id === 'jia' ? { ...body, roster } : body)),
  };
}

let ground: DrillGround;
let clock: Instant = BEFORE;
beforeAll(async () => {
  ground = await layGround({ organisation: organisation(), now: () => clock });
}, 240_000);
afterEach(async () => {
  await ground.clear();
  clock = BEFORE;
});
afterAll(() => ground.leave());

/** Who of the office was told to call the police, step by step. */
const told = async (drill: Drill): Promise<(string | null)[]> => {
  const { branches } = await drill.written();
  const stage = branches[0]!.stages.find(({ stage }) => stage === 'policeCall')!;
  return stage.told
    .filter(({ key, party }) => key.includes('/judicialOffice/') && party === 'judicialOffice')
    .map(({ person }) => person);
};

test('whoever has come on duty between two steps is told, and not passed over for who was told before', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.pass(1);
  expect(await told(drill)).toEqual(['jia-1']);
  clock = AFTER;
  await drill.pass(8);
  expect(await told(drill)).toEqual(['jia-1', 'jia-3']);
}, 240_000);

test('without a change of shift the second step is the deputy’s', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.pass(8);
  expect(await told(drill)).toEqual(['jia-1', 'jia-2']);
}, 240_000);

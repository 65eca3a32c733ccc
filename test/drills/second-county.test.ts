import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { loadPlan } from '../../src/plan/load.ts';
import { layGround, startDrill, type DrillGround } from '../harness/drill.ts';

/** Another county's plan on the same engine: no township level, branches of its own as data, response levels. */
let ground: DrillGround;
beforeAll(async () => {
  ground = await layGround({
    planPath: 'plans/second-county.yaml',
    organisationPath: 'plans/second-organisation.sample.yaml',
  });
}, 240_000);
afterEach(() => ground.clear());
afterAll(() => ground.leave());

const EAST = { office: 'east', numberSeries: { prefix: 'HS', year: 2026, drill: false } };
const HOUR = 60;

test('a branch that is data alone opens its stages group after group, each at one instant', async () => {
  const drill = await startDrill(ground, 'fire', EAST);
  expect((await drill.handle.describe()).type).toBe('stagedResponse');
  const own = async () => (await drill.position()).openStages.filter((id) => id.startsWith('1.'));
  expect(await own()).toEqual(['1.evacuate', '1.callRescue']);
  await drill.record('evacuate', 'evacuated', 'east-1');
  expect(await own()).toEqual(['1.callRescue']);
  await drill.record('callRescue', 'called', 'east-1');
  expect(await own()).toEqual(['1.headcount', '1.tellCentre']);
  await drill.record('headcount', 'injured', 'east-1');
  expect(await own()).toEqual(['1.tellCentre', '1.hospitalVisit']);
  await drill.record('tellCentre', 'reported', 'east-1');
  expect(await own()).toContain('1.restart');
}, 240_000);

test('an outcome of it leads on to a branch of 四: somebody is missing at the headcount', async () => {
  const drill = await startDrill(ground, 'fire', EAST);
  await drill.record('evacuate', 'evacuated', 'east-1');
  await drill.record('callRescue', 'called', 'east-1');
  await drill.record('headcount', 'missing', 'east-1');
  await drill.written();
  expect((await drill.handle.describe()).type).toBe('abscondingSearch');
  expect(await drill.open()).toContain('search');
}, 240_000);

test('a person chooses the response level, and is asked until one does', async () => {
  const drill = await startDrill(ground, 'roadAccident', EAST);
  expect(await drill.open()).toContain('chooseLevel');
  await drill.record('chooseLevel', 'orange', 'centre-1');
  expect(await drill.open()).not.toContain('chooseLevel');
}, 240_000);

test('what cannot be controlled is reported; there is no township group, so nobody is asked to activate anything', async () => {
  const drill = await startDrill(ground, 'riskSigns', EAST);
  await drill.record('initialResponse', 'notControllable', 'east-1');
  const open = await drill.open();
  expect(open).toContain('activationReport');
  expect(open).not.toContain('activationRequest');
}, 240_000);

test('not one name of the Wushen plan stands in what it sends, hours of silence included', async () => {
  const { parties } = loadPlan('plans/wushen-2025.yaml');
  const names = Object.values(parties).flatMap(({ name, aliases }) => [name, ...aliases]);
  for (const branch of ['triage', 'abscondingSearch', 'riskSigns', 'violentAct', 'fire', 'roadAccident']) {
    await startDrill(ground, branch, EAST);
  }
  const drill = await startDrill(ground, 'violentAct', EAST);
  await drill.pass(2 * HOUR);
  const sent = ground.smtp.messages.map(({ text, subject }) => `${subject}\n${text}`).join('\n');
  expect(sent).toContain('片区工作站');
  for (const name of [...names, '苏木', '旗', '嘎查', '乌审']) expect(sent).not.toContain(name);
}, 240_000);

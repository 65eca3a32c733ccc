import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { IncidentDetailBody } from '../../src/api/schemas.ts';
import { LONG_PLAN, startSystem, type System } from '../harness/system.ts';
import { until } from '../harness/until.ts';

/** One incident from the report to the approved closing, by commands alone, on the Wushen plan. */
jest.setTimeout(240_000);

let system: System;
let id: string;
let number: string;
beforeAll(async () => {
  system = await startSystem({ plan: LONG_PLAN });
});
afterAll(() => system?.leave());

interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

/** `fenghuo` as somebody types it where the server runs. */
async function fenghuo(...words: string[]): Promise<Run> {
  const env = { PATH: process.env.PATH, PORT: new URL(system.url).port, FENGHUO_DATA: system.dataDir };
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...words], { env });
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (failed: Run) => failed,
  );
}

/** The same, sure that it was taken: what it printed. */
async function done(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await fenghuo(...words);
  if (code !== 0) throw new Error(`fenghuo ${words[0]} ended with ${code}: ${stderr}`);
  return stdout.trim();
}

const detail = async (): Promise<IncidentDetailBody> =>
  (await system.get<IncidentDetailBody>(`/api/incidents/${id}`)).body;
const by = ['--by', 'jia-1'];
const evidence = ['--evidence', '测试证据'];
const reason = ['--reason', '测试理由'];
const outcome = (stage: string, is: string): Promise<string> =>
  done('outcome', number, stage, is, ...by, ...evidence);

test('reported by a command, the incident is in the list with its number', async () => {
  const said = await done(
    'report',
    '--office',
    'jia',
    '--type',
    'riskSign',
    '--situation',
    '测试情况',
    '--subject',
    '测试丁',
  );
  expect(said).toContain('苗头迹象处置（四（二））');
  id = /^id (\S+)$/m.exec(said)![1]!;
  number = (await until('it has its number', async () => (await detail()).number))!;
  const [line] = (await done('incidents', '--office', 'jia', '--number', number)).split('\n');
  expect(line).toMatch(new RegExp(`^${number} {2}open {2}苗头迹象处置 .*${id}$`));
});

test('what is learnt, who else it is about and how they are is told by number', async () => {
  expect(await done('facts', number, 'enrolled=yes', 'place=测试地点', ...by)).toContain('place, enrolled');
  expect(await done('subjects', number, '--subject', '测试戊', ...by)).toBe('added: 2');
  await done('states', number, '--subject', '2', '--safety', 'safe', ...by);
  await done('add-report', number, 'followUpReport', '--development', '测试进展', ...by);
  await done('still-responding', number, ...by);
  expect(await done('take-over', number, '1.learnFacts', '--by', 'jia-2', ...reason)).toContain(
    '1.learnFacts',
  );
  await until('it is on record', async () => (await detail()).subjects[1]?.safety === 'safe');
  const shown = await done('show', number);
  for (const said of ['place: 测试地点', 'subject 2  测试戊  -  safe', '1.learnFacts  了解情况', '先期处置'])
    expect(shown).toContain(said);
});

test('a refusal ends with 1 and says what to do; a call that cannot be meant ends with 2', async () => {
  const refused = await fenghuo('switch', number, 'flood', ...by, ...reason);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(/^UNKNOWN_BRANCH: .+\n {2}Choose one of these branches\.\n/);
  expect((await fenghuo('switch', number, 'violentAct', ...by)).code).toBe(2);
});

test('a sub-case is opened, ended as a false alarm, and another report is merged', async () => {
  const opened = await done(
    'sub-case',
    number,
    'abscondingSearch',
    '--subject',
    '2',
    '--situation',
    '测试失联',
    ...by,
    ...reason,
  );
  const subCase = opened.replace('opened: ', '');
  await done('close', subCase, '--false-alarm', ...by, ...evidence);
  expect(await done('approve', subCase, '--by', 'leading-1', ...reason)).toContain('closed at');
  const second = await done('report', '--office', 'jia', '--type', 'riskSign', '--situation', '测试又报');
  const other = /^id (\S+)$/m.exec(second)![1]!;
  await until('it is on record', async () => (await system.get(`/api/incidents/${other}`)).status === 200);
  expect(await done('duplicates', number)).toContain(other);
  expect(await done('merge', other, number, ...by, ...reason)).toContain(`merged into ${id}`);
});

test('it becomes an act, is dealt with, and is closed by two people, all by commands', async () => {
  expect(await done('switch', number, 'violentAct', ...by, ...reason)).toContain('begin with 2.');
  expect(await outcome('2.policeCall', 'called')).toBe('2.policeCall ended: called');
  await outcome('0.initialResponse', 'underway');
  await done('response-ended', number, ...by, ...evidence);
  expect(await done('approve', number, '--by', 'leading-1', ...reason)).toContain('goes on in aftermath');
  const action = ['--owner', 'judicialOffice', '--due', '2034-01-01T00:00:00+08:00', '--action', '测试整改'];
  expect(await done('corrective-action', number, '--by', 'leading-1', ...action)).toContain(
    '3.correctiveAction_1',
  );
  expect(await outcome('3.correctiveAction_1', 'corrected')).toContain('ended');
  await done('close', number, ...by, ...evidence);
  expect(await done('approve', number, '--by', 'leading-1', ...reason)).toContain('closed at');
  await until('it is closed on record', async () => (await detail()).status === 'closed');
  expect(
    JSON.parse(await done('incidents', '--status', 'closed', '--number', number, '--json')),
  ).toMatchObject([{ id, number, status: 'closed' }]);
  expect((await fenghuo('still-responding', number, ...by)).stderr).toMatch(/^IncidentClosed: /);
});

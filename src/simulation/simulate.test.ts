import { expect, test } from '@jest/globals';
import { loadOrganisation } from '../people/organisation.ts';
import { loadPlan, readPlanText } from '../plan/load.ts';
import { broken, WUSHEN } from '../plan/testing.ts';
import { compareSimulations } from './compare.ts';
import { simulate, type Trial } from './simulate.ts';

const plan = loadPlan(WUSHEN);
const organisation = loadOrganisation('plans/organisation.sample.yaml');

/** 02:13 on National Day: nobody answers for five hours and a half. */
const NIGHT: Trial = {
  plan,
  organisation,
  eventType: 'outOfSupervision',
  office: 'jia',
  at: '2025-09-30T18:13:00.000Z',
  minutes: 330,
};

test('a search that nobody answers climbs to the bureau chief, and after five hours the reports open by themselves', async () => {
  const { branch, lines, truncated } = await simulate(NIGHT);
  expect(branch).toBe('abscondingSearch');
  expect(truncated).toBe(false);
  const first = lines.filter(({ key }) => /^1\.search\/1\/judicialOffice\/\d\/0$/.test(key));
  expect(first.map(({ minutes, party }) => [minutes, party])).toEqual([
    [0, 'judicialOffice'],
    [10, 'judicialOffice'],
    [20, 'dutyLeader'],
    [30, 'bureauChief'],
  ]);
  const opened = lines.filter(({ what, automatic }) => what === 'opened' && automatic);
  expect(opened.map(({ minutes, stage }) => [minutes, stage])).toEqual([
    [300, 'reportTownship'],
    [300, 'reportLeadingGroup'],
    [300, 'policePhone'],
    [300, 'signNotice'],
  ]);
  // A machine does not tell the police that somebody was not found.
  expect(lines.some(({ party }) => party === 'policeStation')).toBe(false);
});

test('the person is tried by one method after the other, until the next in line is due', async () => {
  const { lines } = await simulate({ ...NIGHT, minutes: 9 });
  const search = lines.filter(({ key }) => key.startsWith('1.search/1/judicialOffice'));
  expect(search.map(({ minutes, by, person }) => [minutes, by, person])).toEqual([
    [0, 'sms', 'jia-1'],
    [1, 'voice', 'jia-1'],
    [2, 'voice', 'jia-1'],
    [3, 'email', 'jia-1'],
  ]);
});

test('a drill tells no outside party', async () => {
  const act = { ...NIGHT, branch: 'violentAct', minutes: 60 };
  const resultsIn = async (trial: Trial) =>
    new Set((await simulate(trial)).lines.filter(({ outside }) => outside).map(({ result }) => result));
  expect(await resultsIn(act)).toEqual(new Set(['accepted']));
  expect(await resultsIn({ ...act, drill: true })).toEqual(new Set(['withheld']));
});

test('two simulations at once do not disturb each other', async () => {
  const alone = await simulate(NIGHT);
  const [one, other] = await Promise.all([simulate(NIGHT), simulate({ ...NIGHT, branch: 'riskSigns' })]);
  expect(one).toEqual(alone);
  expect(other.branch).toBe('riskSigns');
});

test('a type without a clause of its own is simulated as what it is: somebody has to choose', async () => {
  const { branch, marks } = await simulate({ ...NIGHT, eventType: 'massIncident' });
  expect([branch, marks]).toEqual(['triage', ['noBranchOfItsOwn']]);
});

test('two editions, line by line: what comes earlier, and what is no longer told', async () => {
  const shorter = readPlanText(broken(['    stages:\n      search:…within: PT4H', 'within: PT1H']));
  const [before, after] = [await simulate(NIGHT), await simulate({ ...NIGHT, plan: shorter })];
  const rows = compareSimulations(before, after);
  expect(rows.find(({ key }) => key === '1.search/1/overdueNow')).toMatchObject({
    change: 'earlier',
    before: { minutes: 240 },
    after: { minutes: 60 },
  });
  expect(rows.find(({ key }) => key === '1.search/1/judicialOffice/0/0')?.change).toBe('same');
  expect(compareSimulations(before, before).every(({ change }) => change === 'same')).toBe(true);
  expect(rows.filter(({ change }) => change === 'gone')).toEqual([]);
});

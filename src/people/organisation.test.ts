import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { METHODS } from './methods.ts';
import { loadPlan } from '../plan/load.ts';
import {
  bodyFor,
  callBackNumber,
  contactFor,
  triesFor,
  isOfParty,
  loadOrganisation,
  offices,
  OrganisationError,
  personById,
  unfilledParties,
} from './organisation.ts';

const SAMPLE = 'plans/organisation.sample.yaml';
const text = readFileSync(SAMPLE, 'utf8');
const sample = loadOrganisation(SAMPLE);
/** Nobody in the sample has a roster, so that any instant will do. */
const NOW = '2026-03-06T18:13:00.000Z';
const plan = loadPlan('plans/wushen-2025.yaml');

/** The sample with each `[was, is]` changed once; fails when there is nothing to change. */
const changed = (...changes: [was: string, is: string][]) =>
  changes.reduce((before, [was, is]) => {
    if (!before.includes(was)) throw new Error(`nothing to change: ${was}`);
    return before.replace(was, () => is);
  }, text);

const read = (source: string) => loadOrganisation({ name: 'organisation.yaml', text: source });

const lineOf = (file: string, mark: string) => file.slice(0, file.indexOf(mark)).split('\n').length;

function problemsOf(source: string) {
  try {
    read(source);
  } catch (error) {
    if (error instanceof OrganisationError) return error.problems;
    throw error;
  }
  throw new Error('this organisation was expected to be refused');
}

test('the sample has three offices and fills every party of both plans', () => {
  expect(offices(sample)).toEqual([
    { id: 'jia', name: '甲镇司法所' },
    { id: 'yi', name: '乙镇司法所' },
    { id: 'bing', name: '丙苏木司法所' },
  ]);
  for (const path of ['plans/wushen-2025.yaml', 'plans/demonstration.yaml']) {
    expect(unfilledParties(loadPlan(path), sample)).toEqual([]);
  }
});

test('nobody in the sample can be reached by a real mail', () => {
  for (const person of sample.people) {
    expect(person.email).toMatch(/@example\.invalid$/);
    expect(person.name).toMatch(/^(测试|演示)/);
  }
});

test('each office has its own township group and police station, and shares the leading-group office', () => {
  expect(bodyFor(sample, 'townshipCommandGroup', 'yi')?.id).toBe('township-yi');
  expect(bodyFor(sample, 'policeStation', 'bing')?.id).toBe('police-bing');
  expect(bodyFor(sample, 'judicialOffice', 'yi')?.id).toBe('yi');
  expect(bodyFor(sample, 'leadingGroupOffice', 'jia')).toBe(bodyFor(sample, 'leadingGroupOffice', 'bing'));
  expect(bodyFor(sample, 'townshipCommandGroup', 'nowhere')).toBeNull();
  expect(bodyFor(sample, 'ministry', 'jia')).toBeNull();
});

test('the first contact is told first, the second is next', () => {
  const told = (contact: number) =>
    contactFor(sample, { party: 'judicialOffice', office: 'jia', contact }, NOW)?.id;
  expect(told(1)).toBe('jia-1');
  expect(told(2)).toBe('jia-2');
});

test('whoever stands by now where somebody else was told before comes first; the second told twice is nobody', () => {
  const second = (tried: string[], contacts = [1], contact = 2) => {
    const place = { party: 'judicialOffice', office: 'jia', contact, before: { contacts, tried } };
    return contactFor(sample, place, NOW)?.id;
  };
  expect(second(['jia-1'])).toBe('jia-2'); // nobody has changed
  expect(second(['jia-3'])).toBe('jia-1'); // 甲三 was told, and is off duty since
  expect(second(['jia-1', 'jia-2'])).toBe('jia-2'); // all were told: the place counts, as ever
  expect(second(['jia-3'], [])).toBe('jia-2'); // a ladder that begins with the second means the second
  expect(second(['jia-1', 'jia-2'], [1, 2], 3)).toBeUndefined(); // there is no third: the step is empty
  expect(second(['jia-1', 'jia-3'], [1, 2], 3)).toBe('jia-2');
});

test('an empty step is empty: no second person, no address, no body, no such contact', () => {
  const lost = read(changed([", email: yi-1@example.invalid, phone: '139 0000 0003'", '']));
  expect(contactFor(sample, { party: 'judicialOffice', office: 'bing', contact: 2 }, NOW)).toBeNull();
  const unreachable = contactFor(lost, { party: 'judicialOffice', office: 'yi', contact: 1 }, NOW)!;
  expect(triesFor(lost, unreachable, { party: 'judicialOffice', office: 'yi' }, METHODS)).toEqual([]);
  expect(contactFor(lost, { party: 'judicialOffice', office: 'yi', contact: 2 }, NOW)?.id).toBe('yi-2');
  expect(contactFor(sample, { party: 'ministry', office: 'jia', contact: 1 }, NOW)).toBeNull();
  expect(contactFor(sample, { party: 'judicialOffice', office: 'jia', contact: 0 }, NOW)).toBeNull();
});

test('a party without anybody to tell is a warning that names the offices', () => {
  const file = changed(
    ['contacts: [police-yi-1]', 'contacts: []'],
    ['      email: chief@example.invalid,\n', ''],
  );
  expect(unfilledParties(plan, read(file), ['email'])).toEqual([
    { party: 'bureauChief', name: '旗司法局局长', offices: ['jia', 'yi', 'bing'] },
    { party: 'policeStation', name: '派出所', offices: ['yi'] },
  ]);
});

test('somebody with two posts is of both parties, for the offices that these serve', () => {
  expect(isOfParty(sample, 'leading-2', ['leadingGroupOffice'], 'jia')).toBe(true);
  expect(isOfParty(sample, 'leading-2', ['dutyLeader'], 'jia')).toBe(true);
  expect(isOfParty(sample, 'leading-1', ['dutyLeader'], 'jia')).toBe(false);
  expect(isOfParty(sample, 'township-bing-leader', ['townshipCommandGroup'], 'bing')).toBe(true);
  expect(isOfParty(sample, 'township-bing-leader', ['townshipCommandGroup'], 'jia')).toBe(false);
});

test('who may approve a closing: the leading-group office and the leaders, not the office, not a stranger', () => {
  const mayApprove = (person: string) => isOfParty(sample, person, plan.approvers, 'jia');
  expect(['leading-1', 'deputy-1', 'chief'].map(mayApprove)).toEqual([true, true, true]);
  expect(['jia-1', 'police-jia-1', 'nobody'].map(mayApprove)).toEqual([false, false, false]);
});

test('people are found by id, and an office by its call-back number', () => {
  expect(personById(sample, 'bing-1')?.name).toBe('测试丙一');
  expect(personById(sample, 'nobody')).toBeNull();
  expect(callBackNumber(sample, 'bing')).toBe('000-0000-0301');
  expect(callBackNumber(sample, 'police-jia')).toBeNull();
});

test('ten mistakes show all at once, each with its line', () => {
  const file = changed(
    ['numberPrefix: YS', 'numberPrefix: 演示'],
    ['callBack: 000-0000-0101', 'callBack: 1000000101'],
    ['contacts: [yi-1, yi-2]', 'contacts: [yi-1, yi-9]'],
    ['callBack: 000-0000-0301', 'callback: 000-0000-0301\n    callBack: 000-0000-0301'],
    ['serves: [yi]', 'serves: [yii]'],
    ['party: bureauChief\n', 'party: dutyLeader\n'],
    ['id: general-office', 'id: bureau-chief'],
    ['body: general-office', 'body: bureau-chief'],
    ['post: 所长, body: jia', 'post: 所长, body: jai'],
    ['jia-2@example.invalid', 'jia-2 at example'],
    ['      id: yi-2,', '      id: yi-1,'],
  );
  const problems = problemsOf(file);
  expect(problems.map(({ line, path }) => [line, path])).toEqual([
    [lineOf(file, 'numberPrefix'), 'numberPrefix'],
    [lineOf(file, 'callBack: 1000000101'), 'bodies.0.callBack'],
    [lineOf(file, 'yi-9'), 'bodies.1.contacts.1'],
    [lineOf(file, 'callback:'), 'bodies.2.callback'],
    [lineOf(file, '[yii]'), 'bodies.4.serves.0'],
    [lineOf(file, 'id: bureau-chief') + 2, 'bodies.14.party'],
    [lineOf(file, 'name: 演示旗司法局办公室') - 1, 'bodies.15.id'],
    [lineOf(file, 'body: jai'), 'people.0.body'],
    [lineOf(file, 'jia-2 at example'), 'people.1.email'],
    [lineOf(file, 'name: 测试乙二') - 1, 'people.3.id'],
  ]);
});

test('a refused organisation has its own code, and its message shows nobody’s address or number', () => {
  const file = changed(
    ['jia-2@example.invalid', 'jia-2 at example'],
    ['callBack: 000-0000-0101', 'callBack: 1000000101'],
  );
  expect(() => read(file)).toThrow(expect.objectContaining({ code: 'ORGANISATION_INVALID' }));
  expect(() => read(file)).toThrow(/people\.1\.email: is no e-mail address/);
  expect(() => read(file)).toThrow(/text: put it in quotes/);
  expect(() => read(file)).not.toThrow(/jia-2 at|1000000101/);
});

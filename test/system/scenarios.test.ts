import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { msBetween } from '../../src/incident/instant.ts';
import type { IncidentDetailBody } from '../../src/api/schemas-detail.ts';
import { expectToldOnce } from '../harness/after-kill.ts';
import {
  allSettled,
  entriesOf,
  incidentOf,
  openedWith,
  report,
  REPORT,
  stageOf,
  stagesOf,
  tellingsOf,
  type Accepted,
  type LiveIncident,
} from '../harness/incident.ts';
import { noticeIn, receiptLink } from '../harness/mail.ts';
import { LONG_PLAN, startSystem, type System } from '../harness/system.ts';

/**
 * The eight worked cases, each a story on the real server with real mail. Where the story waits for silence it runs on the plan
 * of seconds, else on the Wushen plan. Everybody in it is invented.
 */
jest.setTimeout(240_000);

/** On the Wushen plan; in the organisation nobody of the township group of office yi has an address. */
let wushen: System;
let seconds: System;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-scenarios-'));
  const organisation = await readFile('plans/organisation.sample.yaml', 'utf8');
  const FENGHUO_ORGANISATION = join(folder, 'organisation.yaml');
  await writeFile(FENGHUO_ORGANISATION, organisation.replaceAll(/^ *email: township-yi-[12]@.*\n/gm, ''));
  [wushen, seconds] = await Promise.all([
    startSystem({ plan: LONG_PLAN, settings: { FENGHUO_ORGANISATION } }),
    startSystem(),
  ]);
});
afterAll(async () => {
  await wushen?.leave();
  await seconds?.leave();
  await rm(folder, { recursive: true, force: true });
});

const by = 'jia-1';
const done = (body: object = {}) => ({ status: 200, body: expect.objectContaining(body) });

/** Ends stages one after the other, each once it is open. */
async function carryOut(incident: LiveIncident, steps: Record<string, string>, who = by): Promise<void> {
  for (const [stage, outcome] of Object.entries(steps)) {
    await incident.when(`${stage} is open`, (d) => stageOf(d, stage)?.resolvedAt === null);
    expect([stage, await incident.record(stage, outcome, who)]).toMatchObject([stage, done({ outcome })]);
  }
}

/** 四（三）: police call, both reports and the way to the scene, none of which waits for another. */
const ACT = ['cooperation', 'departure', 'policeCall', 'reportLeadingGroup', 'reportTownship'];

/** The police and both recipients of the report have their mail. */
async function actIsTold(incident: LiveIncident, entry: number): Promise<void> {
  await incident.mail({ person: 'police-jia-1', stageId: `${entry}.policeCall` });
  await incident.mail({ person: 'township-jia-1', stageId: `${entry}.reportTownship` });
  await incident.mail({ person: 'leading-1', stageId: `${entry}.reportLeadingGroup` });
}

const peopleTold = (incident: LiveIncident): string[] =>
  incident.mails().map((mail) => noticeIn(mail).person);
const isOutside = (person: string): boolean => /^(police|procuratorate|city)-/.test(person);
/** Stages that a clock still runs for. */
const clocksOf = async (incident: LiveIncident): Promise<Set<string>> =>
  new Set((await incident.history()).next!.map(({ stageId }) => stageId));

test('case 1, found in time: a search record, no notice to the police, closed by a named person', async () => {
  const incident = await report(wushen, {
    eventType: 'lostContact',
    occurredAt: '2026-03-04T09:20:00+08:00',
    discoveredAt: '2026-03-04T09:20:00+08:00',
    situation: '测试:未签到，电话关机',
    subjects: [{ name: '测试张' }],
  });
  await incident.mail({ person: 'jia-1', stageId: '1.search' });
  await carryOut(incident, { '0.initialResponse': 'controlled', '1.search': 'foundComplies' });
  await incident.act('subjects/states', {
    by,
    changes: [{ subject: 1, safety: 'safe', outcome: 'complies', note: '测试:手机损坏' }],
  });
  // What follows from the days away is for the agency to judge.
  await incident.mail({ person: 'agency-1', stageId: '1.admonition' });
  await carryOut(incident, { '1.admonition': 'notNeeded' }, 'agency-1');
  await incident.mail({ person: 'jia-1', stageId: '1.proposeClosing' });

  const detail = await incident.close();
  const search = stageOf(detail, '1.search')!;
  expect(search).toMatchObject({ outcome: 'foundComplies', resolvedBy: by, overdueAt: null });
  expect(msBetween(search.resolvedAt!, search.dueAt!)).toBeGreaterThan(0);
  expect(stageOf(detail, '1.policeNotice')).toBeUndefined();
  expect(detail.subjects).toMatchObject([{ name: '测试张', safety: 'safe', outcome: 'complies' }]);
  const [closed] = entriesOf(detail, 'incidentClosed');
  expect(closed).toMatchObject({
    data: { by: 'leading-1', proposedBy: by, as: 'responseEnded' },
    personal: { reason: expect.any(String) },
  });
  expect(peopleTold(incident).filter((person) => isOutside(person) || person.startsWith('township'))).toEqual(
    [],
  );
  expectToldOnce(incident, detail);
});

test('case 2, found dead: the search becomes 四（三）at once, its clocks stop, its record stays', async () => {
  const incident = await report(wushen, { eventType: 'lostContact', subjects: [{ name: '测试李' }] });
  await carryOut(incident, { '1.search': 'stillSearching' });
  await carryOut(incident, { '1.search': 'searchFailed' });
  const failed = await incident.when('查找未果 is on record', (d) => !!stageOf(d, '1.jointSearch'));
  expect(openedWith(failed, 1, 'search')).toEqual(['search']);
  expect(openedWith(failed, 1, 'jointSearch')).toEqual(
    expect.arrayContaining(['reportTownship', 'reportLeadingGroup', 'policeNotice', 'jointSearch']),
  );
  await carryOut(incident, { '1.reportTownship': 'reported', '1.reportLeadingGroup': 'reported' });
  await carryOut(incident, { '1.signNotice': 'signed' }, 'deputy-1');
  await carryOut(incident, { '1.policeNotice': 'delivered' });

  // In the morning he is found, at the river.
  await carryOut(incident, { '1.jointSearch': 'foundDead' });
  await actIsTold(incident, 2);
  for (const stageId of ['1.tellFound', '1.recallNotice']) await incident.mail({ person: by, stageId });
  const turned = await incident.when('the act is entered', (d) => d.branches.length === 2 && allSettled(d));
  expect(turned.branches[1]).toMatchObject({ branch: 'violentAct', chosen: 'person', by });
  expect(openedWith(turned, 2, 'policeCall')).toEqual(ACT);
  const told = [
    ...tellingsOf(turned, '2.policeCall', 'policeStation'),
    ...tellingsOf(turned, '2.reportTownship', 'townshipCommandGroup'),
    ...tellingsOf(turned, '2.reportLeadingGroup', 'leadingGroupOffice'),
  ];
  expect(told.map(({ person }) => person)).toEqual(['police-jia-1', 'township-jia-1', 'leading-1']);
  expect(new Set(told.map(({ at }) => at)).size).toBe(1);
  const fromTheSearch = [...(await clocksOf(incident))].filter((stageId) => stageId.startsWith('1.'));
  expect(fromTheSearch.sort()).toEqual(['1.recallNotice', '1.tellFound']);
  expect(stageOf(turned, '1.search')).toMatchObject({
    outcome: 'searchFailed',
    resolvedBy: by,
    continued: 1,
  });

  await carryOut(incident, {
    '1.recallNotice': 'delivered',
    '1.tellFound': 'told',
    '2.policeCall': 'called',
    '2.departure': 'departed',
    '2.scene': 'arrived',
    '2.control': 'dead',
    '2.reportTownship': 'reported',
    '2.reportLeadingGroup': 'reported',
  });
  await incident.mail({ person: 'agency-1', stageId: '2.deathNoticeAuthority' });
  const elements = {
    kind: '测试溺水',
    time: '次日7:40',
    place: '测试河沿',
    persons: '测',
    development: '测',
  };
  expect(
    await incident.act('reports', { by, kind: 'followUpReport', elements: { ...elements, measures: '测' } }),
  ).toMatchObject(done());
  await carryOut(incident, { '2.elementsReport': 'reported' });
  const detail = await incident.when('the report is on record', (d) => d.reports.length === 2);
  expect(detail.reports[1]).toMatchObject({ verifying: [], elements });
  // 社区矫正法 51: the authority that decided, the procuratorate, the police.
  for (const body of ['Authority', 'Procuratorate', 'Police'])
    expect(stageOf(detail, `2.deathNotice${body}`)).toMatchObject({ source: 'statutory', outcome: null });
});

test('case 3, a false alarm: opened at once, 核实不属实, closed as 误报 by two people, and nobody is accused', async () => {
  const incident = await report(wushen, { eventType: 'actInProgress', situation: '测试:持刀' });
  await actIsTold(incident, 1);
  await carryOut(incident, {
    '1.reportTownship': 'reported',
    '1.reportLeadingGroup': 'reported',
    '1.elementsReport': 'reported',
    '1.followUp': 'followedUp',
  });
  const followUp = { by, kind: 'followUpReport', elements: {}, text: '测试:核实不属实，系宰羊' };
  expect(await incident.act('reports', followUp)).toMatchObject(done());
  await incident.act('closing', { by, as: 'falseAlarm', evidence: '测试:监控' });
  const approve = (who: string) => incident.act('closing/approval', { by: who, reason: '测试理由' });
  expect((await approve(by)).status).toBe(403);
  expect(await approve('leading-2')).toMatchObject(done({ closed: true }));
  const detail = await incident.when('it is closed', (d) => d.status === 'closed' && allSettled(d));
  expect(detail).toMatchObject({ closedAs: 'falseAlarm', responseEndedAt: null });
  expect(detail.branches.map(({ branch }) => branch)).toEqual(['violentAct']);
  expect(detail.reports[1]).toMatchObject({ text: followUp.text });
  const everything = [detail, await incident.archived(), incident.mails()];
  expect(JSON.stringify(everything)).not.toMatch(/谎报|falseReport/);
  expectToldOnce(incident, detail);
});

test('case 4, at night and alone: all opens at once from 02:13 on, and who does not answer is followed by the next', async () => {
  const saturday = '2026-03-07T02:13:00+08:00';
  const incident = await report(seconds, {
    eventType: 'actInProgress',
    office: 'bing',
    occurredAt: saturday,
    discoveredAt: saturday,
    situation: '测试:割腕',
  });
  const call = await incident.mail({ person: 'bing-1', stageId: '1.policeCall' });
  expect(call.text).toMatch(/由本人拨打110.*系统不代拨/);
  const mail = await incident.mail({ person: 'deputy-1', stageId: '1.reportLeadingGroup' });
  expect((await fetch(receiptLink(mail), { method: 'POST' })).status).toBe(200);
  const detail = await incident.when(
    'the receipt is on record',
    (d) => entriesOf(d, 'acknowledged').length === 1,
  );

  expect(detail.facts.discoveredAt).toBe('2026-03-06T18:13:00.000Z');
  expect(openedWith(detail, 1, 'policeCall')).toEqual(ACT);
  // Calendar time: an hour is over an hour later, whatever day it is.
  for (const stage of stagesOf(detail)) expect(msBetween(stage.openedAt!, stage.dueAt!)).toBe(60 * 60_000);
  const attempts = tellingsOf(detail, '1.reportLeadingGroup', 'leadingGroupOffice');
  expect(attempts.slice(0, 3)).toMatchObject([
    { person: 'leading-1', rung: 0, result: 'accepted' },
    { person: 'leading-2', rung: 1, result: 'accepted' },
    { person: 'deputy-1', rung: 2, result: 'accepted' },
  ]);
  expect(entriesOf(detail, 'acknowledged')[0]!.data).toMatchObject({ person: 'deputy-1' });
  expectToldOnce(incident, await incident.close('bing-1'));
});

test('case 5, missing facts: the alarm goes out, the report is marked incomplete, elements may be 正在核实', async () => {
  const { status, body } = await wushen.post<Accepted>('/api/incidents', {
    office: 'jia',
    eventType: 'actInProgress',
    situation: '测试:打伤邻居，请指示',
    subjects: [{ name: '测试郑' }],
  });
  expect(status).toBe(201);
  const missing = ['place', 'occurredAt', 'discoveredAt', 'measuresTaken', 'source'];
  expect(body.missing).toEqual(expect.arrayContaining(missing));
  const incident = incidentOf(wushen, body.id);
  await actIsTold(incident, 1);
  const { reports } = await incident.detail();
  expect(reports[0]).toMatchObject({ kind: 'firstReport', missing: body.missing });

  const elements = { kind: '测试', persons: '测试', development: '测试', measures: '测试' };
  const send = (kind: string, more: object = {}) =>
    incident.act('reports', { by, kind, elements: { ...elements, ...more } });
  expect(await send('followUpReport', { time: null, place: null })).toMatchObject(done());
  expect(await send('finalReport')).toMatchObject({
    status: 422,
    body: { code: 'ELEMENTS_MISSING', elements: ['time', 'place'] },
  });
  await incident.act('facts', { by, facts: { place: '测试院内', occurredAt: '2026-03-07T15:00:00+08:00' } });
  const detail = await incident.when('what was learnt is on record', (d) => d.facts.place !== null);
  expect(detail.facts.missing).not.toEqual(expect.arrayContaining(['place']));
  expect(detail.facts.missing).not.toEqual(expect.arrayContaining(['occurredAt']));
  expect(detail.reports[1]).toMatchObject({ kind: 'followUpReport', verifying: ['time', 'place'] });
});

test('case 6, a sign becomes an act: 四（三）without waiting for any step to end, and the old clocks stop', async () => {
  const incident = await report(wushen, { eventType: 'riskSign', situation: '测试:扬言报复' });
  await incident.mail({ person: by, stageId: '1.counselling' });
  await carryOut(incident, { '1.learnFacts': 'learnt' });
  expect(await incident.switchTo('violentAct')).toMatchObject(done({ entry: 2 }));
  await actIsTold(incident, 2);
  const detail = await incident.when('the act is entered', (d) => d.branches.length === 2 && allSettled(d));
  const [signs, act] = detail.branches;
  expect(Object.fromEntries(signs!.stages.map(({ stage, outcome }) => [stage, outcome]))).toEqual({
    learnFacts: 'learnt',
    reportTownship: 'superseded',
    reportLeadingGroup: 'superseded',
    counselling: 'superseded',
    conflictResolution: 'superseded',
    closeMonitoring: 'superseded',
  });
  expect(openedWith(detail, 2, 'policeCall')).toEqual(ACT);
  expect(signs!.leftAt).toBe(act!.enteredAt);
  expect([...(await clocksOf(incident))].filter((stageId) => stageId.startsWith('1.'))).toEqual([]);
  expectToldOnce(incident, detail);
});

test('case 7, nobody answers at all: up to the bureau chief and there again and again, until somebody does', async () => {
  const incident = await report(seconds, { eventType: 'actInProgress' });
  const lines = { reportTownship: 'townshipCommandGroup', reportLeadingGroup: 'leadingGroupOffice' };
  const [township, leading] = await Promise.all(
    Object.entries(lines).map(([stage, line]) =>
      incident.mail({ person: 'chief', stageId: `1.${stage}`, line, repeat: 2 }),
    ),
  );
  const climbed = await incident.when('both stand in the record', (d) =>
    [township!, leading!].every((mail) =>
      entriesOf(d, 'messageSettled').some(({ data }) => data.key === noticeIn(mail).key),
    ),
  );
  const told = (stage: keyof typeof lines) =>
    tellingsOf(climbed, `1.${stage}`, lines[stage]).map(({ person, repeat }) => `${person} ${repeat}`);
  expect(told('reportTownship').slice(0, 7)).toEqual([
    'township-jia-1 0',
    'township-jia-2 0',
    'township-jia-leader 0',
    'deputy-1 0',
    'chief 0',
    'chief 1',
    'chief 2',
  ]);
  expect(told('reportLeadingGroup').slice(0, 6)).toEqual([
    'leading-1 0',
    'leading-2 0',
    'deputy-1 0',
    'chief 0',
    'chief 1',
    'chief 2',
  ]);
  // One line is answered and falls silent; the other is not, and goes on.
  expect((await fetch(receiptLink(leading!), { method: 'POST' })).status).toBe(200);
  const at = entriesOf(
    await incident.when('it is on record', (d) => entriesOf(d, 'acknowledged').length > 0),
    'acknowledged',
  )[0]!.at;
  await incident.mail({
    person: 'chief',
    stageId: '1.reportTownship',
    line: lines.reportTownship,
    repeat: 4,
  });
  const detail = await incident.when('that is on record', (d) =>
    tellingsOf(d, '1.reportTownship', lines.reportTownship).some(
      ({ at: later, repeat }) => repeat >= 4 && later > at,
    ),
  );
  const after = tellingsOf(detail, '1.reportLeadingGroup', lines.reportLeadingGroup).filter(
    (each) => each.at > at,
  );
  expect(after).toEqual([]);
  expect(detail.status).toBe('open');
  // Past the chief goes a leader, not the machine.
  expect(peopleTold(incident).filter((person) => person.startsWith('city-'))).toEqual([]);
  expectToldOnce(incident, await incident.close());
});

test('case 8, a slip at hand-over: the guard has warned, and the empty steps are skipped at once', async () => {
  expect(wushen.logs()).toContain('Nobody can be told as: 苏木（镇）应急处置指挥小组');
  const incident = await report(wushen, { ...REPORT, office: 'yi' });
  // Ten minutes are the plan's wait before each next step: nobody waits for whom nobody can reach.
  await incident.mail({ person: 'township-yi-leader', stageId: '1.reportTownship' });
  const tellings = (d: IncidentDetailBody) => tellingsOf(d, '1.reportTownship', 'townshipCommandGroup');
  const detail = await incident.when(
    'it is on record',
    (d) => allSettled(d) && d.branches.length === 1 && tellings(d).some(({ rung }) => rung === 2),
  );
  expect(tellings(detail)).toMatchObject([
    { party: 'townshipCommandGroup', rung: 0, person: 'township-yi-1', result: 'noContact' },
    { party: 'townshipCommandGroup', rung: 1, person: 'township-yi-2', result: 'noContact' },
    { party: 'townshipDutyLeader', rung: 2, person: 'township-yi-leader', result: 'accepted' },
  ]);
  expectToldOnce(incident, detail);
});

test('after all of them every timeline holds', async () => {
  for (const system of [wushen, seconds])
    expect((await system.post('/api/audit')).body).toMatchObject({ problems: [] });
});

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { createHttp } from '../harness/http.ts';
import {
  allSettled,
  entriesOf,
  incidentOf,
  REPORT,
  stageOf,
  type Accepted,
  type LiveIncident,
} from '../harness/incident.ts';
import { noticeIn, receiptLink } from '../harness/mail.ts';
import { startSystem, type System } from '../harness/system.ts';

/** Case 6 of the worked cases, a sign that becomes an act, from the report to the approved closing: one drill in steps. */
jest.setTimeout(240_000);

let system: System;
let incident: LiveIncident;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system?.leave());

test('a reported risk sign tells the office, the township group and the leading-group office', async () => {
  const { status, body } = await system.post<Accepted>('/api/incidents', REPORT);
  expect(status).toBe(201);
  expect(body).toMatchObject({
    status: 'open',
    branches: [{ entry: 1, branch: 'riskSigns' }],
    missing: [],
    marks: [],
  });
  incident = incidentOf(system, body.id);
  for (const person of ['jia-1', 'township-jia-1', 'leading-1']) await incident.mail({ person, rung: 0 });
  const detail = await incident.when('everybody is told', allSettled);
  const told = detail.branches[0]!.stages.flatMap(({ told }) => told);
  expect(new Set(told.map(({ person }) => person))).toEqual(
    new Set(['jia-1', 'township-jia-1', 'leading-1']),
  );
  expect(new Set(told.map(({ sentAt }) => sentAt)).size).toBe(1);
});

test('nobody confirms: the next in line is told, and a receipt from the real mail ends the climbing', async () => {
  const mail = await incident.mail({ person: 'township-jia-2', stageId: '1.reportTownship' });
  expect(mail.subject).toContain('未确认');
  const link = receiptLink(mail);
  const page = createHttp(system.url, null);

  // A mail scanner follows links: it confirms nothing.
  expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
  for (const _visit of ['first', 'second']) {
    const { status, body } = await page.get<string>(link);
    expect([status, body]).toEqual([200, expect.stringContaining('请确认收到')]);
  }
  expect(entriesOf(await incident.detail(), 'acknowledged')).toEqual([]);

  expect(await page.post<string>(link)).toMatchObject({
    status: 200,
    body: expect.stringContaining('已确认收到'),
  });
  const { key, person } = noticeIn(mail);
  const detail = await incident.when(
    'the receipt is on record',
    (d) => entriesOf(d, 'acknowledged').length === 1,
  );
  expect(entriesOf(detail, 'acknowledged')[0]!.data).toMatchObject({ key, person });
  expect(await page.post<string>(link)).toMatchObject({
    status: 200,
    body: expect.stringContaining('此前已确认收到'),
  });
  const { next } = await incident.history();
  expect(next!.map(({ stageId, line }) => `${stageId} ${line}`)).not.toContain(
    '1.reportTownship townshipCommandGroup',
  );
});

test('the switch opens police call, both reports and the scene at one instant and ends what was open', async () => {
  expect(await incident.switchTo('violentAct')).toMatchObject({
    status: 200,
    body: { branch: 'violentAct', entry: 2 },
  });
  const police = await incident.mail({ person: 'police-jia-1' });
  expect(police.text).not.toMatch(/时限/);
  const { branches } = await incident.when('the new branch is on record', (d) => d.branches.length === 2);
  const [signs, act] = branches;
  expect(signs).toMatchObject({ branch: 'riskSigns', leftAt: act!.enteredAt });
  expect(new Set(signs!.stages.map(({ outcome }) => outcome))).toEqual(new Set(['superseded']));
  expect(act).toMatchObject({ branch: 'violentAct', chosen: 'person', by: 'jia-1' });
  expect(act!.stages.map((s) => s.stage).sort()).toEqual([
    'cooperation',
    'departure',
    'policeCall',
    'reportLeadingGroup',
    'reportTownship',
  ]);
  expect(new Set(act!.stages.map(({ openedAt }) => openedAt)).size).toBe(1);
  // The first response is of the incident: a switch leaves it alone.
  expect(stageOf(await incident.detail(), '0.initialResponse')).toMatchObject({ resolvedAt: null });
});

test('evidence ends each duty and opens what follows it, until nothing is left but to close', async () => {
  const steps = [
    ['0.initialResponse', 'controlled'],
    ['2.policeCall', 'called'],
    ['2.reportTownship', 'reported'],
    ['2.reportLeadingGroup', 'reported'],
    ['2.departure', 'departed'],
    ['2.scene', 'arrived'],
    ['2.control', 'controlled'],
    ['2.elementsReport', 'reported'],
    ['2.followUp', 'finished'],
    ['2.cooperation', 'cooperated'],
  ] as const;
  for (const [stage, outcome] of steps) {
    await incident.when(`${stage} is open`, (d) => stageOf(d, stage)?.resolvedAt === null);
    expect(await incident.record(stage, outcome)).toMatchObject({
      status: 200,
      body: { outcome, by: 'jia-1', ended: true, dueAt: null },
    });
  }
  const detail = await incident.when('closing is asked for', (d) => !!stageOf(d, '2.proposeClosing'));
  expect(stageOf(detail, '2.scene')).toMatchObject({ outcome: 'arrived', resolvedBy: 'jia-1' });
});

test('closing takes two people, the second from the leading-group office or the bureau', async () => {
  const approve = (by: string, approve = true) =>
    incident.act('closing/approval', { by, approve, reason: '测试理由' });
  const propose = (by: string) => incident.act('closing', { by, evidence: '测试证据' });
  expect(await approve('leading-1')).toMatchObject({ status: 409, body: { code: 'NothingProposed' } });
  expect(await propose('jia-1')).toMatchObject({ status: 200, body: { openStages: [] } });
  expect(await propose('jia-2')).toMatchObject({ status: 409, body: { code: 'ClosingProposed' } });
  expect(await approve('jia-1')).toMatchObject({ status: 403, body: { code: 'MAY_NOT_APPROVE' } });
  expect(await approve('leading-1', false)).toMatchObject({ status: 200, body: { closed: false } });

  expect(await propose('leading-1')).toMatchObject({ status: 200 });
  expect(await approve('leading-1')).toMatchObject({ status: 409, body: { code: 'SamePerson' } });
  expect(await approve('leading-2')).toMatchObject({ status: 200, body: { closed: true } });
  const detail = await incident.when('the incident is closed', ({ status }) => status === 'closed');
  expect(detail).toMatchObject({ closedAs: 'responseEnded', subjects: REPORT.subjects });
});

test('nothing is left that could send: both runs have ended and are kept, every mail is on record once', async () => {
  const { runs, next } = await incident.archived();
  expect(runs.map(({ workflowType }) => workflowType)).toEqual(['riskSigns', 'violentAct']);
  expect(next ?? []).toEqual([]);
  const detail = await incident.detail();
  const accepted = entriesOf(detail, 'messageSettled').filter(({ data }) => data.result === 'accepted');
  expect(
    incident
      .mails()
      .map((mail) => noticeIn(mail).key as unknown)
      .sort(),
  ).toEqual(accepted.map(({ data }) => data.key).sort());
  expect(detail.timeline.map(({ seq }) => seq)).toEqual(detail.timeline.map((_, index) => index + 1));
});

test('the history reads as the story', async () => {
  const { story } = await incident.history();
  const milestones = [
    /^受理报告，启动：.*四（二）/,
    /^告知职责：.*指挥小组/,
    /^未确认，转告上一级：.*指挥小组/,
    /^township-jia-2 确认收到/,
    /^jia-1 决定转入处置分支：.*四（三）/,
    /^承接上一轮，进入：.*四（三）/,
    /^告知职责：派出所，报警/,
    /^jia-1 提交环节 2\.policeCall 的结果/,
    /^jia-1 提交环节 2\.elementsReport 的结果/,
    /^jia-1 提请办结/,
    /^leading-1 不同意办结/,
    /^leading-1 提请办结/,
    /^leading-2 同意办结/,
    /工作流结束$/,
  ];
  // Each is looked for behind the one before it.
  const lines = story.map(({ text }) => text);
  let from = 0;
  for (const milestone of milestones) {
    const found = lines.findIndex((line, index) => index >= from && milestone.test(line));
    expect({ milestone, found: found >= 0 }).toEqual({ milestone, found: true });
    from = found + 1;
  }
});

test('the list shows it without identities, among the closed and not among the open', async () => {
  const { body: closed } = await system.get<object[]>('/api/incidents?status=closed');
  expect(closed).toEqual([
    expect.objectContaining({ id: incident.id, branch: 'violentAct', status: 'closed' }),
  ]);
  expect(JSON.stringify(closed)).not.toContain(REPORT.subjects[0]!.name);
  expect((await system.get('/api/incidents?status=open')).body).toEqual([]);
  expect((await system.post('/api/audit')).body).toMatchObject({ incidents: 1, problems: [] });
});

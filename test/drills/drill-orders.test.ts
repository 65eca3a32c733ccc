import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import type { DrillBody, ScoreBody } from '../../src/api/schemas-drills.ts';
import type { IncidentDetailBody } from '../../src/api/schemas-detail.ts';
import { reportDrill } from '../../src/activities/drill-begin.ts';
import { drillWorkflowId } from '../../src/drills/ids.ts';
import { openRealIncidents } from '../../src/store/drill-offices.ts';
import { drillById } from '../../src/store/drills.ts';
import { startDrillNow } from '../../src/workflows/messages-drills.ts';
import { TASK_QUEUE } from '../../src/temporal/task-queues.ts';
import { layGround, type DrillGround } from '../harness/drill.ts';
import { openApi, type DrillApi } from '../harness/drill-api.ts';
import { onLocalServer } from '../harness/local-server.ts';
import { beginDrill, drillWhen, ORDER, orderNow, withFourthOffice } from '../harness/order.ts';
import { until } from '../harness/until.ts';

/** Drill orders (七) on a real server: their clock is compressed, so that a minute passes in a second. */
let ground: DrillGround;
let api: DrillApi;
beforeAll(async () => {
  ground = await layGround({
    organisation: withFourthOffice(),
    createEnvironment: await onLocalServer(),
  });
  api = await openApi(ground, ground.keyring);
}, 240_000);
/** Nobody is told anything more by a drill of the test before. */
afterEach(async () => {
  const { body } = await api.get('/api/drills');
  for (const { id, status } of body as unknown as DrillBody[])
    if (status === 'running') await api.post(`/api/drills/${id}/real`, { by: 'yi-1' }, []);
}, 60_000);
afterAll(async () => {
  await api.close();
  await ground.leave();
});

/** Long enough for a machine that does many other things. */
const PATIENCE_MS = 120_000;
const OUTSIDE = /^(police|procuratorate|city)/;
const mails = () => ground.smtp.messages;
const told = (person: string, subject: RegExp) =>
  until(
    `${person} is told ${subject.source}`,
    async () => mails().find(({ to, subject: said }) => to.startsWith(person) && subject.test(said)),
    PATIENCE_MS,
  );
const incident = async (id: string): Promise<IncidentDetailBody> =>
  (await api.get(`/api/incidents/${id}`)).body as unknown as IncidentDetailBody;
const incidentWhen = (id: string, what: string, isSo: (detail: IncidentDetailBody) => boolean) =>
  until(
    what,
    async () => {
      const { status, body } = await api.get(`/api/incidents/${id}`);
      const detail = body as unknown as IncidentDetailBody;
      return status === 200 && isSo(detail) && detail;
    },
    PATIENCE_MS,
  );
const scoreOf = async (id: string): Promise<ScoreBody> =>
  (await api.get(`/api/drills/${id}/score`)).body as unknown as ScoreBody;
const yearAsOf = async (year: number, asOf: string): Promise<Record<string, string>> => {
  const { body } = await api.get(`/api/drills/year?year=${year}&asOf=${asOf}`);
  const { offices } = body as { offices: { office: string; state: string }[] };
  return Object.fromEntries(offices.map(({ office, state }) => [office, state]));
};

test('three offices drill on a compressed clock: marked, scored, and the yearly duty met; the fourth is overdue', async () => {
  const before = mails().length;
  const injects = [
    { after: 'PT5M', kind: 'facts', text: '虚构的新情况' },
    { after: 'PT8M', kind: 'secondReport', text: '虚构群众第二次来电' },
  ];
  const drill = await beginDrill(api, {
    injects,
    duration: 'P1D', // as long as it takes here: somebody ends it
    truth: { place: ['虚构超市'], persons: ['演练乙'], development: ['控制'] },
  });
  const running = await drillWhen(api, drill.id, 'all three run', ({ offices }) =>
    offices.every(({ status }) => status === 'running'),
  );
  const [jia] = running.offices;
  const first = jia!.incidents[0]!;

  // One officer does what the plan asks: confirms, calls, reports.
  const open = await incidentWhen(first, 'the police call is told', ({ branches }) =>
    branches.some(({ stages }) =>
      stages.some(({ stage, told }) => stage === 'policeCall' && told[0]?.acceptedAt),
    ),
  );
  expect(open).toMatchObject({ drill: true, number: expect.stringMatching(/^YS-D-/) });
  const mail = await told('jia-1', /演练.*报警/);
  const link = /http:\/\/\S+\/r\/\S+/.exec(mail.text)![0];
  await api.page(link, { answer: 'received' }, { written: async () => undefined } as never);
  const called = { by: 'jia-1', outcome: 'called', evidence: '导调人口头接警' };
  expect(await api.post(`/api/incidents/${first}/stages/1.policeCall/outcome`, called, [])).toMatchObject({
    status: 200,
  });
  const report = {
    kind: '正在实施',
    time: null,
    place: '虚构超市门口',
    persons: '演练乙',
    development: '仍在争吵',
    measures: '已到场',
  };
  const reported = { by: 'jia-1', kind: 'followUpReport', elements: report };
  expect(await api.post(`/api/incidents/${first}/reports`, reported, [])).toMatchObject({ status: 200 });

  const handover = { from: 'yi-1', to: 'yi-2', office: 'yi', note: '' };
  const handed = await api.post('/api/handovers', handover, []);
  expect(handed.status).toBe(200);

  // The script comes in by itself.
  await told('jia-1', /情景注入 1/);
  await drillWhen(api, drill.id, 'all scenes are played in', ({ offices }) =>
    offices.every(({ scenes }) => scenes.length === 2),
  );
  expect(await api.post(`/api/drills/${drill.id}/end`, { by: 'general-1' }, [])).toMatchObject({
    status: 200,
  });
  const ended = await drillWhen(api, drill.id, 'the drill ends', ({ status }) => status === 'ended');
  expect(ended.offices.map(({ scenes }) => scenes)).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
  expect(ended.offices.map(({ incidents }) => incidents.length)).toEqual([2, 2, 2]);
  await told('jia-1', /演练结束/);
  // Pressed too late, a link says so kindly.
  const late = mails()
    .filter(({ to, text }) => /^jia/.test(to) && /\/r\/\S+/.test(text))
    .at(-1)!;
  const lateLink = /http:\/\/\S+\/r\/\S+/.exec(late.text)![0];
  const pressed = await api.page(lateLink, { answer: 'received' }, {
    written: async () => undefined,
  } as never);
  expect(pressed).toMatchObject({ status: 409, text: expect.stringContaining('环节已') });
  // What was handed over while it ran has ended; the next officer accepts all the same.
  const accepted = await api.post(`/api/handovers/${String(handed.body.id)}/accept`, { by: 'yi-2' }, []);
  expect(accepted).toMatchObject({ status: 200, body: { status: 'accepted' } });
  const skipped = (accepted.body.duties as { own: boolean; skipped: string | null }[]).filter(
    ({ own }) => own,
  );
  expect(new Set(skipped.map((duty) => duty.skipped))).toEqual(new Set(['StageEnded']));

  // Everything carried the mark, and nobody from outside was told.
  const sent = mails().slice(before);
  expect(sent.length).toBeGreaterThan(30);
  expect(sent.filter(({ subject }) => !subject.startsWith('【演练】'))).toEqual([]);
  expect(sent.filter(({ to }) => OUTSIDE.test(to))).toEqual([]);
  const kinds = (await incident(first)).timeline.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'injectGiven')).toHaveLength(2);
  expect(kinds).toContain('drillEnded');

  // Facts against the plan, for whoever looks.
  const { offices } = await scoreOf(drill.id);
  const [own, other] = offices;
  const call = own!.stages.find(({ stageName }) => stageName === '报警')!;
  expect(call).toMatchObject({ outcome: 'called', limitMs: 300_000 });
  expect(['within', 'later']).toContain(call.evidence);
  expect(call.told.find(({ party }) => party === 'policeStation')).toMatchObject({
    outside: true,
    result: 'withheld',
    confirmed: 'none',
  });
  expect(call.told.find(({ party }) => party === 'judicialOffice')).toMatchObject({ result: 'told' });
  expect(own!.report).toEqual([
    { element: 'place', state: 'matches', without: [] },
    { element: 'persons', state: 'matches', without: [] },
    { element: 'development', state: 'differs', without: ['控制'] },
  ]);
  expect(own!.people.find(({ person }) => person === 'jia-1')).toMatchObject({ confirmed: 1, acts: 2 });
  expect(own!.people.find(({ person }) => person === 'jia-2')).toMatchObject({ confirmed: 0, acts: 0 });
  expect(other!.stages.find(({ stageName }) => stageName === '报警')).toMatchObject({ evidence: 'open' });
  expect(own!.summary.assessment).toContain('事态发展缺少“控制”');

  // Scored, it counts; the summary's fields fill the template on the drill's own incident.
  const year = new Date().getUTCFullYear();
  const now = new Date().toISOString();
  expect(await yearAsOf(year, now)).toEqual({ jia: 'planned', yi: 'planned', bing: 'planned', ding: 'open' });
  expect(await api.post(`/api/drills/${drill.id}/score`, { by: 'leading-1' }, [])).toMatchObject({
    status: 200,
  });
  const after = `${year + 1}-01-02T01:00:00Z`;
  expect(await yearAsOf(year, after)).toEqual({ jia: 'done', yi: 'done', bing: 'done', ding: 'overdue' });
  const draft = { by: 'general-1', template: 'drill-summary', fields: own!.summary };
  const drafted = await api.post(`/api/incidents/${first}/documents`, draft, []);
  expect(drafted).toMatchObject({ status: 201, body: { drill: true, template: 'drill-summary' } });
  const signature = { by: 'deputy-1', digest: drafted.body.digest };
  const signed = await api.post(
    `/api/incidents/${first}/documents/${String(drafted.body.id)}/signature`,
    signature,
    [],
  );
  expect(signed).toMatchObject({
    status: 200,
    body: { number: expect.stringContaining('演练'), onTimeline: true },
  });
  expect(await api.post(`/api/drills/${drill.id}/finish`, { by: 'leading-1' }, [])).toMatchObject({
    status: 200,
  });
  await incidentWhen(
    first,
    'it is closed',
    ({ status, closedAs }) => status === 'closed' && closedAs === 'drillEnded',
  );

  // January's look: the office that has none is reminded, and the list goes up.
  const due = await ground.client.workflow.execute('drillReminders', {
    taskQueue: TASK_QUEUE,
    workflowId: 'reminders-in-january',
    args: [{ at: after }],
  });
  expect(due).toEqual({ told: 2 });
  expect((await told('ding-1', /演练尚未完成/)).text).toContain('至少开展1次');
  expect((await told('leading-1', /尚未完成演练的司法所：1 个/)).text).toContain('丁镇司法所');
  expect(mails().filter(({ to, subject }) => /^jia/.test(to) && /尚未完成/.test(subject))).toEqual([]);
}, 300_000);

test('a real incident ends the drill of its office at once, and its people are told; the others go on', async () => {
  const drill = await beginDrill(api, { duration: 'P1D', pace: 1, director: 'bing-1' });
  const running = await drillWhen(api, drill.id, 'all three run', ({ offices }) =>
    offices.every(({ status }) => status === 'running'),
  );
  const alarm = { office: 'jia', eventType: 'actInProgress', situation: '虚构的真实情况' };
  // As somebody at a telephone would: again, where the answer took too long.
  await until('the alarm is taken', async () => (await api.post('/api/incidents', alarm, [])).status === 201);
  const replaced = await drillWhen(
    api,
    drill.id,
    'it gives way',
    ({ offices }) => offices[0]!.status === 'replaced',
  );
  expect(replaced.offices.map(({ status }) => status)).toEqual(['replaced', 'running', 'running']);
  expect((await incident(replaced.offices[0]!.realIncident!)).drill).toBe(false);
  for (const person of ['jia-1', 'jia-2', 'bing-1']) await told(person, /演练中止·转入真实处置/);
  const over = await incidentWhen(
    running.offices[0]!.incidents[0]!,
    'it is closed',
    ({ status }) => status === 'closed',
  );
  expect(over.closedAs).toBe('drillEnded');
  expect(mails().some(({ subject }) => subject.startsWith('【特急】'))).toBe(true);

  // No drill begins where something real goes on.
  const drafted = await api.post('/api/drills', orderNow({ offices: ORDER.offices.slice(0, 1) }), []);
  const refused = await api.post(`/api/drills/${String(drafted.body.id)}/approve`, { by: 'leading-1' }, []);
  expect(refused).toMatchObject({ status: 409, body: { code: 'OFFICE_IN_INCIDENT', offices: ['jia'] } });

  // 真实情况 ends the rest.
  expect(await api.post(`/api/drills/${drill.id}/real`, { by: 'yi-1' }, [])).toMatchObject({ status: 200 });
  const ended = await drillWhen(api, drill.id, 'all is over', ({ status }) => status === 'replaced');
  expect(ended.offices.map(({ status }) => status)).toEqual(['replaced', 'replaced', 'replaced']);
  expect(await api.post(`/api/drills/${drill.id}/score`, { by: 'leading-1' }, [])).toMatchObject({
    status: 409,
    body: { code: 'DRILL_NOT_ENDED' },
  });
}, 240_000);

test('an alarm is taken where the drills cannot even be read', async () => {
  await ground.register.db.execute(sql`alter table drill_office rename to away`);
  try {
    const answer = await api.post('/api/incidents', { office: 'bing', situation: '虚构的真实情况' }, []);
    expect(answer.status).toBe(201);
    await incidentWhen(String(answer.body.id), 'it runs', ({ branches }) => branches.length === 1);
  } finally {
    await ground.register.db.execute(sql`alter table away rename to drill_office`);
  }
}, 60_000);

test('an order takes two people, a time to come, and the written consent of whoever it names from outside', async () => {
  const outside = [{ office: 'ding', party: 'procuratorate' }];
  const offices = [{ office: 'ding', participants: ['ding-1'] }];
  const later = new Date(Date.now() + 86_400_000).toISOString();
  const drafted = await api.post('/api/drills', orderNow({ offices, outside, startsAt: later }), []);
  const { id } = drafted.body as unknown as DrillBody;
  const approve = (by: string) => api.post(`/api/drills/${id}/approve`, { by }, []);
  expect(await approve('general-1')).toMatchObject({ status: 409, body: { code: 'DRILL_SAME_PERSON' } });
  expect(await approve('leading-1')).toMatchObject({ status: 409, body: { code: 'DRILL_CONSENT_MISSING' } });
  const consent = Buffer.from('%PDF-1.4\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
  const place = `/api/drills/${id}/consents?office=ding&party=procuratorate&by=general-1`;
  const kept = await api.send(place, consent, { 'content-type': 'application/pdf' });
  const sha256 = createHash('sha256').update(consent).digest('hex');
  expect(kept).toMatchObject({ status: 200, body: { sha256 } });
  expect(await approve('leading-1')).toMatchObject({ status: 200, body: { status: 'approved' } });
  const year = new Date().getUTCFullYear();
  if (new Date(later).getUTCFullYear() === year)
    expect(await yearAsOf(year, new Date().toISOString())).toMatchObject({ ding: 'planned' });

  // Undone before its start, it never begins.
  expect(await api.post(`/api/drills/${id}/withdraw`, { by: 'general-1' }, [])).toMatchObject({
    body: { status: 'withdrawn' },
  });
  expect(await api.post(`/api/drills/${id}/start`, { by: 'leading-1' }, [])).toMatchObject({
    status: 409,
    body: { code: 'DRILL_NOT_APPROVED' },
  });
  const old = await api.post('/api/drills', orderNow({ offices, startsAt: '2026-01-01T00:00:00.000Z' }), []);
  const past = await api.post(`/api/drills/${String(old.body.id)}/approve`, { by: 'leading-1' }, []);
  expect(past).toMatchObject({ status: 422, body: { code: 'DRILL_IN_PAST' } });
}, 60_000);

const AT_DING = { offices: [{ office: 'ding', participants: ['ding-1'] }], director: 'ding-1' };
const TOMORROW = () => ({ startsAt: new Date(Date.now() + 86_400_000).toISOString() });

test('真实情况 before its start: the drill does not begin, and nobody is told that it does', async () => {
  const drill = await beginDrill(api, { ...AT_DING, ...TOMORROW(), title: '未开始的演练' });
  expect(await api.post(`/api/drills/${drill.id}/real`, { by: 'ding-1' }, [])).toMatchObject({ status: 200 });
  const over = await drillWhen(api, drill.id, 'it is over', ({ status }) => status === 'replaced');
  expect(over.offices).toMatchObject([{ status: 'replaced', incidents: [] }]);
  expect(mails().filter(({ subject }) => /演练开始：未开始的演练/.test(subject))).toEqual([]);
}, 240_000);

test('a drill ends by itself when its time is over', async () => {
  const drill = await beginDrill(api, { ...AT_DING, duration: 'PT1M' });
  await drillWhen(api, drill.id, 'the drill ends', ({ status }) => status === 'ended');
}, 240_000);

test('sub-cases of sub-cases end and are closed with their drill', async () => {
  const drill = await beginDrill(api, { ...AT_DING, duration: 'P1D', pace: 1 });
  const { offices } = await drillWhen(api, drill.id, 'it runs', ({ status }) => status === 'running');
  let parent = (offices[0]!.incidents[0] ?? '') as string;
  const cases = [parent];
  for (const reason of ['虚构的子案', '虚构的子案的子案']) {
    await incidentWhen(parent, 'it is open', ({ branches }) => branches.length > 0);
    const subCase = { by: 'ding-1', branch: 'violentAct', subjects: [1], situation: reason, reason };
    const opened = await api.post(`/api/incidents/${parent}/sub-cases`, subCase, []);
    expect(opened.status).toBe(201);
    cases.push((parent = String(opened.body.id)));
  }
  await incidentWhen(parent, 'it is open', ({ branches }) => branches.length > 0);
  expect(await api.post(`/api/drills/${drill.id}/real`, { by: 'ding-1' }, [])).toMatchObject({ status: 200 });
  for (const id of cases)
    expect(await incidentWhen(id, 'it is closed', ({ status }) => status === 'closed')).toMatchObject({
      drill: true,
      closedAs: 'drillEnded',
    });
}, 300_000);

test('what a failed beginning had reported is ended and closed', async () => {
  const { id } = await beginDrill(api, { ...AT_DING, ...TOMORROW() });
  const order = (await drillById(ground.register, id))!;
  // As a try whose record of it was lost.
  const left = await reportDrill(ground, order, { office: 'ding', nr: 0 });
  await incidentWhen(left, 'it runs', ({ branches }) => branches.length > 0);
  const alarm = { office: 'ding', situation: '虚构的真实情况' };
  await until('the alarm is taken', async () => (await api.post('/api/incidents', alarm, [])).status === 201);
  await until('it is on record', async () =>
    (await openRealIncidents(ground.register)).some(({ office }) => office === 'ding'),
  );
  await ground.client.workflow.getHandle(drillWorkflowId(id)).signal(startDrillNow);
  const over = await incidentWhen(left, 'it is closed', ({ status }) => status === 'closed');
  expect(over.closedAs).toBe('drillEnded');
  await drillWhen(api, id, 'it is over', ({ offices }) => offices[0]!.status === 'notStarted');
}, 240_000);

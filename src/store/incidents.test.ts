import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { IncidentId } from '../incident/ids.ts';
import { NO_ANCHOR } from '../incident/ids.ts';
import { addApiKey, apiKeyByHash } from './api-keys.ts';
import { append } from './append.ts';
import { runArchives, saveRunArchive } from './archives.ts';
import { incidentById, incidentDetail, intakeOf, listIncidents, messageFacts } from './incidents.ts';
import type { Register } from './open.ts';
import { identityReads, logIdentityRead, openPersonal } from './personal.ts';
import { planEdition, savePlanEdition } from './plans.ts';
import { sampleIncident } from './sample-incident.ts';
import { openTestRegister } from './testing.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000' as IncidentId;

let register: Register;
beforeAll(async () => {
  register = await openTestRegister();
});
afterAll(() => register.close());

test('while it runs, an incident shows its branches, its open stage and whom it told', async () => {
  const incident = sampleIncident();
  // Entry by entry, so that every change comes to a row that is there already.
  let anchor = NO_ANCHOR;
  for (const { seq } of incident.batch(1, 11).entries) {
    ({ anchor } = await append(register, incident.batch(seq, seq), anchor));
  }
  const { incident: row, branches } = (await incidentDetail(register, incident.id))!;
  expect(row).toMatchObject({
    status: 'open',
    branch: 'violentAct',
    office: 'jia',
    lastSeq: 11,
    occurredAt: null,
  });
  expect(row.plan).toEqual({ key: 'wushen', edition: '2025', hash: 'a'.repeat(64) });
  expect(branches).toMatchObject([
    {
      entry: 1,
      branch: 'riskSigns',
      name: '苗头迹象',
      leftAt: '2026-03-04T01:24:00.000Z',
      stages: [{ id: '1.counselling', outcome: 'superseded', dueAt: '2026-03-04T03:20:00.000Z', told: [] }],
    },
    { entry: 2, branch: 'violentAct', chosen: 'person', by: 'jia-1', leftAt: null },
  ]);
  const [police] = branches[1]!.stages;
  expect(police).toMatchObject({
    id: '2.policeCall',
    opening: 1,
    stageName: '报警',
    within: null,
    dueAt: null,
    holder: 'bureau-1',
    overdueAt: '2026-03-04T01:29:00.000Z',
    resolvedAt: null,
    outcome: null,
  });
  expect(police!.told).toEqual([
    {
      key: incident.policeKey,
      party: 'policeStation',
      partyName: '派出所',
      kind: 'duty',
      urgency: '特急',
      duty: '依法处置',
      outside: true,
      person: 'police-1',
      channel: 'email',
      attempts: 2,
      code: 'SMTP_250',
      sentAt: '2026-03-04T01:26:00.000Z',
      acceptedAt: '2026-03-04T01:27:00.000Z',
      refusedAt: null,
      acknowledgedAt: '2026-03-04T01:28:00.000Z',
      acknowledgedBy: 'police-1',
      result: 'accepted',
      acknowledgedVia: null,
      arrivedAt: null,
      declinedAt: null,
      revokedAt: null,
    },
  ]);
});

test('written at once or entry by entry, an incident reads the same', async () => {
  const atOnce = sampleIncident();
  await append(register, atOnce.batch(1), NO_ANCHOR);
  const slowly = { ...sampleIncident(), entries: atOnce.entries };
  let anchor = NO_ANCHOR;
  for (const entry of slowly.entries) {
    ({ anchor } = await append(
      register,
      { incidentId: slowly.id, entries: [rekeyed(entry, slowly.id)] },
      anchor,
    ));
  }
  const shape = async (id: IncidentId) => {
    const { branches, incident } = (await incidentDetail(register, id))!;
    const text = JSON.stringify({ branches, incident: { ...incident, number: null } });
    return JSON.parse(text.replaceAll(id, 'this')) as unknown;
  };
  expect(await shape(slowly.id)).toEqual(await shape(atOnce.id));
});

/** The same entry of another incident: message keys begin with the incident's id. */
function rekeyed<T>(entry: T, id: IncidentId): T {
  return JSON.parse(JSON.stringify(entry).replace(/"key":"[0-9a-f-]{36}/, `"key":"${id}`)) as T;
}

test('who acknowledged first stays', async () => {
  const incident = sampleIncident();
  const { anchor } = await append(register, incident.batch(1, 9), NO_ANCHOR);
  const first = incident.entries[8]!;
  if (first.kind !== 'acknowledged') throw new Error('the ninth entry of the sample is the receipt');
  const second = {
    ...first,
    seq: 10,
    at: '2026-03-04T02:00:00.000Z',
    data: { ...first.data, person: 'police-2' },
  };
  await append(register, { incidentId: incident.id, entries: [second] }, anchor);
  const { branches } = (await incidentDetail(register, incident.id))!;
  expect(branches[1]!.stages[0]!.told[0]).toMatchObject({
    acknowledgedBy: 'police-1',
    acknowledgedAt: '2026-03-04T01:28:00.000Z',
  });
});

test('a closed incident says how, and has left its last branch', async () => {
  const incident = sampleIncident();
  await append(register, incident.batch(1), NO_ANCHOR);
  const { incident: row, branches } = (await incidentDetail(register, incident.id))!;
  expect(row).toMatchObject({ status: 'closed', closedAs: 'responseEnded', closedAt: branches[1]!.leftAt });
  expect(branches[1]!.stages[0]).toMatchObject({ outcome: 'called', resolvedBy: 'bureau-1' });
});

test('a stage that continues begins its limit anew, and one opened by nobody says so', async () => {
  const incident = sampleIncident();
  const followUp = async (first: number, last: number, anchor = NO_ANCHOR) => {
    const written = await append(register, incident.batch(first, last), anchor);
    const { branches } = (await incidentDetail(register, incident.id))!;
    return { ...written, stage: branches[1]!.stages.find(({ stage }) => stage === 'followUp')! };
  };
  const overdue = await followUp(1, 14);
  expect(overdue.stage).toMatchObject({
    automatic: true,
    startsAt: '2026-03-04T01:20:00.000Z',
    continued: 0,
    dueAt: '2026-03-04T03:20:00.000Z',
    overdueAt: '2026-03-04T01:33:00.000Z',
  });
  const once = await followUp(15, 15, overdue.anchor);
  expect(once.stage).toMatchObject({ continued: 1, dueAt: '2026-03-04T05:20:00.000Z', overdueAt: null });

  const [, , continued] = incident.batch(13, 15).entries;
  if (continued?.kind !== 'stageContinued') throw new Error('the fifteenth entry of the sample continues');
  const again = (seq: number, dueAt: string | null) => ({
    ...continued,
    seq,
    data: { ...continued.data, dueAt },
  });
  const entries = [again(16, '2026-03-04T06:00:00.000Z'), again(17, null)];
  await append(register, { incidentId: incident.id, entries }, once.anchor);
  const twiceMore = (await incidentDetail(register, incident.id))!.branches[1]!.stages.at(-1)!;
  expect(twiceMore).toMatchObject({ continued: 3, dueAt: null, overdueAt: null });
});

test('subjects, reports and sub-cases read as they stand now', async () => {
  const incident = sampleIncident();
  await append(register, incident.batch(1), NO_ANCHOR);
  const detail = (await incidentDetail(register, incident.id))!;
  expect(detail.incident).toMatchObject({
    subjects: 2,
    parent: null,
    mergedInto: null,
    responseEndedAt: '2026-03-04T01:44:00.000Z',
  });
  expect(detail.subjects).toEqual([
    {
      nr: 1,
      safety: 'injured',
      outcome: 'controlled',
      addedAt: '2026-03-04T01:20:00.000Z',
      changedAt: '2026-03-04T01:38:00.000Z',
    },
    { nr: 2, safety: 'unknown', outcome: null, addedAt: '2026-03-04T01:36:00.000Z', changedAt: null },
  ]);
  expect(detail.reports).toMatchObject([{ nr: 1, kind: 'followUpReport', verifying: ['time'], by: 'jia-1' }]);
  expect(detail.subCases).toMatchObject([
    { subCase: incident.subCase, branch: 'abscondingSearch', subjects: [2], endedAs: 'responseEnded' },
  ]);
});

test('an incident that was merged says into which', async () => {
  const incident = sampleIncident();
  const { anchor } = await append(register, incident.batch(1, 3), NO_ANCHOR);
  const data = { by: 'jia-1', proposedBy: null, as: 'merged' as const, mergedInto: NOBODY };
  const entry = { seq: 4, at: '2026-03-04T02:00:00.000Z', kind: 'incidentClosed' as const, data };
  await append(register, { incidentId: incident.id, entries: [entry] }, anchor);
  expect(await incidentById(register, incident.id)).toMatchObject({
    status: 'closed',
    closedAs: 'merged',
    mergedInto: NOBODY,
  });
});

test('a repeated report finds what was made of the first', async () => {
  const incident = sampleIncident();
  expect(await intakeOf(register, incident.id)).toBeNull();
  const { number } = await append(register, incident.batch(1, 1), NO_ANCHOR);
  expect(await intakeOf(register, incident.id)).toMatchObject({ number, branches: [] });
  await append(register, incident.batch(1, 5), NO_ANCHOR);
  expect(await intakeOf(register, incident.id)).toEqual({
    bodyHash: 'k1:0',
    number,
    status: 'open',
    missing: ['occurredAt'],
    marks: [],
    branches: [
      { entry: 1, branch: 'riskSigns', name: '苗头迹象', clause: '四（二）' },
      { entry: 2, branch: 'violentAct', name: '正在实施及非正常死亡', clause: '四（三）' },
    ],
  });
});

test('incidents are listed newest first, by status and page by page', async () => {
  const open = sampleIncident();
  const later = open.batch(1, 3).entries.map((entry) => ({ ...entry, at: '2026-05-01T00:00:00.000Z' }));
  await append(register, { incidentId: open.id, entries: later }, NO_ANCHOR);

  const [newest] = await listIncidents(register, { limit: 1 });
  expect(newest).toMatchObject({ id: open.id, openedAt: '2026-05-01T00:00:00.000Z', branchName: '苗头迹象' });
  const older = await listIncidents(register, { limit: 100, before: newest!.openedAt });
  expect(older.map(({ id }) => id)).not.toContain(open.id);
  const closed = await listIncidents(register, { status: 'closed', limit: 100 });
  expect(new Set(closed.map(({ status }) => status))).toEqual(new Set(['closed']));
});

test('incidents are listed by what is known of them', async () => {
  const [parent, child] = [
    sampleIncident({ prefix: 'FILTER' }),
    sampleIncident({ prefix: 'FILTER', drill: true }),
  ];
  const { number } = await append(register, parent.batch(1, 3), NO_ANCHOR);
  const [report, ...rest] = child.batch(1, 3).entries;
  if (report?.kind !== 'incidentReported') throw new Error('the sample begins with the report');
  const data = { ...report.data, parent: parent.id, office: 'yi', eventType: 'riskSign' };
  await append(register, { incidentId: child.id, entries: [{ ...report, data }, ...rest] }, NO_ANCHOR);
  const listed = async (filter: Parameters<typeof listIncidents>[1]) =>
    (await listIncidents(register, filter)).map(({ id }) => id);
  const limit = 100;
  expect(await listed({ limit, q: number! })).toEqual([parent.id]);
  expect(await listed({ limit, q: 'FILTER-_-' })).toEqual([]); // no pattern, but what a number begins with
  expect(await listed({ limit, parent: parent.id })).toEqual([child.id]);
  expect(await listed({ limit, q: 'FILTER', drill: true, office: 'yi' })).toEqual([child.id]);
  expect(await listed({ limit, eventType: 'riskSign', branch: 'riskSigns' })).toEqual([child.id]);
  expect(await listed({ limit, eventType: 'riskSign', drill: false })).toEqual([]);
});

test('page by page by the last id, no incident is lost or told twice, though all were opened at one instant', async () => {
  const opened = [sampleIncident(), sampleIncident(), sampleIncident(), sampleIncident(), sampleIncident()];
  for (const incident of opened) await append(register, incident.batch(1, 2), NO_ANCHOR);
  const whole = await listIncidents(register, { limit: 100 });

  const paged: IncidentId[] = [];
  for (;;) {
    const page = await listIncidents(register, { limit: 2, before: paged.at(-1) });
    if (page.length === 0) break;
    paged.push(...page.map(({ id }) => id));
  }
  expect(paged).toEqual(whole.map(({ id }) => id));
  expect(paged).toEqual(expect.arrayContaining(opened.map(({ id }) => id)));
  expect(await listIncidents(register, { limit: 2, before: NOBODY })).toEqual([]);
});

test('a receipt link finds what its page shows, and no identity', async () => {
  const incident = sampleIncident();
  expect(await messageFacts(register, incident.policeKey)).toBeNull();
  const { number } = await append(register, incident.batch(1, 8), NO_ANCHOR);
  expect(await messageFacts(register, incident.policeKey)).toEqual({
    incidentId: incident.id,
    number,
    drill: false,
    office: 'jia',
    closed: false,
    urgency: '特急',
    branchName: '正在实施及非正常死亡',
    stageName: '报警',
    clause: '四（三）',
    duty: '依法处置',
    outside: true,
    within: null,
    dueAt: null,
    acknowledgedAt: null,
    sentAt: '2026-03-04T01:26:00.000Z',
    outcome: null,
    arrivedAt: null,
    declinedAt: null,
    revokedAt: null,
  });
});

test('personal values are opened by entry, and the reading is logged', async () => {
  const incident = sampleIncident();
  await append(register, incident.batch(1), NO_ANCHOR);
  const opened = await openPersonal(register, incident.id);
  const told = incident.entries.filter(({ personal }) => personal);
  expect(opened).toEqual(new Map(told.map(({ seq, personal }) => [seq, personal])));

  const read = { incidentId: incident.id, apiKeyId: 'key-1', route: 'GET /api/incidents/{id}' };
  await logIdentityRead(register, read);
  expect(await identityReads(register, incident.id)).toMatchObject([read]);
});

test('what is not there is null', async () => {
  expect(await incidentById(register, NOBODY)).toBeNull();
  expect(await incidentDetail(register, NOBODY)).toBeNull();
  expect(await openPersonal(register, NOBODY)).toEqual(new Map());
  expect(await apiKeyByHash(register, 'none')).toBeNull();
});

test('plan editions, runs and API keys are kept once', async () => {
  const pin = { key: 'wushen', edition: '2025', hash: 'c'.repeat(64) };
  expect(await planEdition(register, pin)).toBeNull();
  await savePlanEdition(register, pin, 'title: 预案');
  await savePlanEdition(register, pin, 'title: 预案');
  expect(await planEdition(register, pin)).toBe('title: 预案');

  const run = {
    incidentId: NOBODY,
    runId: 'run-1',
    workflowType: 'riskSigns',
    endedAt: '2026-03-04T02:00:00.000Z',
  };
  await saveRunArchive(register, { ...run, history: Uint8Array.of(1, 2) });
  await saveRunArchive(register, { ...run, history: Uint8Array.of(1, 2, 3) });
  expect(await runArchives(register, NOBODY)).toEqual([{ ...run, history: Buffer.from([1, 2, 3]) }]);

  await addApiKey(register, { id: 'key-1', name: 'test', hash: 'h1' });
  await addApiKey(register, { id: 'key-1', name: 'again', hash: 'h1' });
  expect(await apiKeyByHash(register, 'h1')).toMatchObject({ id: 'key-1', name: 'test' });
});

import { randomUUID } from 'node:crypto';
import type { Entry, EntryBatch, NewEntry } from '../incident/entry.ts';
import type { IncidentId, MessageKey } from '../incident/ids.ts';
import { messageKey, stageId } from '../incident/ids.ts';
import { plus } from '../incident/instant.ts';

const REPORTED_AT = '2026-03-04T01:20:00.000Z';
const PLAN = { key: 'wushen', edition: '2025', hash: 'a'.repeat(64) };

/** An incident for tests: case 6, a risk sign that becomes an act, and what may come after. Everybody in it is fictional. */
export interface SampleIncident {
  id: IncidentId;
  /** A case of its own that was opened under it. */
  subCase: IncidentId;
  /** The message that tells the police station. */
  policeKey: MessageKey;
  /** All of its timeline, one minute between two entries. */
  entries: Entry[];
  /** The entries from `first` to `last`, both counted from 1. */
  batch(first: number, last?: number): EntryBatch;
}

/** `prefix` is the number series; give each test its own where it counts numbers. */
export function sampleIncident({ prefix = 'WS', drill = false } = {}): SampleIncident {
  const id = randomUUID() as IncidentId;
  const subCase = randomUUID() as IncidentId;
  const told = { opening: 1, line: 'duty', rung: 0, repeat: 0 };
  const policeKey = messageKey({ incidentId: id, stageId: stageId(2, 'policeCall'), ...told });
  const story = [...reported(prefix, drill), ...escalated(policeKey), ...worked(subCase), ...closed()];
  const entries = story.map(
    (entry, index) => ({ ...entry, seq: index + 1, at: plus(REPORTED_AT, index * 60_000) }) as Entry,
  );
  return {
    id,
    subCase,
    policeKey,
    entries,
    batch: (first, last = entries.length) => ({ incidentId: id, entries: entries.slice(first - 1, last) }),
  };
}

const reported = (prefix: string, drill: boolean): NewEntry[] => [
  {
    kind: 'incidentReported',
    data: {
      plan: PLAN,
      drill,
      eventType: 'violentCrime',
      office: 'jia',
      occurredAt: null,
      discoveredAt: REPORTED_AT,
      receivedAt: REPORTED_AT,
      subjects: 1,
      parent: null,
      missing: ['occurredAt'],
      marks: [],
      bodyHash: 'k1:0',
      apiKeyId: 'key-1',
      numberSeries: { prefix, year: 2026, drill },
    },
    personal: {
      situation: '测试情况:扬言报复',
      'subject.1.name': '测试甲',
      'subject.1.phone': '测试号码-4471',
    },
  },
  {
    kind: 'branchEntered',
    data: {
      entry: 1,
      branch: 'riskSigns',
      branchName: '苗头迹象',
      clause: '四（二）',
      runId: 'run-1',
      by: null,
      chosen: 'plan',
    },
  },
  {
    kind: 'stageOpened',
    data: {
      stageId: stageId(1, 'counselling'),
      opening: 1,
      entry: 1,
      stage: 'counselling',
      stageName: '教育疏导',
      clause: '四（二）',
      source: 'plan',
      owner: 'judicialOffice',
      duty: '教育疏导',
      planText: '尽快',
      within: 'PT2H',
      dueAt: plus(REPORTED_AT, 7_200_000),
      startsAt: null,
      automatic: false,
      by: null,
    },
  },
];

const escalated = (key: MessageKey): NewEntry[] => [
  {
    kind: 'stageEnded',
    data: { stageId: stageId(1, 'counselling'), opening: 1, outcome: 'superseded', by: null },
  },
  {
    kind: 'branchEntered',
    data: {
      entry: 2,
      branch: 'violentAct',
      branchName: '正在实施及非正常死亡',
      clause: '四（三）',
      runId: 'run-2',
      by: 'jia-1',
      chosen: 'person',
    },
    personal: { reason: '测试理由:已经动手' },
  },
  {
    kind: 'stageOpened',
    data: {
      stageId: stageId(2, 'policeCall'),
      opening: 1,
      entry: 2,
      stage: 'policeCall',
      stageName: '报警',
      clause: '四（三）',
      source: 'plan',
      owner: 'judicialOffice',
      duty: '立即报警',
      planText: '立即',
      within: null,
      dueAt: null,
      startsAt: null,
      automatic: false,
      by: null,
    },
  },
  {
    kind: 'messageSent',
    data: {
      key,
      stageId: stageId(2, 'policeCall'),
      opening: 1,
      line: 'duty',
      kind: 'duty',
      party: 'policeStation',
      partyName: '派出所',
      outside: true,
      urgency: '特急',
      duty: '依法处置',
      rung: 0,
      repeat: 0,
    },
  },
  {
    kind: 'messageSettled',
    data: { key, result: 'accepted', person: 'police-1', channel: 'email', code: 'SMTP_250', attempts: 2 },
  },
  {
    kind: 'acknowledged',
    data: { key, stageId: stageId(2, 'policeCall'), opening: 1, line: 'duty', person: 'police-1' },
  },
  { kind: 'stageOverdue', data: { stageId: stageId(2, 'policeCall'), opening: 1 } },
  {
    kind: 'takenOver',
    data: { stageId: stageId(2, 'policeCall'), opening: 1, by: 'bureau-1' },
    personal: { reason: '测试理由:就近' },
  },
  {
    kind: 'stageEnded',
    data: { stageId: stageId(2, 'policeCall'), opening: 1, outcome: 'called', by: 'bureau-1' },
    personal: { evidence: '测试证据:接警编号' },
  },
];

/** From the thirteenth entry on. */
const worked = (subCase: IncidentId): NewEntry[] => {
  const followUp = { stageId: stageId(2, 'followUp'), opening: 1 };
  const dueAt = (hours: number) => plus(REPORTED_AT, hours * 3_600_000);
  return [
    {
      kind: 'stageOpened',
      data: {
        ...followUp,
        entry: 2,
        stage: 'followUp',
        stageName: '续报',
        clause: '四（三）',
        source: 'plan',
        owner: 'judicialOffice',
        duty: '续报',
        planText: '及时',
        within: 'PT2H',
        dueAt: dueAt(2),
        startsAt: plus(REPORTED_AT, 0),
        automatic: true,
        by: null,
      },
    },
    { kind: 'stageOverdue', data: followUp },
    {
      kind: 'stageContinued',
      data: { ...followUp, outcome: 'followedUp', by: 'jia-1', dueAt: dueAt(4) },
      personal: { evidence: '测试证据:续报' },
    },
    { kind: 'factsAdded', data: { by: 'jia-1', names: ['place'] }, personal: { place: '测试地点:桥北' } },
    {
      kind: 'subjectAdded',
      data: { subject: 2, by: 'jia-1' },
      personal: { 'subject.2.name': '测试乙' },
    },
    {
      kind: 'subjectChanged',
      data: { subject: 1, safety: 'injured', outcome: null, by: 'jia-1' },
      personal: { note: '测试说明:轻伤' },
    },
    { kind: 'subjectChanged', data: { subject: 1, safety: null, outcome: 'controlled', by: 'jia-1' } },
    {
      kind: 'reportRecorded',
      data: { report: 1, kind: 'followUpReport', verifying: ['time'], by: 'jia-1' },
      personal: { 'element.development': '测试进展:已平息' },
    },
    {
      kind: 'subCaseOpened',
      data: { subCase, branch: 'abscondingSearch', subjects: [2], by: 'jia-1' },
      personal: { reason: '测试理由:走失' },
    },
    { kind: 'subCaseEnded', data: { subCase, as: 'responseEnded' } },
    {
      kind: 'incidentAbsorbed',
      data: { from: randomUUID() as IncidentId, receivedAt: REPORTED_AT, by: 'jia-1' },
      personal: { reason: '测试理由:同一事件' },
    },
    { kind: 'stageEnded', data: { ...followUp, outcome: 'finished', by: 'jia-1' } },
    { kind: 'responseEnded', data: { by: 'bureau-1', proposedBy: 'jia-1' } },
  ];
};

const closed = (): NewEntry[] => [
  { kind: 'closingProposed', data: { by: 'jia-1', as: 'responseEnded', openStages: [] } },
  {
    kind: 'incidentClosed',
    data: { by: 'bureau-1', proposedBy: 'jia-1', as: 'responseEnded', mergedInto: null },
  },
];

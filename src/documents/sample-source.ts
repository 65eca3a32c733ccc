import { loadOrganisation } from '../people/organisation.ts';
import { loadPlan } from '../plan/load.ts';
import type { KnownIncident, KnownSubject } from './known-incident.ts';
import { loadTemplates } from './load-templates.ts';
import type { DocumentSource } from './source.ts';

const person = (subject: number): KnownSubject => ({
  subject,
  name: `测试人${subject}`,
  correctionType: 'suspendedSentence',
  decidingAuthority: '虚构旗人民法院',
  safety: 'missing',
  outcome: null,
});

/** A case of 四（一） as an incident tells it; everybody and everything in it is fictional. */
export const sampleKnown = (more: Partial<KnownIncident> = {}): KnownIncident => ({
  number: 'YS-2026-0007',
  drill: false,
  office: 'jia',
  eventType: 'outOfSupervision',
  branchName: '失联查找',
  responseEndedAt: '2026-03-05T09:00:00.000Z',
  facts: {
    situation: '测试人1未按规定签到，电话关机，家属称前一日晚外出后未归。',
    place: '演示旗甲镇虚构路1号',
    measuresTaken: '电话联系本人及家属，核查定位信息，到居住地、工作地实地查访。',
    source: '司法所日常点验',
    reporter: { name: '测试甲一', phone: '139 0000 0001' },
    correctionType: 'suspendedSentence',
    decidingAuthority: '虚构旗人民法院',
    enrolled: 'yes',
    occurredAt: '2026-03-03T14:00:00.000Z',
    discoveredAt: '2026-03-04T01:20:00.000Z',
    receivedAt: '2026-03-04T01:25:00.000Z',
  },
  subjects: [person(1)],
  firstResponse: [stage('0.initialResponse', '先期处置', 'notControllable')],
  branches: [
    {
      name: '失联查找',
      clause: '四（一）',
      stages: [
        stage('1.search', '组织查找', 'searchFailed'),
        stage('1.policeNotice', '书面通知派出所', 'delivered'),
        { ...stage('2.correctiveAction_1', '整改', null), action: '节假日前逐人核对联系方式' },
      ],
    },
  ],
  reports: [
    {
      report: 0,
      kind: 'firstReport',
      reportedAt: '2026-03-04T01:25:00.000Z',
      elements: {},
      text: null,
    },
    {
      report: 1,
      kind: 'followUpReport',
      reportedAt: '2026-03-04T06:00:00.000Z',
      elements: { development: '经查，测试人1的电话最后一次使用在邻镇，查找仍在进行。' },
      text: null,
    },
  ],
  timeline: [
    entry(1, 'incidentReported', {}),
    entry(2, 'branchEntered', { branchName: '失联查找', clause: '四（一）' }),
    entry(
      5,
      'stageEnded',
      { stageId: '0.initialResponse', outcome: 'notControllable', by: 'jia-1' },
      '已电话联系并派两人到居住地，未见本人。',
    ),
    entry(
      9,
      'stageEnded',
      { stageId: '1.search', outcome: 'searchFailed', by: 'jia-1' },
      '经通信联络、信息化核查和实地查访，走访家属三人、村民小组一个，至今仍未找到。',
    ),
    entry(12, 'reportRecorded', { report: 1, by: 'jia-1' }),
    entry(
      15,
      'stageEnded',
      { stageId: '1.policeNotice', outcome: 'delivered', by: 'jia-2' },
      '派出所值班民警签收，回执一份。',
    ),
    entry(30, 'responseEnded', { by: 'deputy-1', proposedBy: 'jia-1' }),
  ],
  ...more,
});

function stage(
  id: string,
  stageName: string,
  outcome: string | null,
): KnownIncident['firstResponse'][number] {
  return {
    id,
    stage: id.split('.')[1]!.replace(/\d+$/, ''),
    stageName,
    owner: 'judicialOffice',
    outcome,
    dueAt: '2026-04-01T04:00:00.000Z',
    resolvedAt: null,
    action: null,
  };
}

function entry(
  seq: number,
  kind: string,
  data: Record<string, unknown>,
  evidence?: string,
): KnownIncident['timeline'][number] {
  const at = new Date(Date.UTC(2026, 2, 4, 1, 20) + seq * 20 * 60_000).toISOString();
  return {
    seq,
    at,
    kind,
    data,
    ...(evidence ? { personal: { evidence } } : {}),
    hash: String(seq).repeat(64).slice(0, 64),
  };
}

/** The sample bureau's templates, and what they are filled from. */
export const sampleSource = (more: Partial<DocumentSource> = {}): DocumentSource => ({
  incident: sampleKnown(),
  organisation: loadOrganisation('plans/organisation.sample.yaml'),
  plan: loadPlan('plans/wushen-2025.yaml'),
  bodies: loadTemplates('plans/documents').bodies,
  fields: {},
  drafter: 'jia-1',
  old: null,
  asOf: '2026-03-04T07:30:00.000Z',
  ...more,
});

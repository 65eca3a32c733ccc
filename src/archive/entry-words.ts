import type { ClosedAs, EntryData, EntryKind, ReceiptChannel } from '../incident/entry.ts';
import { parseMessageKey } from '../incident/ids.ts';
import { isOfKnownElsewhere } from '../incident/known-elsewhere.ts';

/** What ids are called in a bundle. An id that is nobody's stands for itself. */
export interface BundleNames {
  person(id: unknown): string;
  party(key: unknown): string;
  /** By the stage's id in the incident. */
  stage(id: unknown): string;
  outcome(stageId: unknown, outcome: unknown): string;
  branch(key: unknown): string;
}

type Sayings = { [K in EntryKind]: (data: EntryData[K], n: BundleNames) => string };

export const CLOSED_AS: Record<ClosedAs, string> = {
  responseEnded: '处置结束',
  falseAlarm: '误报',
  merged: '并入另一事件',
  drillEnded: '演练结束',
};
export const RESULTS: Record<string, string> = {
  accepted: '已送达服务器',
  refused: '被拒收',
  noContact: '无人可告',
  quieted: '本人称仍在处置，未提醒',
  withheld: '演练，未告知外部单位',
  withdrawn: '职责已办结，不再发送',
};
export const CHANNELS: Record<string, string> = {
  email: '邮件',
  sms: '短信',
  voice: '语音电话',
  inApp: '站内消息',
};
export const VIA: Record<ReceiptChannel, string> = { phone: '电话', paper: '书面', inPerson: '当面' };
export const SAFETY: Record<string, string> = {
  unknown: '未知',
  safe: '安全',
  needsHelp: '需要救助',
  missing: '失去联系',
  injured: '受伤',
  dead: '死亡',
};
export const SUBJECT_OUTCOME: Record<string, string> = {
  complies: '已找到并服从管理',
  outOfSupervision: '脱管',
  inCustody: '已被羁押',
  controlled: '已控制',
  injured: '受伤',
  dead: '死亡',
  notInvolved: '与事件无关',
};
export const REPORTS: Record<EntryData['reportRecorded']['kind'], string> = {
  firstReport: '首报',
  followUpReport: '续报',
  finalReport: '终报',
  supplementaryReport: '补报',
};
const FACTS: Record<string, string> = {
  situation: '情况',
  place: '地点',
  measuresTaken: '已采取措施',
  source: '信息来源',
  occurredAt: '发生时间',
  discoveredAt: '发现时间',
  correctionType: '矫正类别',
  decidingAuthority: '决定机关',
  enrolled: '是否在册',
  minor: '是否未成年人',
};

const stageOf = (key: string, n: BundleNames): string => n.stage(parseMessageKey(key)?.stageId);
const factName = (name: string): string =>
  FACTS[name] ??
  (isOfKnownElsewhere(name)
    ? '他处知悉'
    : name.startsWith('subject.')
      ? '对象信息'
      : name.startsWith('reporter.')
        ? '报告人'
        : name);

const SAYINGS: Sayings = {
  incidentReported: ({ subjects, drill }) => `${drill ? '【演练】' : ''}接报，登记对象 ${subjects} 人`,
  branchEntered: ({ branchName, clause, by }, n) =>
    `${by ? `${n.person(by)} 选定` : '启动'} ${clause} ${branchName}`,
  stageOpened: ({ stageName, clause, automatic, by }, n) =>
    `启动环节 ${stageName}（${clause}）${automatic ? '，自动催报·未经人工确认' : ''}${by ? `，${n.person(by)}` : ''}`,
  messageSent: ({ partyName, stageId, duty }, n) => `通知 ${partyName}：${n.stage(stageId)}（${duty}）`,
  messageSettled: ({ key, result, person, channel, attempts }, n) =>
    `${stageOf(key, n)}：${person ? `${n.person(person)} ` : ''}${CHANNELS[channel ?? ''] ?? ''}${RESULTS[result] ?? result}${attempts > 1 ? `，尝试 ${attempts} 次` : ''}`,
  deliveryReported: ({ key, status }, n) => `${stageOf(key, n)}：运营商回报 ${status}`,
  messageWithdrawn: ({ key }, n) => `${stageOf(key, n)}：撤回一条未发出的通知`,
  acknowledged: (d, n) => `${n.person(d.person)} 确认收到：${n.stage(d.stageId)}`,
  arrived: (d, n) => `${n.person(d.person)} 已到场：${n.stage(d.stageId)}`,
  declined: (d, n) =>
    `${n.person(d.person)} 无法处理：${n.stage(d.stageId)}${d.movedOn ? '，已通知下一位' : ''}`,
  receiptRegistered: (d, n) =>
    `${n.person(d.by)} 代录确认（${VIA[d.channel]}）：${d.party ? `${n.party(d.party)} ` : ''}${n.stage(d.stageId)}`,
  linkRevoked: (d, n) => `${n.person(d.by)} 撤销链接：${n.stage(d.stageId)}`,
  phoneCalled: (d, n) =>
    `${n.person(d.by)} 致电 ${d.person ? n.person(d.person) : n.party(d.party)}${d.report === undefined ? '' : '（电话报告）'}${d.answered ? '' : '，无人接听'}`,
  stageOverdue: (d, n) => `${n.stage(d.stageId)} 超期`,
  stageEnded: (d, n) =>
    `${n.stage(d.stageId)}：${n.outcome(d.stageId, d.outcome)}${d.by ? `，${n.person(d.by)}` : ''}`,
  stageContinued: (d, n) =>
    `${n.stage(d.stageId)}：${n.outcome(d.stageId, d.outcome)}，${n.person(d.by)}，环节继续`,
  stillResponding: (d, n) => `${n.person(d.by)} 仍在处置`,
  takenOver: (d, n) => `${n.person(d.by)} 接管 ${n.stage(d.stageId)}`,
  closingProposed: (d, n) => `${n.person(d.by)} 提请办结（${CLOSED_AS[d.as]}）`,
  closingRefused: (d, n) => `${n.person(d.by)} 不批准办结`,
  takenUpAgain: ({ from, to }) =>
    `系统恢复后续接：第 ${from}–${to} 条为恢复点之后所记，处置流程未保有，仍有效的须重新登记`,
  responseEnded: (d, n) => `${n.person(d.by)} 批准处置结束（${n.person(d.proposedBy)} 提请）`,
  incidentClosed: (d, n) =>
    `${n.person(d.by)} 办结（${CLOSED_AS[d.as]}）${d.proposedBy ? `，${n.person(d.proposedBy)} 提请` : ''}`,
  factsAdded: (d, n) => `${n.person(d.by)} 补充情况：${[...new Set(d.names.map(factName))].join('、')}`,
  subjectAdded: (d, n) => `${n.person(d.by)} 增加对象 ${d.subject}`,
  subjectChanged: (d, n) =>
    `${n.person(d.by)} 更新对象 ${d.subject}：${[d.safety && SAFETY[d.safety], d.outcome && SUBJECT_OUTCOME[d.outcome]].filter(Boolean).join('、')}`,
  reportRecorded: (d, n) => `${n.person(d.by)} 报送${REPORTS[d.kind]}`,
  reportSent: (d, n) =>
    `${n.person(d.by)} 报送${d.name}（${d.signed ? '已签发' : '未签发·先行告知'}）${d.old ? (d.old.act === 'corrects' ? '，更正前件' : '，撤回前件') : ''}`,
  reportHandedOn: (d, n) =>
    `${n.person(d.by)} 登记送达（${VIA[d.channel]}）：${n.party(d.party)}，${n.person(d.decidedBy)} 决定`,
  instructionRecorded: (d, n) =>
    `${d.from ? n.person(d.from) : '领导'} 批示，交 ${d.person ? n.person(d.person) : n.party(d.party)} 落实，${n.person(d.by)} 登记`,
  injectGiven: (d, n) => `${n.person(d.by)} 注入情景 ${d.inject}`,
  drillEnded: (d, n) => `${n.person(d.by)} ${d.as === 'replaced' ? '中止演练，转入真实处置' : '结束演练'}`,
  subCaseOpened: (d, n) => `${n.person(d.by)} 另立子案：${n.branch(d.branch)}`,
  subCaseEnded: (d) => `子案办结（${CLOSED_AS[d.as]}）`,
  incidentAbsorbed: (d, n) => `${n.person(d.by)} 并入另一报告`,
  documentNoted: (d, n) =>
    `${n.person(d.by)} ${d.act === 'signed' ? '签发' : '附签章扫描件'}：${d.name}${d.number ? ` ${d.number}` : ''}${d.old ? `（${d.old.act === 'corrects' ? '更正' : '撤回'}前件）` : ''}`,
  attachmentAdded: (d, n) => `${n.person(d.by)} 添加附件${d.stageId ? `：${n.stage(d.stageId)}` : ''}`,
};

/** An entry of the timeline in Chinese; a kind that has no words here stands for itself. */
export function entryInWords({ kind, data }: { kind: string; data: object }, names: BundleNames): string {
  const say = (SAYINGS as Record<string, ((data: unknown, names: BundleNames) => string) | undefined>)[kind];
  return say ? say(data, names) : kind;
}

const VALUE_NAMES: Record<string, string> = {
  ...FACTS,
  reason: '理由',
  note: '说明',
  evidence: '佐证',
  action: '整改内容',
  text: '内容',
  said: '通话内容',
  words: '批示内容',
  'from.name': '批示人',
  inject: '情景内容',
  receiver: '接收人',
  'knownElsewhere.who': '他处知悉方',
  'knownElsewhere.at': '他处知悉时间',
  'knownElsewhere.source': '他处知悉依据',
  number: '号码',
  'reporter.name': '报告人',
  'reporter.phone': '报告人电话',
  'caller.name': '来电人',
  'caller.number': '来电号码',
  'element.kind': '种类',
  'element.time': '时间',
  'element.place': '地点',
  'element.persons': '人员',
  'element.development': '发展情况',
  'element.measures': '已采取措施',
};
const SUBJECT_VALUES: Record<string, string> = {
  name: '姓名',
  file: '档案号',
  phone: '电话',
  correctionType: '矫正类别',
  decidingAuthority: '决定机关',
  minor: '是否未成年人',
  enrolled: '是否在册',
};

/** What a personal value is called: 对象 1 姓名. */
export function valueName(name: string): string {
  const subject = /^subject\.(\d+)\.(\w+)$/.exec(name);
  if (subject) return `对象 ${subject[1]} ${SUBJECT_VALUES[subject[2]!] ?? subject[2]}`;
  return VALUE_NAMES[name] ?? name;
}

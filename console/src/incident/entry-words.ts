import type { EntryData, EntryKind } from '../../../src/incident/entry.ts';
import { fileKind } from '../attachments/kinds.ts';
import { twins, useSpeech, useWords } from '../words/words.tsx';
import type { Entry } from './incident.ts';
import { useNames, type Names } from './names.ts';
import { INCIDENT } from './words.ts';

type Sayings = {
  [K in EntryKind]: (data: EntryData[K], names: Names, words: (typeof INCIDENT)['zh']) => string;
};

const stage = ({ stageId }: { stageId: string }, names: Names): string => names.stage(stageId);

const SAYINGS = twins<Sayings>(
  {
    incidentReported: ({ subjects }) => `接报，登记对象 ${subjects} 人`,
    branchEntered: ({ branchName, clause, by }, n) =>
      `${by ? `${n.person(by)} 选定` : '启动'} ${clause} ${branchName}`,
    stageOpened: ({ stageName, automatic, by }, n) =>
      `启动 ${stageName}${automatic ? '（自动催报·未经人工确认）' : ''}${by ? ` · ${n.person(by)}` : ''}`,
    messageSent: ({ partyName, kind, stageId }, n, w) =>
      `通知 ${partyName}：${n.stage(stageId)}（${w.kinds[kind]}）`,
    messageSettled: ({ key, result, person, channel, attempts }, n, w) =>
      `${stageOfKey(key, n)}：${person ? n.person(person) : ''} ${w.channels[channel ?? ''] ?? channel ?? ''} ${w.results[result] ?? result}${attempts > 1 ? `，尝试 ${attempts} 次` : ''}`,
    deliveryReported: ({ status }) => `运营商回报：${status}`,
    messageWithdrawn: () => '撤回一条未发出的通知',
    acknowledged: (d, n) => `${n.person(d.person)} 确认收到：${stage(d, n)}`,
    arrived: (d, n) => `${n.person(d.person)} 已到场：${stage(d, n)}`,
    declined: (d, n) => `${n.person(d.person)} 无法处理：${stage(d, n)}${d.movedOn ? '，已通知下一位' : ''}`,
    receiptRegistered: (d, n, w) =>
      `${n.person(d.by)} 代录确认（${w.via[d.channel]}）：${d.party ? n.party(d.party) : ''} ${stage(d, n)}`,
    linkRevoked: (d, n) => `${n.person(d.by)} 撤销链接：${stage(d, n)}`,
    phoneCalled: (d, n) =>
      `${n.person(d.by)} 致电 ${d.person ? n.person(d.person) : n.party(d.party)}${d.report === undefined ? '' : '（电话报告）'}${d.answered ? '' : '，无人接听'}`,
    stageOverdue: (d, n) => `${stage(d, n)} 超期`,
    stageEnded: (d, n, w) =>
      `${stage(d, n)}：${w.outcomes[d.outcome] ?? n.outcome(keyOf(d.stageId), d.outcome)}${d.by ? ` · ${n.person(d.by)}` : ''}`,
    stageContinued: (d, n) => `${stage(d, n)}：${n.outcome(keyOf(d.stageId), d.outcome)} · ${n.person(d.by)}`,
    stillResponding: (d, n) => `${n.person(d.by)} 仍在处置`,
    takenOver: (d, n) => `${n.person(d.by)} 接管 ${stage(d, n)}`,
    closingProposed: (d, n, w) => `${n.person(d.by)} 提请办结（${w.closedAs[d.as]}）`,
    closingRefused: (d, n) => `${n.person(d.by)} 不批准办结`,
    takenUpAgain: ({ from, to }) =>
      `系统恢复后续接：第 ${from}–${to} 条为恢复点之后所记，处置流程未保有，仍有效的请重新登记`,
    responseEnded: (d, n) => `${n.person(d.by)} 批准处置结束（${n.person(d.proposedBy)} 提请）`,
    incidentClosed: (d, n, w) => `${n.person(d.by)} 办结（${w.closedAs[d.as] ?? d.as}）`,
    factsAdded: (d, n, w) =>
      `${n.person(d.by)} 补充情况：${d.names.map((name) => factName(name, w)).join('、')}`,
    subjectAdded: (d, n) => `${n.person(d.by)} 增加对象 ${d.subject}`,
    subjectChanged: (d, n, w) =>
      `${n.person(d.by)} 更新对象 ${d.subject}：${[d.safety && w.safety[d.safety], d.outcome && w.subjectOutcome[d.outcome]].filter(Boolean).join('、')}`,
    reportRecorded: (d, n, w) => `${n.person(d.by)} 报送${w.reportKinds[d.kind]}`,
    reportSent: (d, n) =>
      `${n.person(d.by)} 报送${d.name}（${d.signed ? '已签发' : '未签发·先行告知'}）${d.old ? (d.old.act === 'corrects' ? '，更正前件' : '，撤回前件') : ''}`,
    reportHandedOn: (d, n, w) =>
      `${n.person(d.by)} 登记送达（${w.via[d.channel]}）：${n.party(d.party)} · ${n.person(d.decidedBy)} 决定`,
    instructionRecorded: (d, n) =>
      `${d.from ? n.person(d.from) : '领导'} 批示，交 ${d.person ? n.person(d.person) : n.party(d.party)} 落实 · ${n.person(d.by)} 登记`,
    subCaseOpened: (d, n) => `${n.person(d.by)} 另立子案：${n.branch(d.branch)}`,
    subCaseEnded: (d, _, w) => `子案办结（${w.closedAs[d.as] ?? d.as}）`,
    incidentAbsorbed: (d, n) => `${n.person(d.by)} 并入另一报告`,
    injectGiven: (d) => `情景注入 ${d.inject}`,
    drillEnded: (d) => (d.as === 'replaced' ? '演练中止·转入真实处置' : '演练结束'),
    documentNoted: (d, n) =>
      `${n.person(d.by)} ${d.act === 'signed' ? '签发' : '附签章扫描件'}：${d.name}${d.number ? ` ${d.number}` : ''}${d.old ? `（${d.old.act === 'corrects' ? '更正' : '撤回'}前件）` : ''}`,
    attachmentAdded: (d, n) =>
      `${n.person(d.by)} 添加附件（${fileKind(d.type, 'zh')}）${d.stageId ? `：${n.stage(d.stageId)}` : ''}`,
  },
  {
    incidentReported: ({ subjects }) => `Reported; ${subjects} subjects named`,
    branchEntered: ({ branchName, clause, by }, n) =>
      `${by ? `${n.person(by)} chose` : 'Began'} ${clause} ${branchName}`,
    stageOpened: ({ stageName, automatic, by }, n) =>
      `Opened ${stageName}${automatic ? ' (by itself, not confirmed by a person)' : ''}${by ? ` · ${n.person(by)}` : ''}`,
    messageSent: ({ partyName, kind, stageId }, n, w) =>
      `Told ${partyName}: ${n.stage(stageId)} (${w.kinds[kind]})`,
    messageSettled: ({ key, result, person, channel, attempts }, n, w) =>
      `${stageOfKey(key, n)}: ${person ? n.person(person) : ''} ${w.channels[channel ?? ''] ?? channel ?? ''} ${w.results[result] ?? result}${attempts > 1 ? `, ${attempts} attempts` : ''}`,
    deliveryReported: ({ status }) => `Provider reported: ${status}`,
    messageWithdrawn: () => 'Withdrew an unsent message',
    acknowledged: (d, n) => `${n.person(d.person)} confirmed: ${stage(d, n)}`,
    arrived: (d, n) => `${n.person(d.person)} arrived: ${stage(d, n)}`,
    declined: (d, n) =>
      `${n.person(d.person)} cannot handle ${stage(d, n)}${d.movedOn ? '; the next was told' : ''}`,
    receiptRegistered: (d, n, w) =>
      `${n.person(d.by)} registered a receipt (${w.via[d.channel]}): ${d.party ? n.party(d.party) : ''} ${stage(d, n)}`,
    linkRevoked: (d, n) => `${n.person(d.by)} revoked a link: ${stage(d, n)}`,
    phoneCalled: (d, n) =>
      `${n.person(d.by)} called ${d.person ? n.person(d.person) : n.party(d.party)}${d.report === undefined ? '' : ' (a report by phone)'}${d.answered ? '' : ', no answer'}`,
    stageOverdue: (d, n) => `${stage(d, n)} overdue`,
    stageEnded: (d, n, w) =>
      `${stage(d, n)}: ${w.outcomes[d.outcome] ?? n.outcome(keyOf(d.stageId), d.outcome)}${d.by ? ` · ${n.person(d.by)}` : ''}`,
    stageContinued: (d, n) => `${stage(d, n)}: ${n.outcome(keyOf(d.stageId), d.outcome)} · ${n.person(d.by)}`,
    stillResponding: (d, n) => `${n.person(d.by)} is still responding`,
    takenOver: (d, n) => `${n.person(d.by)} took over ${stage(d, n)}`,
    closingProposed: (d, n, w) => `${n.person(d.by)} proposed the end (${w.closedAs[d.as]})`,
    closingRefused: (d, n) => `${n.person(d.by)} refused the end`,
    takenUpAgain: ({ from, to }) =>
      `Taken up again after a restore: entries ${from}–${to} came after the restored point and are not known to the workflow; record again what still holds`,
    responseEnded: (d, n) =>
      `${n.person(d.by)} approved the end of the response (proposed by ${n.person(d.proposedBy)})`,
    incidentClosed: (d, n, w) => `${n.person(d.by)} closed it (${w.closedAs[d.as] ?? d.as})`,
    factsAdded: (d, n, w) =>
      `${n.person(d.by)} added: ${d.names.map((name) => factName(name, w)).join(', ')}`,
    subjectAdded: (d, n) => `${n.person(d.by)} added subject ${d.subject}`,
    subjectChanged: (d, n, w) =>
      `${n.person(d.by)} updated subject ${d.subject}: ${[d.safety && w.safety[d.safety], d.outcome && w.subjectOutcome[d.outcome]].filter(Boolean).join(', ')}`,
    reportRecorded: (d, n, w) => `${n.person(d.by)} recorded a ${w.reportKinds[d.kind]}`,
    reportSent: (d, n) =>
      `${n.person(d.by)} sent ${d.name} (${d.signed ? 'signed' : 'ahead, unsigned'})${d.old ? `, which ${d.old.act} an earlier one` : ''}`,
    reportHandedOn: (d, n, w) =>
      `${n.person(d.by)} registered a delivery (${w.via[d.channel]}): ${n.party(d.party)} · decided by ${n.person(d.decidedBy)}`,
    instructionRecorded: (d, n) =>
      `Instruction by ${d.from ? n.person(d.from) : 'a leader'} to ${d.person ? n.person(d.person) : n.party(d.party)} · recorded by ${n.person(d.by)}`,
    subCaseOpened: (d, n) => `${n.person(d.by)} opened a sub-case: ${n.branch(d.branch)}`,
    subCaseEnded: (d, _, w) => `Sub-case ended (${w.closedAs[d.as] ?? d.as})`,
    incidentAbsorbed: (d, n) => `${n.person(d.by)} merged another report into this`,
    injectGiven: (d) => `Scene ${d.inject} played in`,
    drillEnded: (d) => (d.as === 'replaced' ? 'Drill stopped for a real incident' : 'Drill over'),
    documentNoted: (d, n) =>
      `${n.person(d.by)} ${d.act === 'signed' ? 'signed' : 'attached the signed scan of'} ${d.name}${d.number ? ` ${d.number}` : ''}${d.old ? ` (${d.old.act} an earlier one)` : ''}`,
    attachmentAdded: (d, n) =>
      `${n.person(d.by)} attached a ${fileKind(d.type, 'en')}${d.stageId ? `: ${n.stage(d.stageId)}` : ''}`,
  },
);

/** A message's key begins with the incident and the stage. */
const stageOfKey = (key: string, names: Names): string => names.stage(key.split('/')[1] ?? '');

const keyOf = (stageId: string): string => stageId.replace(/^\d+\./, '');

const factName = (name: string, words: (typeof INCIDENT)['zh']): string =>
  (words.facts as Record<string, string>)[name] ??
  words.missingNames[name.replace(/^subject\..*/, 'subjects')] ??
  name;

/** An entry of the timeline in words; a kind that this page does not know yet stands for itself. */
export function useEntryWords(): (entry: Entry) => string {
  const { language } = useSpeech();
  const words = useWords(INCIDENT);
  const names = useNames();
  return ({ kind, data }) => {
    const say = (SAYINGS[language] as Record<string, (data: unknown, n: Names, w: typeof words) => string>)[
      kind
    ];
    return say ? say(data, names, words) : kind;
  };
}

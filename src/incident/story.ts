import type { ClosedAs, ReportKind } from './entry.ts';
import type { Instant } from './instant.ts';
import type { Delivery, Notice, NoticeKind } from './notice.ts';
import { SENDS_FIRST_MS } from './outbox.ts';

/** One event of a workflow's history as the story reads it. */
export interface StoryEvent {
  id: number;
  at: Instant;
  type: string;
  attributes: Record<string, unknown>;
}

/** What happened, in words, and the history's events that say so. */
export interface StoryLine {
  at: Instant;
  text: string;
  events: number[];
}

type Attributes = Record<string, unknown>;

const KIND: Record<NoticeKind, string> = {
  duty: '告知职责',
  reminder: '再次提醒',
  unconfirmed: '未确认，转告上一级',
  declined: '答复无法处理，转告上一级',
  overdue: '已超期，催问结果',
  overdueAbove: '超期未办，转告上一级',
  phoneOutside: '外部单位未确认，请电话联系',
};

const RESULT: Record<Delivery['result'], string> = {
  accepted: '对方服务器已接收',
  refused: '被拒收，改告下一级',
  noContact: '此级无人可告，改告下一级',
  quieted: '本人称仍在处置，本次不提醒',
  withheld: '演练，不告知外部单位',
  withdrawn: '职责已办结，不再发送',
};

/** Updates by name: who said what. */
const SAID: Record<string, (argument: Attributes) => string> = {
  acknowledge: ({ person }) => `${person} 确认收到`,
  arrive: ({ person }) => `${person} 报告已到场`,
  decline: ({ person }) => `${person} 答复无法处理`,
  registerReceipt: ({ by, toldAt }) => `${by} 代录确认收到（对方 ${toldAt} 告知）`,
  revokeLink: ({ by }) => `${by} 撤销一条确认链接`,
  logCall: ({ by, answered }) => `${by} 登记一次通话（${answered ? '已接通' : '未接通'}）`,
  noteDocument: ({ by, act, name, number }) =>
    `${by} ${act === 'signed' ? '签发' : '附上扫描件：'}${name}${number ? `（${number}）` : ''}`,
  noteAttachment: ({ by, stageId }) => `${by} 添加附件${stageId ? `（环节 ${stageId}）` : ''}`,
  resolveStage: ({ by, stageId, outcome }) => `${by} 提交环节 ${stageId} 的结果：${outcome}`,
  switchBranch: ({ by, plan }) => `${by} 决定转入处置分支：${branchName(plan)}`,
  stillResponding: ({ by }) => `${by} 称仍在处置`,
  takeOver: ({ by, stageId }) => `${by} 接管${stageId ? `环节 ${stageId}` : '全部未结环节'}`,
  proposeClosing: ({ by, as }) => `${by} 提请办结${as === 'falseAlarm' ? '（误报）' : ''}`,
  decideClosing: ({ by, approve, aftermath }) =>
    `${by} ${approve ? '同意' : '不同意'}办结${approve && aftermath ? '；处置结束的，转入后期处置' : ''}`,
  addFacts: ({ by, facts }) => `${by} 补充情况：${Object.keys(facts ?? {}).join('、')}`,
  addSubjects: ({ by, subjects }) => `${by} 补充涉及人员 ${countOf(subjects)} 名`,
  changeSubjects: ({ by, changes }) => `${by} 更新 ${countOf(changes)} 名人员的情况`,
  phoneReport: ({ by, name, party, answered }) =>
    `${by} 电话报告${name}：责任方 ${party}${answered ? '' : '（未接通）'}`,
  sendReport: ({ by, name, signed }) => `${by} 报送${name}（${signed ? '已签发' : '未签发·先行告知'}）`,
  handOnReport: ({ by, party }) => `${by} 登记报告送达：责任方 ${party}`,
  recordInstruction: ({ by, party }) => `${by} 登记批示：责任方 ${party}`,
  recordReport: ({ by, kind }) => `${by} 登记${REPORT[String(kind)] ?? '报告'}`,
  openSubCase: ({ by, plan, subjects }) =>
    `${by} 开立子案：${branchName(plan)}，涉及 ${countOf(subjects)} 名人员`,
  absorb: ({ by, from }) => `${by} 确认与事件 ${from} 为同一事件，并入本事件`,
  mergeInto: ({ by, into }) => `${by} 确认与事件 ${into} 为同一事件，并入该事件`,
  addCorrectiveAction: ({ by, owner, dueAt }) => `${by} 下达整改事项：责任方 ${owner}，期限 ${dueAt}`,
  giveInject: ({ by, inject }) => `${by} 注入情景 ${String(inject)}`,
  endDrill: ({ by, as }) => `${by} ${as === 'replaced' ? '中止演练，转入真实处置' : '结束演练'}`,
  closeDrill: ({ by }) => `${by} 办结演练`,
  addMeasure: ({ measure, by, owner, dueAt }) =>
    `${by} 下达${MEASURE[String(measure)] ?? String(measure)}事项：责任方 ${owner}，期限 ${dueAt}`,
};

const MEASURE: Record<string, string> = {
  correctiveAction: '整改',
  commendation: '表彰奖励',
  sanction: '责任追究',
  transfer: '移交司法机关',
};

const REPORT: Record<ReportKind, string> & Record<string, string> = {
  firstReport: '首报',
  followUpReport: '续报',
  finalReport: '终报',
  supplementaryReport: '补报',
};

/** Signals by name. */
const SIGNALLED: Record<string, (argument: Attributes) => string> = {
  subCaseEnded: ({ subCase, as }) => `子案 ${subCase} 已结束：${CLOSED_AS[as as ClosedAs] ?? as}`,
};

const CLOSED_AS: Record<ClosedAs, string> = {
  responseEnded: '处置结束',
  falseAlarm: '误报',
  merged: '并入另一事件',
  drillEnded: '演练结束',
};

const countOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

const branchName = (plan: unknown): string => {
  const branch = (plan as { branch?: { name?: string; clause?: string } } | undefined)?.branch;
  return `${branch?.name ?? ''}（${branch?.clause ?? ''}）`;
};

const typeOf = (attributes: Attributes): string =>
  String((attributes.activityType as Attributes | undefined)?.name ?? '');
const firstOf = (value: unknown): unknown => (value as { payloads?: unknown[] } | undefined)?.payloads?.[0];
const messageOf = (failure: unknown): string => {
  const { message, encodedAttributes, cause } = (failure ?? {}) as Attributes;
  const encoded = (encodedAttributes as Attributes | undefined)?.message;
  return String((cause ? messageOf(cause) : '') || encoded || message || '');
};

/**
 * The story of one run: what the workflow's own history says, in plain words, oldest first. Housekeeping between server and
 * worker is left out; everything else has a line, an event of an unknown kind under Temporal's name for it.
 */
export function tellStory(events: StoryEvent[]): StoryLine[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  return events.flatMap((event) => {
    const text = wordsFor(event, byId);
    if (text === null) return [];
    const origin =
      event.attributes.scheduledEventId ??
      event.attributes.startedEventId ??
      event.attributes.initiatedEventId;
    const from = typeof origin === 'number' && byId.has(origin) ? [origin] : [];
    return [{ at: event.at, text, events: [...from, event.id] }];
  });
}

/** Housekeeping: says nothing about the incident. */
const SILENT = new Set([
  'WorkflowTaskScheduled',
  'WorkflowTaskStarted',
  'WorkflowTaskCompleted',
  'WorkflowExecutionUpdateCompleted',
  'WorkflowExecutionUpdateAdmitted',
  'ActivityTaskCancelRequested',
]);

function wordsFor(event: StoryEvent, byId: Map<number, StoryEvent>): string | null {
  const { attributes, type } = event;
  if (SILENT.has(type)) return null;
  const scheduled = byId.get(Number(attributes.scheduledEventId));
  const timerStart = timerOf(byId.get(Number(attributes.startedEventId)));
  switch (type) {
    case 'WorkflowExecutionStarted':
      return started(attributes);
    case 'WorkflowExecutionUpdateAccepted':
      return said(attributes);
    case 'ActivityTaskScheduled':
      return scheduledWords(attributes);
    case 'ActivityTaskStarted':
      return Number(attributes.attempt) > 1
        ? `${activityName(scheduled)}：第 ${String(attributes.attempt)} 次尝试；上次未成：${messageOf(attributes.lastFailure)}`
        : null;
    case 'ActivityTaskCompleted':
      return completedWords(attributes, scheduled);
    case 'ActivityTaskFailed':
    case 'ActivityTaskTimedOut':
      return `${activityName(scheduled)}：未成（${messageOf(attributes.failure)}）`;
    case 'ActivityTaskCanceled':
      return `${activityName(scheduled)}：已撤回`;
    case 'TimerStarted':
      return isOfTheRecord(timerOf(event)) ? null : `定时：${waiting(timerOf(event))} 后查看下一个期限`;
    case 'TimerFired':
      return isOfTheRecord(timerStart) ? null : '期限到';
    case 'TimerCanceled':
      return isOfTheRecord(timerStart) ? null : '取消定时，期限有变';
    case 'WorkflowTaskFailed':
      return `工作流任务失败，将重试（${messageOf(attributes.failure)}）`;
    case 'WorkflowTaskTimedOut':
      return '工作进程未答复，改派重试';
    case 'WorkflowExecutionContinuedAsNew':
      return `本轮结束，转为 ${String((attributes.workflowType as Attributes | undefined)?.name)} 继续`;
    case 'WorkflowExecutionCompleted':
      return completed(attributes);
    case 'WorkflowExecutionSignaled':
      return signalled(attributes);
    case 'StartChildWorkflowExecutionInitiated':
      return isArchive(attributes) ? '移交归档' : `启动子案：${childName(attributes)}`;
    case 'StartChildWorkflowExecutionFailed':
      return isArchive(attributes) ? '归档未能启动' : '子案此前已启动';
    case 'ChildWorkflowExecutionStarted':
      return isArchive(attributes) ? '归档已开始' : '子案已启动';
    case 'ChildWorkflowExecutionCompleted':
      return isArchive(attributes) ? '归档完成' : '子案已办结';
    case 'SignalExternalWorkflowExecutionInitiated':
      return '告知上级事件：本子案已结束';
    case 'ExternalWorkflowExecutionSignaled':
      return '上级事件已收到';
    case 'SignalExternalWorkflowExecutionFailed':
      return '上级事件已不在办，无须告知';
    default:
      return type;
  }
}

function started(attributes: Attributes): string {
  const input = firstOf(attributes.input) as { report?: unknown; plan?: unknown } | undefined;
  return input?.report
    ? `受理报告，启动：${branchName(input.plan)}`
    : `承接上一轮，进入：${branchName(input?.plan)}`;
}

function completed(attributes: Attributes): string {
  const result = firstOf(attributes.result) as { closedAs?: ClosedAs } | undefined;
  const words = result?.closedAs && CLOSED_AS[result.closedAs];
  return `事件办结${words ? `（${words}）` : ''}，工作流结束`;
}

function signalled(attributes: Attributes): string {
  const name = String(attributes.signalName);
  return SIGNALLED[name]?.((firstOf(attributes.input) ?? {}) as Attributes) ?? name;
}

const childType = (attributes: Attributes): string =>
  String((attributes.workflowType as Attributes | undefined)?.name ?? '');
const isArchive = (attributes: Attributes): boolean => childType(attributes) === 'archive';
const childName = (attributes: Attributes): string =>
  branchName((firstOf(attributes.input) as { plan?: unknown } | undefined)?.plan);

function said(attributes: Attributes): string {
  const request = attributes.acceptedRequest as { input?: { name?: string; args?: unknown } } | undefined;
  const name = request?.input?.name ?? '';
  return SAID[name]?.((firstOf(request?.input?.args) ?? {}) as Attributes) ?? name;
}

const noticeOf = (scheduled: StoryEvent | undefined): Notice | null =>
  scheduled && typeOf(scheduled.attributes) === 'send'
    ? (firstOf(scheduled.attributes.input) as Notice)
    : null;

function activityName(scheduled: StoryEvent | undefined): string {
  const notice = noticeOf(scheduled);
  if (notice) return `告知${notice.partyName}（${notice.stageName}）`;
  return scheduled && typeOf(scheduled.attributes) === 'record' ? '写入台账' : '归档';
}

function scheduledWords(attributes: Attributes): string {
  if (typeOf(attributes) === 'send') {
    const { partyName, stageName, clause, kind, drill } = firstOf(attributes.input) as Notice;
    return `${drill ? '【演练】' : ''}${KIND[kind]}：${partyName}，${stageName}（${clause}）`;
  }
  if (typeOf(attributes) === 'archiveRun') return '归档上一轮历史';
  const entries = (firstOf(attributes.input) as { entries?: { seq: number }[] } | undefined)?.entries ?? [];
  return `写入台账第 ${entries[0]?.seq ?? '?'}–${entries.at(-1)?.seq ?? '?'} 条`;
}

function completedWords(attributes: Attributes, scheduled: StoryEvent | undefined): string | null {
  const notice = noticeOf(scheduled);
  if (!notice) return null;
  const delivery = firstOf(attributes.result) as Delivery;
  return `${notice.partyName}（${notice.stageName}）${delivery.person ? ` → ${delivery.person}` : ''}：${RESULT[delivery.result]}`;
}

interface Timer {
  seconds?: number;
  nanos?: number;
}
const timerOf = (event: StoryEvent | undefined): Timer =>
  (event?.attributes.startToFireTimeout as Timer | undefined) ?? {};

/** The record's short wait for messages under way is housekeeping, and no deadline. */
const isOfTheRecord = ({ seconds = 0, nanos = 0 }: Timer): boolean =>
  Number(seconds) * 1_000 + Number(nanos) / 1e6 === SENDS_FIRST_MS;

function waiting({ seconds = 0 }: Timer): string {
  const [length, unit] =
    [[3_600, '小时'] as const, [60, '分钟'] as const].find(
      ([s]) => seconds > 0 && Number(seconds) % s === 0,
    ) ?? ([1, '秒'] as const);
  return `${Number(seconds) / length} ${unit}`;
}

import type { Instant } from './instant.ts';
import type { Delivery, Notice, NoticeKind } from './notice.ts';

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
  resolveStage: ({ by, stageId, outcome }) => `${by} 提交环节 ${stageId} 的结果：${outcome}`,
  switchBranch: ({ by, plan }) => `${by} 决定转入处置分支：${branchName(plan)}`,
  stillResponding: ({ by }) => `${by} 称仍在处置`,
  takeOver: ({ by, stageId }) => `${by} 接管${stageId ? `环节 ${stageId}` : '全部未结环节'}`,
  proposeClosing: ({ by, as }) => `${by} 提请办结${as === 'falseAlarm' ? '（误报）' : ''}`,
  decideClosing: ({ by, approve }) => `${by} ${approve ? '同意' : '不同意'}办结`,
};

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
      return `定时：${seconds(attributes.startToFireTimeout)} 后查看下一个期限`;
    case 'TimerFired':
      return '期限到';
    case 'TimerCanceled':
      return '取消定时，期限有变';
    case 'WorkflowTaskFailed':
      return `工作流任务失败，将重试（${messageOf(attributes.failure)}）`;
    case 'WorkflowTaskTimedOut':
      return '工作进程未答复，改派重试';
    case 'WorkflowExecutionContinuedAsNew':
      return `本轮结束，转为 ${String((attributes.workflowType as Attributes | undefined)?.name)} 继续`;
    case 'WorkflowExecutionCompleted':
      return '事件办结，工作流结束';
    case 'StartChildWorkflowExecutionInitiated':
      return '移交归档';
    case 'ChildWorkflowExecutionStarted':
      return '归档已开始';
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

const seconds = (duration: unknown): string =>
  `${Number((duration as { seconds?: number } | undefined)?.seconds ?? 0)} 秒`;

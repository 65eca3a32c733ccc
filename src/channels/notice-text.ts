import type { Notice } from '../incident/notice.ts';
import { clockInWords, incidentName, limitInWords } from './words.ts';

export interface NoticeMailOptions {
  /** The incident's number as far as it is known now. */
  number: string | null;
  /** Where the reader can ask back: an office's own number, never a subject's. */
  callBack: string;
  /** Null when no link can be given; the reader is then asked to phone. */
  receiptUrl: string | null;
  /** IANA name of the zone times are shown in. */
  timeZone: string;
}

/** What happened, in one line for the subject and in sentences for the body. */
interface Situation {
  subject: string;
  body: string[];
}

/**
 * A notice as a mail: plain Simplified Chinese, short enough for a phone at night. It holds number, urgency, duty, clause,
 * call-back number and link, and nothing of any person (rules of care, 2); an outside party sees no limit (rules of care, 6).
 */
export function noticeMail(notice: Notice, options: NoticeMailOptions): { subject: string; text: string } {
  const name = incidentName(options.number, notice.incidentId);
  const { body } = notice.superseded ? SUPERSEDED : situation(notice);
  const text = [
    ...(notice.drill ? [DRILL, ''] : []),
    `【${notice.urgency}】${notice.stageName}`,
    '',
    ...(notice.automatic ? [AUTOMATIC, ''] : []),
    ...body,
    '',
    ...facts(notice, options, name),
    '',
    ...receipt(options, notice),
    '',
    '本邮件由烽火应急处置系统自动发出，请勿直接回复，请勿转发。',
    '',
  ];
  return { subject: headline(notice, options.number), text: text.join('\n') };
}

/** A notice in one line: drill, urgency, incident, stage, and what is asked of the reader. */
export function headline(notice: Notice, number: string | null): string {
  const { subject } = notice.superseded ? SUPERSEDED : situation(notice);
  const name = incidentName(number, notice.incidentId);
  return `${notice.drill ? '【演练】' : ''}【${notice.urgency}】${name} ${notice.stageName}：${notice.automatic ? UNCONFIRMED : ''}${subject}`;
}

/** On everything that a stage opened by silence sends (what the system decided alone, a person has to know). */
const UNCONFIRMED = '【自动催报·未经人工确认】';
const AUTOMATIC = `${UNCONFIRMED}责任方未答复，本项由系统自动开出，内容未经人工确认，请先核实。`;

/** Nobody dials an emergency number in a drill, least of all because a mail says so (rules of care, 7). */
const DRILL =
  '【演练】这是演练，不是真实情况。不得实际拨打110、120、119，不得联系外部单位；相应任务只作模拟并记录。出现真实情况，演练即行终止。';

/** The duty's stage was left before this could be sent: it is told for the record, and asks for nothing but a receipt. */
const SUPERSEDED: Situation = {
  subject: '本项已终止，仅供知悉',
  body: ['事件已转入新的处置环节，本项任务不再计时，现补发通知供您知悉。后续以新通知为准。'],
};

function situation(notice: Notice): Situation {
  const about = notice.about ?? '上一责任方';
  const again = notice.repeat > 0 ? `（第${notice.repeat + 1}次通知）` : '';
  switch (notice.kind) {
    case 'duty':
      return notice.outside
        ? { subject: '请确认收到', body: [`${notice.partyName}：现将以下事项通知贵单位，请确认收到。`] }
        : {
            subject: '请办理并确认收到',
            body: [`${notice.partyName}：请立即确认收到，并按预案办理以下任务。`],
          };
    case 'reminder':
      return reminder(notice);
    case 'unconfirmed':
      return {
        subject: `${about}未确认，请您接续${again}`,
        body: [
          `${about}尚未确认收到本项通知，现按逐级催办顺序通知您${again}。请确认收到，并督促或者接续办理。`,
        ],
      };
    case 'declined':
      return {
        subject: `${about}无法处理，请您接续${again}`,
        body: [`${about}已答复无法处理，现按逐级催办顺序通知您${again}。请确认收到，并安排接续办理。`],
      };
    case 'overdue':
      return {
        subject: `时限已到，请登记结果${again}`,
        body: [
          `${notice.partyName}：本项任务的时限已到，系统尚未收到办理结果${again}。`,
          '请登记办理结果；还在办理的，请登记“仍在处置”。',
        ],
      };
    case 'overdueAbove':
      return {
        subject: `${about}的任务时限已到，请督办${again}`,
        body: [
          `由${about}办理的本项任务时限已到，系统尚未收到办理结果，现按逐级催办顺序通知您${again}。`,
          '请督促、协调，必要时接管。时限为本局内部设定，本通知不作责任认定。',
        ],
      };
    case 'phoneOutside':
      return {
        subject: `请电话联系${about}${again}`,
        body: [`${about}经提醒尚未确认收到${again}。请您电话联系对方，并登记通话结果。`],
      };
  }
}

/** A duty without a limit is told again while it is open (its line ends in `:remind`); else what is missing is the receipt. */
function reminder(notice: Notice): Situation {
  const untilDone = notice.line.endsWith(':remind');
  const count = untilDone ? notice.repeat + 1 : Math.max(notice.repeat, 1);
  const call = `第${count}次提醒`;
  if (untilDone && !notice.outside) {
    return {
      subject: `${call}，请登记进展或结果`,
      body: [
        `${notice.partyName}：${call}。本项任务尚未登记办理结果。`,
        '请登记办理结果；还在办理的，请登记“仍在处置”。',
      ],
    };
  }
  return {
    subject: `${call}，请确认收到`,
    body: [`${notice.partyName}：${call}。尚未收到您的确认，请确认收到。`],
  };
}

/** Only the plan's own duties are told as the plan's: a clause they stand beside is no source. */
const BASIS: Record<Notice['source'], string> = {
  plan: '预案',
  statutory: '法定职责，衔接预案',
  local: '本局规定，衔接预案',
};

function facts(notice: Notice, { callBack, timeZone }: NoticeMailOptions, name: string): string[] {
  return [
    `事件：${name}`,
    `环节：${notice.branchName} · ${notice.stageName}`,
    `${whatItIs(notice)}：${notice.duty}`,
    `依据：${BASIS[notice.source]}${notice.clause}`,
    ...(showsLimit(notice)
      ? [`时限：${limitInWords(notice.within, notice.dueAt, timeZone)}${notice.within ? '，本局设定' : ''}`]
      : []),
    `通知时间：${clockInWords(notice.sentAt, timeZone)}`,
    `联系电话：${callBack}`,
  ];
}

/** What the duty in a notice is to its reader: 任务, 司法所的任务, 事项. */
export function whatItIs(notice: Notice): string {
  const ofOthers =
    notice.about !== null &&
    ['unconfirmed', 'declined', 'overdueAbove', 'phoneOutside'].includes(notice.kind);
  const ofOutside = notice.outside || notice.kind === 'phoneOutside'; // we give them no tasks
  return `${ofOthers ? `${notice.about}的` : ''}${ofOutside ? '事项' : '任务'}`;
}

/** A bureau sets no limits to others: neither to an outside reader nor beside an outside party's duty. */
export const showsLimit = ({ outside, kind, superseded }: Notice): boolean =>
  !outside && kind !== 'phoneOutside' && !superseded;

function receipt({ receiptUrl, callBack, timeZone }: NoticeMailOptions, notice: Notice): string[] {
  if (receiptUrl === null) return [`请拨打 ${callBack} 确认收到。`];
  return [
    '确认收到（打开后按“已收到”，到场后按“已到场”，无需登录）：',
    receiptUrl,
    `确认收到不等于办结。链接仅供您使用，${clockInWords(notice.linkExpiresAt, timeZone)}前有效。`,
  ];
}

import type { Language } from '../channels/words.ts';

/** One thing a page says: a heading and what to do now. */
export interface Saying {
  title: string;
  lines: string[];
}

interface PageText {
  system: string;
  drill: string;
  incident: string;
  code: string;
  stage: string;
  duty: string;
  matter: string;
  clause: string;
  clauseOf: string;
  within: string;
  withinSource: string;
  callBack: string;
  /** The answers, as their buttons and rows name them. */
  received: string;
  arrived: string;
  declined: string;
  decline: string;
  note: string;
  reason: string;
  notDone: string;
  confirmedAt: string;
  arrivedAt: string;
  declinedAt: string;
  cut: string;
  again: string;
  ask: Saying;
  confirmed: Saying;
  alreadyConfirmed: Saying;
  expired: Saying;
  forged: Saying;
  closed: Saying;
  stageEnded: Saying;
  arrivedNow: Saying;
  alreadyArrived: Saying;
  declinedNow: Saying;
  declinedAtTop: Saying;
  alreadyDeclined: Saying;
  reasonNeeded: Saying;
  notOffered: Saying;
  revoked: Saying;
  notRunning: Saying;
  tryAgain: Saying;
}

/** What the pages say of themselves. What the plan says (duty, stage, urgency) stays in its own language. */
export const PAGE_TEXT: Record<Language, PageText> = {
  'zh-CN': {
    system: '烽火 · 应急处置',
    drill: '【演练】这是演练，不是真实情况',
    incident: '事件编号',
    code: '事件码',
    stage: '环节',
    duty: '任务',
    matter: '事项',
    clause: '依据',
    clauseOf: '预案',
    within: '时限',
    withinSource: '本局设定',
    callBack: '联系电话',
    received: '已收到',
    arrived: '已到场',
    declined: '无法处理',
    decline: '无法处理，转告下一级',
    note: '说明（可不填）。请勿填写姓名、身份信息',
    reason: '原因（必填）。请勿填写姓名、身份信息',
    notDone: '已收到、已到场都不等于办结。',
    confirmedAt: '确认时间',
    arrivedAt: '到场登记',
    declinedAt: '登记时间',
    cut: '说明过长，只记录了前500字。',
    again: '重新打开',
    ask: { title: '请确认收到', lines: [] },
    confirmed: { title: '已确认收到', lines: ['您的确认已记录。', '确认收到不等于办结。'] },
    alreadyConfirmed: { title: '此前已确认收到', lines: ['本通知已经确认过，无需再次确认。'] },
    expired: {
      title: '链接已过期',
      lines: ['本次没有记录确认。', '请使用最新一封通知中的链接，或者电话确认。'],
    },
    forged: {
      title: '链接无效',
      lines: ['链接不完整或者已失效，本次没有记录确认。', '请从通知中重新打开完整的链接。'],
    },
    closed: { title: '事件已结束', lines: ['本事件已经结束，无需再确认。'] },
    stageEnded: {
      title: '本环节已结束',
      lines: ['本通知对应的环节已经结束，无需再确认。', '如有新的任务，会另行通知。'],
    },
    arrivedNow: {
      title: '已登记到场',
      lines: ['您已到场的情况已记录。', '到场不等于办结，结果请另行登记。'],
    },
    alreadyArrived: { title: '此前已登记到场', lines: ['到场情况已经记录，无需再次登记。'] },
    declinedNow: {
      title: '已记录无法处理',
      lines: ['已转告下一级。', '情况有变、能够处理的，请重新打开链接确认收到。'],
    },
    declinedAtTop: {
      title: '已记录无法处理',
      lines: ['您是最后一级，没有再上一级可以转告，系统会继续提醒。', '请电话商定由谁处理。'],
    },
    alreadyDeclined: { title: '此前已登记无法处理', lines: ['无需再次登记。'] },
    reasonNeeded: { title: '请填写原因', lines: ['本次没有记录。', '请返回上一页，填写无法处理的原因。'] },
    notOffered: { title: '没有此项', lines: ['本次没有记录。', '有困难的，请直接电话联系。'] },
    revoked: {
      title: '链接已撤销',
      lines: ['本通知系误发，链接已经撤销，本次没有记录。', '给您带来不便，敬请谅解。有疑问请电话联系。'],
    },
    notRunning: {
      title: '请立即电话联系',
      lines: ['系统目前没有在处理此事件，本次没有记录。', '请立即电话确认，并按预案继续处置。'],
    },
    tryAgain: {
      title: '请稍后重试',
      lines: ['本次没有记录确认，请稍后重新打开。', '情况紧急的，请直接电话确认。'],
    },
  },
  en: {
    system: 'Fenghuo · emergency response',
    drill: 'DRILL: this is an exercise, not a real event',
    incident: 'Incident',
    code: 'Incident code',
    stage: 'Stage',
    duty: 'Duty',
    matter: 'Matter',
    clause: 'Under',
    clauseOf: 'plan ',
    within: 'Limit',
    withinSource: 'set by the bureau',
    callBack: 'Call back',
    received: 'I have received this',
    arrived: 'I have arrived',
    declined: 'I cannot handle this',
    decline: 'I cannot handle this: tell the next in line',
    note: 'Note (optional). No names or identities, please',
    reason: 'Reason (needed). No names or identities, please',
    notDone: 'Neither receipt nor arrival completes the duty.',
    confirmedAt: 'Confirmed at',
    arrivedAt: 'Arrival recorded',
    declinedAt: 'Recorded at',
    cut: 'The note was too long: its first 500 characters are on record.',
    again: 'Open again',
    ask: { title: 'Please confirm receipt', lines: [] },
    confirmed: {
      title: 'Receipt confirmed',
      lines: ['Your confirmation is on record.', 'It does not complete the duty.'],
    },
    alreadyConfirmed: {
      title: 'Already confirmed',
      lines: ['This notice has been confirmed before. Nothing more is needed.'],
    },
    expired: {
      title: 'This link has expired',
      lines: ['Nothing was recorded.', 'Please use the link in the latest notice, or confirm by phone.'],
    },
    forged: {
      title: 'This link is not valid',
      lines: [
        'The link is incomplete or no longer good. Nothing was recorded.',
        'Please open the whole link from the notice again.',
      ],
    },
    closed: { title: 'The incident is closed', lines: ['It has ended, and nothing needs to be confirmed.'] },
    stageEnded: {
      title: 'This stage has ended',
      lines: ['Its notice no longer needs to be confirmed.', 'You will be told of any new duty.'],
    },
    arrivedNow: {
      title: 'Arrival recorded',
      lines: ['Your arrival is on record.', 'It does not complete the duty: its outcome is recorded apart.'],
    },
    alreadyArrived: { title: 'Arrival was recorded before', lines: ['Nothing more is needed.'] },
    declinedNow: {
      title: 'Recorded: cannot be handled',
      lines: ['The next in line is being told.', 'If you can handle it after all, open the link again.'],
    },
    declinedAtTop: {
      title: 'Recorded: cannot be handled',
      lines: [
        'There is nobody above you to tell: reminders go on.',
        'Please settle by phone who handles it.',
      ],
    },
    alreadyDeclined: { title: 'This was recorded before', lines: ['Nothing more is needed.'] },
    reasonNeeded: {
      title: 'Please give the reason',
      lines: ['Nothing was recorded.', 'Go back and say why it cannot be handled.'],
    },
    notOffered: {
      title: 'This is not asked here',
      lines: ['Nothing was recorded.', 'If there is a difficulty, please phone.'],
    },
    revoked: {
      title: 'This link has been revoked',
      lines: [
        'The notice was sent by mistake. Nothing was recorded.',
        'We apologise; please phone with any question.',
      ],
    },
    notRunning: {
      title: 'Please phone now',
      lines: [
        'The system does not run this incident at present, and nothing was recorded.',
        'Please confirm by phone now, and go on by the plan.',
      ],
    },
    tryAgain: {
      title: 'Please try again',
      lines: [
        'Nothing was recorded. Please open the link again in a moment.',
        'If it is urgent, please confirm by phone.',
      ],
    },
  },
};

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
  confirm: string;
  notDone: string;
  confirmedAt: string;
  again: string;
  ask: Saying;
  confirmed: Saying;
  alreadyConfirmed: Saying;
  expired: Saying;
  forged: Saying;
  closed: Saying;
  stageEnded: Saying;
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
    confirm: '确认收到',
    notDone: '确认收到不等于办结。',
    confirmedAt: '确认时间',
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
    confirm: 'I have received this',
    notDone: 'Confirming receipt does not complete the duty.',
    confirmedAt: 'Confirmed at',
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
    tryAgain: {
      title: 'Please try again',
      lines: [
        'Nothing was recorded. Please open the link again in a moment.',
        'If it is urgent, please confirm by phone.',
      ],
    },
  },
};

import { Problem } from './problem.ts';

/** What the registers of study, screening and revision refuse, and what to do about it. */

export const dateUnusable = (from: string, to: string): Problem =>
  new Problem({
    status: 422,
    code: 'DATE_UNUSABLE',
    title: `日期须在 ${from} 至 ${to} 之间`,
    detail: `Send a date from ${from} to ${to}, in Asia/Shanghai.`,
  });

export const dueBefore = (): Problem =>
  new Problem({
    status: 422,
    code: 'DUE_DATE_UNUSABLE',
    title: '跟进期限不能早于排查日期',
    detail: 'A follow-up is due on the day of the round or later.',
  });

export const unknownPeople = (people: string[]): Problem =>
  new Problem({
    status: 422,
    code: 'UNKNOWN_PERSON',
    title: '名单中有不属于本单位的人员',
    detail: 'Name people of the organisation, by id (GET /api/bodies).',
    more: { people },
  });

export const notTheHead = (): Problem =>
  new Problem({
    status: 403,
    code: 'NOT_THE_HEAD',
    title: '集中学习由本单位负责人或上级登记',
    detail:
      'The head of the body records it: its administrator or first contact, or an approver of the plan.',
  });

export const bodyOutOfReach = (): Problem =>
  new Problem({
    status: 403,
    code: 'BODY_OUT_OF_REACH',
    title: '此单位不在您的管辖范围内',
    detail: 'Choose a body of your own jurisdiction.',
  });

export const unknownOffice = (): Problem =>
  new Problem({
    status: 422,
    code: 'UNKNOWN_OFFICE',
    title: '没有此司法所',
    detail: 'Send the id of an office (GET /api/offices).',
  });

export const unknownFinding = (): Problem =>
  new Problem({
    status: 404,
    code: 'UNKNOWN_FINDING',
    title: '没有此排查事项',
    detail: 'GET /api/screenings lists them.',
  });

export const findingEnded = (): Problem =>
  new Problem({
    status: 409,
    code: 'FINDING_ENDED',
    title: '此事项已办结',
    detail: 'What came of it stands. Record anything new in the next round.',
  });

export const unknownPrompt = (): Problem =>
  new Problem({
    status: 404,
    code: 'UNKNOWN_PROMPT',
    title: '没有待决定的此项修订提示',
    detail: 'GET /api/revision-prompts lists them; each is decided once.',
  });

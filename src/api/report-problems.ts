import { Problem, type ProblemDetails } from './problem.ts';

const problem =
  (status: number, code: string, title: string, detail: string) =>
  (more?: Record<string, unknown>): Problem =>
    new Problem({ status, code, title, detail, ...(more ? { more } : {}) } satisfies ProblemDetails);

export const unknownReport = problem(
  422,
  'UNKNOWN_REPORT',
  '事件没有这一次报告',
  'GET …/reports lists the chain; a further report is recorded first (POST …/reports).',
);
export const notAReport = problem(
  422,
  'NOT_A_REPORT',
  '此文书不是事件报告',
  'Choose a paper of the chain: GET …/reports lists them.',
);
export const replaced = problem(
  409,
  'REPORT_REPLACED',
  '此文书已作废、被更正或撤回',
  'Send the document that took its place.',
);
export const unsignedStays = problem(
  409,
  'REPORT_UNSIGNED',
  '未签发的报告不出本旗县',
  'Have it signed first; until then it goes ahead to recipients in the county alone.',
);
export const notARecipient = problem(
  422,
  'NOT_A_RECIPIENT',
  '此单位不是县内接收单位',
  'A call is logged to one of the parties named; above the county a signed report is handed on.',
);
export const notAbove = problem(
  422,
  'NOT_ABOVE',
  '县内单位由系统送达，不在此登记',
  'Only parties from outside get a report on paper or by phone.',
);
export const alreadySigned = problem(
  409,
  'REPORT_SIGNED',
  '首报已签发，不能再改',
  'Record a follow-up or a supplementary report, or correct the document.',
);
export const notToldBefore = problem(
  422,
  'NOT_TOLD_BEFORE',
  '此前的报告没有填写过这些要素',
  'Give each of these elements a value, or leave it out as 正在核实.',
);
export const untilPassed = problem(
  422,
  'UNTIL_PASSED',
  '核实时限须在今后',
  'Say by when each of these elements is to be known: an instant to come.',
);
export const elementWithoutTime = problem(
  409,
  'ELEMENT_WITHOUT_TIME',
  '正在核实的要素须注明核实时限',
  'Record the report again with a value or a time ("verifyingUntil") for each of these elements, and draft it again.',
);
export const timesOutOfOrder = problem(
  409,
  'TIMES_OUT_OF_ORDER',
  '所报发生时间晚于发现时间，请核对后再签发',
  'Correct the times (POST …/facts), or sign with "confirmTimes": true where they are right as they stand.',
);

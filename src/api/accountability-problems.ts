import { Problem } from './problem.ts';

/** 迟报、谎报、瞒报、漏报 are for the signed conclusion of an investigation to say (rules of care, 1). */
export const accusingText = (): Problem =>
  new Problem({
    status: 422,
    code: 'ACCUSING_WORD',
    title: '此处只写事实，不作定性',
    detail: 'Say what happened, when and by what source. What it was is for the signed investigation report.',
  });

/** The same whether there is no such difference or it is somebody else's. */
export const unknownDifference = (): Problem =>
  new Problem({
    status: 404,
    code: 'UNKNOWN_DIFFERENCE',
    title: '没有可供您查看的时间差异',
    detail: 'Read GET /api/time-differences for those that concern you.',
  });

export const personsAlone = (): Problem =>
  new Problem({
    status: 403,
    code: 'PERSONS_ALONE',
    title: '只有本人和其上级可以查看',
    detail: 'An API key is nobody: sign in (POST /api/session) as the person concerned or their supervisor.',
  });

export const notYours = (whose: 'person' | 'supervisor'): Problem =>
  new Problem({
    status: 403,
    code: 'NOT_YOURS_TO_SAY',
    title: whose === 'person' ? '说明由本人作出' : '核实意见由上级作出',
    detail:
      whose === 'person'
        ? 'Only the person concerned explains.'
        : 'Only the supervisor says whether it was looked at.',
  });

export const nothingToVerify = (): Problem =>
  new Problem({
    status: 409,
    code: 'NOTHING_TO_VERIFY',
    title: '误报、并案、子案和演练不作时间核实',
    detail: 'A false alarm is none of the four things. Record a fact of the incident instead (POST …/facts).',
  });

export const responseGoesOn = (): Problem =>
  new Problem({
    status: 409,
    code: 'RESPONSE_GOES_ON',
    title: '处置尚未结束',
    detail:
      'What no report had is found by the aftermath. While the response goes on, tell it as a fact or in a report.',
  });

export const unknownReport = (): Problem =>
  new Problem({
    status: 422,
    code: 'UNKNOWN_REPORT',
    title: '没有这份报告',
    detail: '"report" is the number of a report of this incident; 0 is the first.',
  });

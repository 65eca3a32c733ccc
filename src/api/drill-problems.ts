import type { ProblemDetails } from './problem.ts';
import { Problem } from './problem.ts';

const problem =
  (status: number, code: string, title: string, detail: string) =>
  (more?: ProblemDetails['more']): Problem =>
    new Problem({ status, code, title, detail, ...(more ? { more } : {}) });

export const unknownDrill = problem(404, 'UNKNOWN_DRILL', '没有此演练', 'No drill has this id.');
export const unknownScenario = problem(
  422,
  'UNKNOWN_SCENARIO',
  '没有此演练场景',
  'Send the key of a kept scenario, or none.',
);
export const outOfReach = problem(
  403,
  'DRILL_OUT_OF_REACH',
  '演练单位不在您的管辖范围内',
  'Name offices of your own jurisdiction, or have the order drafted above them.',
);
export const noDraft = problem(
  409,
  'DRILL_NOT_A_DRAFT',
  '演练方案已被他人修改，或已不是草稿',
  'Look at it again: it was changed, approved, begun or withdrawn meanwhile. What was approved is withdrawn and drafted anew.',
);
export const samePerson = problem(
  409,
  'DRILL_SAME_PERSON',
  '起草人不能批准自己的演练方案',
  'Another person approves it.',
);
export const inPast = problem(422, 'DRILL_IN_PAST', '演练时间已经过去', 'Set a time that is still to come.');
export const consentMissing = problem(
  409,
  'DRILL_CONSENT_MISSING',
  '外部单位参演须附其书面同意',
  'Attach the written consent of each outside party that the order names, or take the party out of it.',
);
export const unknownConsent = problem(
  404,
  'UNKNOWN_CONSENT',
  '没有此书面同意',
  'GET /api/drills/{id} has the SHA-256 of each.',
);
export const notOutside = problem(
  422,
  'NOT_AN_OUTSIDE_PARTY',
  '此责任方不是外部单位',
  'Only outside parties of the plan are named; our own take part without consent.',
);
export const notNamed = problem(
  422,
  'DRILL_PARTY_NOT_NAMED',
  '演练方案没有列入此单位',
  'Put the party into the order first.',
);
export const inIncident = problem(
  409,
  'OFFICE_IN_INCIDENT',
  '该司法所有真实突发事件正在处置，不能开始演练',
  'Wait until its response has ended, or leave the office out.',
);
export const notApproved = problem(
  409,
  'DRILL_NOT_APPROVED',
  '演练方案未经批准，或者已经开始',
  'Only an approved order that has not begun is started or withdrawn.',
);
export const notRunning = problem(
  409,
  'DRILL_NOT_RUNNING',
  '演练没有在进行',
  'Only a drill that runs is ended.',
);
export const notEnded = problem(
  409,
  'DRILL_NOT_ENDED',
  '演练尚未结束',
  'Score a drill once it has ended; one that gave way to a real incident is not scored.',
);
export const notScored = problem(409, 'DRILL_NOT_SCORED', '演练尚未评估', 'Confirm the score first.');
export const invalidScene = problem(
  422,
  'DRILL_SCENE_INVALID',
  '情景所指的环节或结果不在预案中',
  'With "outcome" name a stage of the plan, and one of its outcomes.',
);
export const consentUnusable = problem(
  422,
  'CONSENT_UNUSABLE',
  '书面同意须为图片、PDF 或 .docx 文件',
  'Send the file itself as the body.',
);
export const scoreHidden = problem(
  403,
  'DRILL_SCORE_HIDDEN',
  '演练结束前，参演人员不能查看评估',
  'The score tells of the script: read it once the drill has ended.',
);

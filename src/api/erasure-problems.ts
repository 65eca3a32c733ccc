import type { Instant } from '../incident/instant.ts';
import { Problem } from './problem.ts';

export const notClosed = (): Problem =>
  new Problem({
    status: 409,
    code: 'INCIDENT_OPEN',
    title: '事件尚未办结，不得删除',
    detail: 'What an incident that goes on needs is not erased. Close it first.',
  });

export const runsNotArchived = (runs: number): Problem =>
  new Problem({
    status: 409,
    code: 'RUNS_NOT_ARCHIVED',
    title: '流程历史尚未全部归档，请稍后再试',
    detail:
      'Wait until every run is archived, which follows by itself: what comes later would not be erased.',
    more: { runs },
  });

export const stillRetained = (until: Instant | null): Problem =>
  new Problem({
    status: 409,
    code: 'RETENTION_RUNS',
    title: until ? '保存期限尚未届满' : '未设定保存期限，不得以期限届满为由删除',
    detail: until
      ? 'Wait until then, or name the law that says so before ("basis": "law").'
      : 'Set RETENTION_YEARS for this kind of incident, or name the law that says so ("basis": "law").',
    more: { until },
  });

export const erasureWaits = (): Problem =>
  new Problem({
    status: 409,
    code: 'ERASURE_PROPOSED',
    title: '已有一项删除申请待批准',
    detail: 'Have it decided first: GET shows it.',
  });

export const nothingToErase = (): Problem =>
  new Problem({
    status: 409,
    code: 'NOTHING_TO_ERASE',
    title: '本事件的个人信息已依法删除',
    detail: 'Nothing personal is left in its record.',
  });

export const unknownErasure = (): Problem =>
  new Problem({
    status: 404,
    code: 'UNKNOWN_ERASURE',
    title: '没有此项删除申请',
    detail: 'The incident has no proposal of this id.',
  });

export const decidedBefore = (decision: string | null): Problem =>
  new Problem({
    status: 409,
    code: 'DECIDED_BEFORE',
    title: '此项申请已有决定',
    detail: 'It is decided once. Propose anew where something is left to erase.',
    more: { decision },
  });

export const samePersonErases = (): Problem =>
  new Problem({
    status: 409,
    code: 'SamePerson',
    title: '删除须由另一人批准',
    detail: 'Whoever proposed it, and the account or API key it came by, may refuse it, and not approve it.',
  });

export const accountRequired = (): Problem =>
  new Problem({
    status: 403,
    code: 'ACCOUNT_REQUIRED',
    title: '批准删除须由局领导本人登录办理',
    detail:
      'An API key may propose and refuse. Approving is for the account of a person: sign in as a bureau leader.',
  });

export const personRequired = (): Problem =>
  new Problem({
    status: 422,
    code: 'PERSON_REQUIRED',
    title: '请注明经办人',
    detail: 'An API key says in "by" which person of the organisation acts.',
  });

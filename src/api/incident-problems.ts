import { isGrpcServiceError } from '@temporalio/client';
import type { IncidentId } from '../incident/ids.ts';
import { REFUSALS, type RefusalCode } from '../incident/refusal.ts';
import type { IncidentRow } from '../store/incidents.ts';
import { Problem } from './problem.ts';

const TITLES: Record<RefusalCode, { status: number; title: string }> = {
  Moving: { status: 503, title: '事件正在转换处置分支，请稍后重试' },
  IncidentClosed: { status: 409, title: '事件已办结，不能再操作' },
  UnknownStage: { status: 404, title: '事件没有此环节' },
  StageEnded: { status: 409, title: '此环节已经结束' },
  UnknownOutcome: { status: 422, title: '此环节没有这种结果' },
  NotByOutcome: { status: 422, title: '此环节须由相应操作结束' },
  UnknownMessage: { status: 404, title: '没有这条通知' },
  LinkRevoked: { status: 410, title: '此链接已撤销' },
  NotForOutside: { status: 422, title: '外部单位没有此项' },
  ToldInFuture: { status: 422, title: '所填时间尚未到' },
  ToldBeforeSent: { status: 422, title: '所填时间早于通知发出时间' },
  SameBranch: { status: 409, title: '事件已在此处置分支' },
  OtherPlan: { status: 409, title: '事件适用的是另一版预案' },
  ClosingProposed: { status: 409, title: '已提请办结，等待审批' },
  OtherProposal: { status: 409, title: '其间另有办结提请，请查看后再审批' },
  RegisterBehind: { status: 503, title: '台账积压，请稍后重试' },
  NothingProposed: { status: 409, title: '尚未提请办结' },
  UnknownSubject: { status: 422, title: '事件没有此对象' },
  SubjectsUnaccounted: { status: 409, title: '仍有人员情况不明' },
  ResponseEnded: { status: 409, title: '处置已结束，新情况请另行报告' },
  OtherBranch: { status: 409, title: '两起事件所处的处置分支不同，请先转换后再合并' },
  SubCasesOpen: { status: 409, title: '仍有子案未办结' },
  MergeRing: { status: 409, title: '这两起事件不能合并' },
  BranchNeeded: { status: 409, title: '此结果须转入另一处置分支' },
  UnknownParty: { status: 422, title: '预案没有此责任方' },
  NotInAftermath: { status: 409, title: '处置尚未结束，不能下达整改事项' },
  UnknownMeasure: { status: 409, title: '事件适用的预案版本没有此项措施' },
  OwnCorrection: { status: 409, title: '报告整改完成的人不能自行销号或退回' },
  NotADrill: { status: 409, title: '此事件不属于该演练方案' },
  DrillEnded: { status: 409, title: '演练已结束' },
  NotInPlan: { status: 409, title: '本事件适用的预案没有此项' },
  NotAnswered: { status: 422, title: '电话未接通，不能算作报告' },
  SamePerson: { status: 409, title: '提请人不能审批自己的提请' },
};

export const unavailable = (detail: string): Problem =>
  new Problem({ status: 503, code: 'TEMPORAL_UNAVAILABLE', title: '系统暂时不可用', detail, retryAfter: 5 });

/** Temporal cannot be reached, or does not answer in time. */
export const isUnreachable = (error: unknown): boolean =>
  isGrpcServiceError(error) || (error instanceof Error && isGrpcServiceError(error.cause));

/** A refusal of an incident as the API answers it. */
export const refusalProblem = (code: RefusalCode, about?: unknown): Problem =>
  new Problem({
    ...TITLES[code],
    code,
    detail: `${REFUSALS[code]}.`,
    ...(code === 'Moving' ? { retryAfter: 1 } : {}),
    ...(about ? { more: { about } } : {}),
  });

/** It was closed, and how. */
export const closedProblem = ({
  closedAt,
  closedAs,
  mergedInto,
}: Pick<IncidentRow, 'closedAt' | 'closedAs' | 'mergedInto'>): Problem =>
  refusalProblem('IncidentClosed', {
    at: closedAt,
    as: closedAs,
    ...(mergedInto ? { mergedInto } : {}),
  });

export const unknownIncident = (id?: IncidentId): Problem =>
  new Problem({
    status: 404,
    code: 'UNKNOWN_INCIDENT',
    title: '没有此事件',
    detail: id ? `No incident has the id ${id}.` : 'No incident has this id.',
  });

/** The register has it as open and Temporal does not run it: nothing falls due, and nobody is told. */
export const standsStill = (
  state: 'missing' | 'ended',
  { id, number }: { id: IncidentId; number: string | null },
): Problem =>
  new Problem({
    status: 409,
    code: state === 'missing' ? 'WORKFLOW_MISSING' : 'WORKFLOW_ENDED',
    title: '此事件已有登记，但系统没有在处理，不会通知任何人：请立即电话通知值班人员',
    detail:
      'Phone those on duty by the plan now. Then report it again with another Idempotency-Key, naming its number. "fenghuo reconcile" names all incidents that stand still.',
    more: { id, number },
  });

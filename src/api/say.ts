import { setTimeout as sleep } from 'node:timers/promises';
import {
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure, type UpdateDefinition } from '@temporalio/common';
import pLimit, { type LimitFunction } from 'p-limit';
import { incidentWorkflowId, type IncidentId } from '../incident/ids.ts';
import { isRefusal, REFUSALS, type RefusalCode } from '../incident/refusal.ts';
import { Problem } from './problem.ts';

/** How long a caller waits for the incident's answer. */
const PATIENCE_MS = 5_000;

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

/** What a caller may do who does not know whether an act was taken. */
const AGAIN = {
  harmless: 'It is not known whether this was taken. Try again: repeating it is harmless.',
  counts:
    'It is not known whether this was taken. Send it again with the same Idempotency-Key; without one look at the incident first: it would count twice.',
};

export interface SayOptions {
  /** Whether the incident itself knows the same act when it comes again. */
  again?: keyof typeof AGAIN;
  /** The same act under the same id is taken once, as long as the incident's run goes on. */
  updateId?: string | undefined;
}

/**
 * Says something to an incident and gives its answer. While the incident moves to another run it is said again; every
 * refusal is a {@link Problem} with the workflow's code. Throws 503 when nobody answers.
 */
export async function say<Result, Argument>(
  client: Client,
  id: IncidentId,
  update: UpdateDefinition<Result, [Argument]>,
  argument: Argument,
  { again: sayingAgain = 'harmless', updateId }: SayOptions = {},
): Promise<Result> {
  const deadline = Date.now() + PATIENCE_MS;
  const handle = client.workflow.getHandle(incidentWorkflowId(id));
  for (;;) {
    try {
      return await inTurn(id, () =>
        client.withDeadline(deadline, () =>
          handle.executeUpdate(update, { args: [argument], ...(updateId ? { updateId } : {}) }),
        ),
      );
    } catch (error) {
      const again = isMoving(error) || wasDropped(error);
      if (!again || Date.now() > deadline) throw problemOf(error, AGAIN[sayingAgain]);
      await sleep(100);
    }
  }
}

/** A server takes ten updates of one workflow at a time and refuses the next: more than that wait here. */
const AT_A_TIME = 8;
const turns = new Map<IncidentId, LimitFunction>();

async function inTurn<T>(id: IncidentId, work: () => Promise<T>): Promise<T> {
  const turn = turns.get(id) ?? pLimit(AT_A_TIME);
  turns.set(id, turn);
  try {
    return await turn(work);
  } finally {
    if (turn.activeCount + turn.pendingCount === 0) turns.delete(id);
  }
}

/** The incident's run ended under the update, or it said itself that it moves: the next run will answer. */
function isMoving(error: unknown): boolean {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : error;
  const type = cause instanceof ApplicationFailure ? cause.type : null;
  return type === 'Moving' || type === 'AcceptedUpdateCompletedWorkflow';
}

/** gRPC's FAILED_PRECONDITION. */
const FAILED_PRECONDITION = 9;

/**
 * The server has dropped the update, untaken, with a workflow task that was to end the run: something else came in at that
 * moment (UnhandledCommand), as it does while the messages of a new incident are under way.
 */
const wasDropped = (error: unknown): boolean =>
  error instanceof Error &&
  isGrpcServiceError(error.cause) &&
  Number(error.cause.code) === FAILED_PRECONDITION;

function problemOf(error: unknown, whatNow: string): unknown {
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    const { type, details } = error.cause;
    if (isRefusal(type)) return refusalProblem(type, details?.[0]);
  }
  if (error instanceof WorkflowNotFoundError) return unknownIncident();
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isUnreachable(error)) {
    return unavailable(whatNow);
  }
  return error;
}

/** A refusal of an incident as the API answers it. */
export const refusalProblem = (code: RefusalCode, about?: unknown): Problem =>
  new Problem({
    ...TITLES[code],
    code,
    detail: `${REFUSALS[code]}.`,
    ...(code === 'Moving' ? { retryAfter: 1 } : {}),
    ...(about ? { more: { about } } : {}),
  });

export const unknownIncident = (id?: IncidentId): Problem =>
  new Problem({
    status: 404,
    code: 'UNKNOWN_INCIDENT',
    title: '没有此事件',
    detail: id ? `No incident has the id ${id}.` : 'No incident has this id.',
  });

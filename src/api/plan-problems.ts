import { PlanError } from '../plan/load.ts';
import { Problem } from './problem.ts';

/** A draft with mistakes, all of them; any other error is given back as it is. */
export const draftInvalid = (error: unknown): unknown =>
  error instanceof PlanError
    ? new Problem({
        status: 422,
        code: 'PLAN_INVALID',
        title: '预案草案有误',
        detail: 'Mend what "problems" names; POST /api/plans/check says the same as one types.',
        more: { problems: error.problems },
      })
    : error;

export const unknownOffice = (known: { id: string; name: string }[]): Problem =>
  new Problem({
    status: 422,
    code: 'UNKNOWN_OFFICE',
    title: '没有此司法所',
    detail: 'Send the id of one of these offices.',
    more: { offices: known },
  });

export const nothingChanged = (): Problem =>
  new Problem({
    status: 422,
    code: 'NOTHING_CHANGED',
    title: '与现行版本没有不同',
    detail: 'The draft says what the edition in force says. Change something, or leave it.',
  });

export const notALimit = (path: string): Problem =>
  new Problem({
    status: 422,
    code: 'NOT_A_LIMIT',
    title: '此处不是本局时限',
    detail:
      'Only the bureau\'s own limits are changed so: within, receiptWithin, wait, repeatEvery and their like. Send what revises the plan as a whole draft in "text", with its document.',
    more: { path },
  });

export const otherPlan = (): Problem =>
  new Problem({
    status: 422,
    code: 'OTHER_PLAN',
    title: '这不是同一部预案',
    detail: 'A draft keeps the key of the plan in force.',
  });

export const documentRequired = (number: string): Problem =>
  new Problem({
    status: 422,
    code: 'DOCUMENT_REQUIRED',
    title: '修订预案须有文号和签发件扫描',
    detail:
      'This draft revises the plan itself. Send "document" with the number that the draft has as its documentNumber, and the SHA-256 of the scan.',
    more: { documentNumber: number },
  });

export const editionNotNew = (): Problem =>
  new Problem({
    status: 422,
    code: 'EDITION_NOT_NEW',
    title: '修订后的预案须有新的版本日期',
    detail: 'A revision is an edition of its own: give the draft another "edition".',
  });

export const planOutdated = (hash: string): Problem =>
  new Problem({
    status: 409,
    code: 'PLAN_OUTDATED',
    title: '其间已有另一版预案生效',
    detail: 'Open the edition in force, make the change upon it, and propose it again.',
    more: { inForce: hash },
  });

export const unknownProposal = (): Problem =>
  new Problem({
    status: 404,
    code: 'UNKNOWN_PROPOSAL',
    title: '没有此提请',
    detail: 'GET /api/plans lists what is proposed.',
  });

export const decidedBefore = (decision: string | null, by: string | null): Problem =>
  new Problem({
    status: 409,
    code: 'PROPOSAL_DECIDED',
    title: '此提请已有决定',
    detail: 'It is decided once. Propose anew what is to be otherwise.',
    more: { decision, by },
  });

export const samePerson = (): Problem =>
  new Problem({
    status: 403,
    code: 'SAME_PERSON',
    title: '提请人不能审批自己的提请',
    detail: 'Another person approves it.',
  });

import type { Keyring } from '../crypto/keyring.ts';
import { parseMessageKey, type MessageKey } from '../incident/ids.ts';
import type { Answer, PostedAnswer } from '../receipts/answer.ts';
import * as pages from '../receipts/page.ts';
import type { MessageFacts } from '../store/incidents.ts';
import { acknowledge } from '../workflows/messages.ts';
import { arrive, decline } from '../workflows/messages-receipts.ts';
import type { ApiDeps } from './deps.ts';
import { answerIdOf } from './intake.ts';
import { Problem } from './problem.ts';
import { say } from './say.ts';

/** A receipt page and the status it is sent with. */
export interface Page {
  status: number;
  html: string;
}

interface Receipt {
  key: MessageKey;
  person: string;
}

/** What is known when a link is used: the message as the register has it (null: not now), and what any page may know. */
interface Around {
  facts: MessageFacts | null;
  context: pages.PageContext;
}

/** What a link shows before anything is answered. */
export function pageOf(key: MessageKey, facts: MessageFacts | null, context: pages.PageContext): Page {
  if (facts?.closed) return { status: 409, html: pages.closedPage(context) };
  if (facts?.revokedAt) return { status: 410, html: pages.revokedPage(context) };
  const hasEnded = !!facts?.outcome && facts.outcome !== 'superseded';
  const open = hasEnded ? [] : openAnswers(facts, []);
  if (facts?.arrivedAt)
    return { status: 200, html: pages.alreadyArrivedPage({ ...context, at: facts.arrivedAt, open }) };
  if (facts?.acknowledgedAt)
    return { status: 200, html: pages.alreadyConfirmedPage({ ...context, at: facts.acknowledgedAt, open }) };
  if (hasEnded) return { status: 409, html: pages.stageEndedPage(context) };
  if (facts?.declinedAt)
    return { status: 200, html: pages.alreadyDeclinedPage({ ...context, at: facts.declinedAt, open }) };
  return {
    status: 200,
    html: pages.confirmPage({ ...context, ...viewOf(key, facts), drill: facts?.drill ?? false }),
  };
}

/** Says the answer to its incident and gives the page that tells what was recorded, or kindly why nothing was. */
export async function answerByLink(
  deps: Pick<ApiDeps, 'client' | 'register' | 'keyring'>,
  receipt: Receipt,
  posted: PostedAnswer,
  { facts, context }: Around,
): Promise<Page> {
  if (posted.answer === 'declined' && posted.note === null)
    return { status: 422, html: pages.reasonNeededPage(context) };
  try {
    const updateId = idOf(deps.keyring, receipt, posted);
    return { status: 200, html: await said(deps, { ...receipt, updateId }, posted, { facts, context }) };
  } catch (error) {
    return refusedPage(error, context);
  }
}

/**
 * The id of this answer: pressed again while the first is still under way, it joins that one and gets its result. As an update of its
 * own it would queue behind it, and on a system where each takes longer than a caller waits no answer would ever come.
 */
const idOf = (keyring: Keyring, receipt: Receipt, { answer, note }: PostedAnswer): string =>
  answerIdOf(keyring, receipt, { kind: answer, body: { note } });

async function said(
  deps: Pick<ApiDeps, 'client' | 'register'>,
  { key, person, updateId }: Receipt & { updateId: string },
  { answer, note, cut }: PostedAnswer,
  { facts, context }: Around,
): Promise<string> {
  const { incidentId } = parseMessageKey(key)!;
  const now = (at: string) => ({ ...context, at, cut, open: openAnswers(facts, [answer]) });
  const before = (at: string) => ({ ...context, at, open: openAnswers(facts, [answer]) });
  switch (answer) {
    case 'received': {
      const { at, again } = await say(deps, incidentId, acknowledge, { key, person, note }, { updateId });
      return again || facts?.acknowledgedAt
        ? pages.alreadyConfirmedPage(before(at))
        : pages.confirmedPage(now(at));
    }
    case 'arrived': {
      const { at, again } = await say(deps, incidentId, arrive, { key, person, note }, { updateId });
      return again || facts?.arrivedAt ? pages.alreadyArrivedPage(before(at)) : pages.arrivedPage(now(at));
    }
    case 'declined': {
      const { at, again, movedOn } = await say(
        deps,
        incidentId,
        decline,
        { key, person, reason: note! },
        { updateId },
      );
      return again || facts?.declinedAt
        ? pages.alreadyDeclinedPage(before(at))
        : pages.declinedPage({ ...now(at), movedOn });
    }
  }
}

/** Which answers a page still offers: what the reader has said is not asked again, and who has arrived has the message. */
function openAnswers(facts: MessageFacts | null, given: Answer[]): Answer[] {
  const isGiven: Record<Answer, boolean> = {
    arrived: !!facts?.arrivedAt || given.includes('arrived'),
    received: !!facts?.acknowledgedAt || !!facts?.arrivedAt || given.some((answer) => answer !== 'declined'),
    declined: !!facts?.declinedAt || given.includes('declined') || facts?.outside !== false,
  };
  if (isGiven.arrived) return [];
  return (['received', 'arrived', 'declined'] as const).filter((answer) => !isGiven[answer]);
}

function refusedPage(error: unknown, context: pages.PageContext): Page {
  if (!(error instanceof Problem)) throw error;
  const { code, status } = error.details;
  if (code === 'IncidentClosed') return { status: 409, html: pages.closedPage(context) };
  if (code === 'StageEnded' || code === 'DrillEnded')
    return { status: 409, html: pages.stageEndedPage(context) };
  if (code === 'LinkRevoked') return { status: 410, html: pages.revokedPage(context) };
  if (code === 'NotForOutside') return { status: 422, html: pages.notOfferedPage(context) };
  if (code === 'WORKFLOW_MISSING' || code === 'WORKFLOW_ENDED')
    return { status: 409, html: pages.notRunningPage(context) };
  if (status === 404) return { status: 404, html: pages.forgedPage(context) };
  return { status: 503, html: pages.tryAgainPage(context) };
}

/** What the page shows; little more than its buttons where the register is away: the receipt itself does not need it. */
function viewOf(
  key: MessageKey,
  facts: MessageFacts | null,
): Omit<pages.ConfirmView, keyof pages.PageContext> {
  const { incidentId } = parseMessageKey(key)!;
  const unknown = {
    number: null,
    urgency: '紧急',
    branchName: '',
    stageName: '紧急通知',
    duty: '',
    clause: '',
    outside: true,
  };
  return { incidentId, within: null, dueAt: null, ...(facts ?? unknown) };
}

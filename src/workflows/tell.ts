import {
  ActivityCancellationType,
  CancellationScope,
  isCancellation,
  proxyActivities,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { NotifyActivities } from '../activities/notify.ts';
import { ladder, missed, rulesOf, skip, tryNextMethod, type Telling } from '../incident/escalation.ts';
import { messageKey } from '../incident/ids.ts';
import { msBetween, plus } from '../incident/instant.ts';
import type { Delivery, Notice, NoticeKind } from '../incident/notice.ts';
import type { LineState, StageState } from '../incident/state.ts';
import { toldBefore } from '../incident/told-before.ts';
import { now } from './clock.ts';
import { note, type Incident } from './incident-context.ts';

const SENDING: ActivityOptions = {
  startToCloseTimeout: '1m', // all methods of a person after one another, each of which gives up in seconds when it hangs
  heartbeatTimeout: '3s', // a send that died with its worker is tried again soon, not after the minute
  // Tried until accepted, refused for good, or no longer needed: the ladder climbs on its own clock meanwhile.
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
  // A send that is already under way says how it ended.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
};

/**
 * Under its key for Temporal too: code that would send in another order then does not replay. Under Temporal's own counting
 * it would, each result taken for another message's.
 */
const send = (notice: Notice): Promise<Delivery> =>
  proxyActivities<NotifyActivities>({ ...SENDING, activityId: notice.key }).send(notice);

/** Tells somebody: on record at once, sent beside everything else. */
export function tell(incident: Incident, stage: StageState, telling: Telling): void {
  const notice = noticeOf(incident, stage, telling);
  const { key, stageId, opening, line, kind, party, partyName, outside, urgency, duty, rung, repeat } =
    notice;
  deliver(incident, notice);
  const data = { key, stageId, opening, line, kind, party, partyName, outside, urgency, duty, rung, repeat };
  note(incident, { kind: 'messageSent', data });
}

/** Sends a notice that was decided on, by this run or one before it, under its own key. */
export function deliver(incident: Incident, notice: Notice): void {
  incident.state.sending[notice.key] = notice;
  const scope = new CancellationScope();
  incident.sends.set(notice.key, scope);
  void scope
    .run(() => send(notice))
    .then(
      (delivery) => settled(incident, notice, delivery),
      (failure: unknown) => {
        // Only a withdrawal ends a send without a result: its failures are retried by the server.
        if (isCancellation(failure) || notice.withdrawn) return settled(incident, notice, null);
        return settled(incident, notice, {
          result: 'refused',
          person: null,
          channel: null,
          code: 'SEND_FAILED',
          attempts: 1,
        });
      },
    );
}

function settled(incident: Incident, notice: Notice, delivery: Delivery | null): void {
  // Once the incident moves, the next run sends what is left and records how it went.
  if (incident.moving) return;
  const { state, plan } = incident;
  delete state.sending[notice.key];
  incident.sends.delete(notice.key);
  if (!delivery || delivery.result === 'withdrawn') {
    return note(incident, { kind: 'messageWithdrawn', data: { key: notice.key } });
  }
  const { next, ...outcome } = delivery;
  note(incident, { kind: 'messageSettled', data: { key: notice.key, ...outcome } });
  const stage = state.stages[notice.stageId];
  const line =
    stage?.opening === notice.opening ? stage.lines.find(({ line }) => line === notice.line) : undefined;
  if (!stage || !line) return;
  if (delivery.result === 'refused' || delivery.result === 'noContact')
    skip(plan, stage, line, notice, now());
  if (next && delivery.person) tryNextMethod(line, notice, { ...next, person: delivery.person }, now());
  // A provider may report before the register has let the send end.
  if (line.missedEarly === notice.key) {
    line.missedEarly = null;
    missed(plan, stage, line, notice, now());
  }
  // A drill reaches no outside party, and asks nobody to phone one.
  if (delivery.result === 'withheld') line.nextAt = null;
}

function noticeOf({ plan, state }: Incident, stage: StageState, { line, step, again }: Telling): Notice {
  const rules = rulesOf(plan, stage);
  const kind = kindOf(plan, line);
  const ownDuty = rules.tells.find(({ party }) => party === line.party)?.duty ?? rules.name;
  const told = plan.parties[step.party];
  const place = {
    incidentId: state.incidentId,
    stageId: stage.id,
    opening: stage.opening,
    line: line.line,
    rung: line.rung,
    repeat: line.repeat,
    ...(again ? { method: again.method } : {}),
  };
  const before = toldBefore(ladder(plan, rules, line), place);
  return {
    key: messageKey(place),
    ...place,
    kind,
    drill: state.drill,
    party: step.party,
    partyName: told?.name ?? step.party,
    contact: step.contact,
    ...(before.length > 0 ? { before } : {}),
    outside: told?.outside ?? false,
    about: line.rung > 0 ? (plan.parties[line.party]?.name ?? line.party) : null,
    office: state.office,
    holder: line.rung === 0 && line.party === rules.owner ? stage.holder : null,
    ...(again ? { again: { person: again.person } } : {}),
    // Only what is said again is a reminder: a new duty, or the first word of an escalation, reaches everybody.
    quiet: again || line.repeat > 0 || kind === 'reminder' || kind === 'overdue' ? quietNow(state.quiet) : [],
    urgency: plan.branch.urgency,
    branchName: plan.branch.name,
    stageName: rules.name,
    clause: rules.clause,
    source: rules.source,
    duty: ownDuty,
    within: rules.within?.iso ?? null,
    dueAt: stage.dueAt,
    automatic: stage.automatic,
    superseded: false,
    withdrawn: false,
    sentAt: now(),
    linkExpiresAt: plus(now(), plan.receiptLinkValidFor.ms),
    number: state.number,
    numberSeries: state.numberSeries,
  };
}

function kindOf(plan: Incident['plan'], line: LineState): NoticeKind {
  if (line.clock === 'remind') return 'reminder';
  if (line.clock === 'overdue') return line.rung === 0 ? 'overdue' : 'overdueAbove';
  if (line.rung > 0 && plan.parties[line.party]?.outside) return 'phoneOutside';
  if (line.rung > 0) return hasDeclined(line) ? 'declined' : 'unconfirmed';
  return line.repeat > 0 ? 'reminder' : 'duty';
}

const hasDeclined = ({ answers = {} }: LineState): boolean =>
  Object.values(answers).some(({ declined }) => declined !== undefined);

const quietNow = (quiet: Record<string, string>): string[] =>
  Object.entries(quiet)
    .filter(([, until]) => msBetween(now(), until) > 0)
    .map(([person]) => person);

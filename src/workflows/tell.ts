import { ladder, missed, rulesOf, skip, tryNextMethod, type Telling } from '../incident/escalation.ts';
import { messageKey } from '../incident/ids.ts';
import { msBetween, plus, type Instant } from '../incident/instant.ts';
import type { Delivery, Notice, NoticeKind } from '../incident/notice.ts';
import type { LineState, StageState } from '../incident/state.ts';
import { toldBefore } from '../incident/told-before.ts';
import { note, type Incident } from './incident-context.ts';

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
  const sending = incident.world.send(notice);
  incident.sends.set(notice.key, sending);
  void sending.result.then((delivery) => settled(incident, notice, delivery));
}

function settled(incident: Incident, notice: Notice, delivery: Delivery | null): void {
  // Once the incident moves, the next run sends what is left and records how it went.
  if (incident.moving) return;
  const { state, plan, world } = incident;
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
    skip(plan, stage, line, notice, world.now());
  if (next && delivery.person) tryNextMethod(line, notice, { ...next, person: delivery.person }, world.now());
  // A provider may report before the register has let the send end.
  if (line.missedEarly === notice.key) {
    line.missedEarly = null;
    missed(plan, stage, line, notice, world.now());
  }
  // A drill reaches no outside party, and asks nobody to phone one.
  if (delivery.result === 'withheld') line.nextAt = null;
}

function noticeOf(
  { plan, state, world }: Incident,
  stage: StageState,
  { line, step, again }: Telling,
): Notice {
  const now = world.now();
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
    ...(state.drillOrder?.outside.includes(step.party) ? { consented: true as const } : {}),
    about: line.rung > 0 ? (plan.parties[line.party]?.name ?? line.party) : null,
    office: state.office,
    holder: line.rung === 0 && line.party === rules.owner ? stage.holder : null,
    ...(again ? { again: { person: again.person } } : {}),
    // Only what is said again is a reminder: a new duty, or the first word of an escalation, reaches everybody.
    quiet:
      again || line.repeat > 0 || kind === 'reminder' || kind === 'overdue' ? quietAt(state.quiet, now) : [],
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
    sentAt: now,
    linkExpiresAt: plus(now, plan.receiptLinkValidFor.ms),
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

const quietAt = (quiet: Record<string, Instant>, now: Instant): string[] =>
  Object.entries(quiet)
    .filter(([, until]) => msBetween(now, until) > 0)
    .map(([person]) => person);

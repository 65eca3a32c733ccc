import { setHandler } from '@temporalio/workflow';
import { ladder, rulesOf, skip } from '../incident/escalation.ts';
import type { MessageKey, StageId } from '../incident/ids.ts';
import type { LineState } from '../incident/state.ts';
import { now } from './clock.ts';
import { note, type Incident } from './incident-context.ts';
import * as receipts from './messages-receipts.ts';
import { acknowledge } from './messages.ts';
import { answeredAt, answersTo, mustBeAnswerable, partyTold, receive, sentMessage } from './receipt-lines.ts';
import type { SentMessage } from './receipt-lines.ts';
import { endReceived } from './report-receipts.ts';
import { mustKeepUp, refused } from './refuse.ts';

/** What people answer by link: 已收到, 已到场, 无法处理. Each counts once: a second press, or one over a bad line, gets the first answer. */
export function answerReceipts(incident: Incident): void {
  setHandler(
    acknowledge,
    ({ key, person, note: words }) => {
      const message = sentMessage(incident, key);
      const before = answeredAt(message, 'received');
      if (before) return { at: before, again: true };
      acknowledged(incident, message, person, words);
      return { at: now(), again: false };
    },
    { validator: ({ key }) => mustBeAnswerable(incident, key, 'received') },
  );
  setHandler(
    receipts.arrive,
    ({ key, person, note: words }) => {
      const message = sentMessage(incident, key);
      const before = answeredAt(message, 'arrived');
      if (before) return { at: before, again: true };
      // Whoever is there has the message.
      if (!answeredAt(message, 'received')) acknowledged(incident, message, person);
      answersTo(message).arrived = now();
      note(incident, {
        kind: 'arrived',
        data: answered(message, person),
        ...(words ? { personal: { note: words } } : {}),
      });
      return { at: now(), again: false };
    },
    { validator: ({ key }) => mustBeAnswerable(incident, key, 'arrived') },
  );
  answerDeclining(incident);
}

function answerDeclining(incident: Incident): void {
  setHandler(
    receipts.decline,
    ({ key, person, reason }) => {
      const message = sentMessage(incident, key);
      const before = answeredAt(message, 'declined');
      if (before) return { at: before, again: true, movedOn: message.line.rung > message.place.rung };
      answersTo(message).declined = now();
      const movedOn = moveOn(incident, message);
      note(incident, {
        kind: 'declined',
        data: { ...answered(message, person), movedOn },
        personal: { reason },
      });
      return { at: now(), again: false, movedOn };
    },
    {
      validator: ({ key }) => {
        mustBeAnswerable(incident, key, 'declined');
        mustKeepUp(incident);
        const party = partyTold(incident, sentMessage(incident, key));
        if (party !== null && incident.plan.parties[party]?.outside) throw refused('NotForOutside');
      },
    },
  );
}

type Answered = { key: MessageKey; stageId: StageId; opening: number; line: string; person: string };
const answered = ({ key, stage, line }: SentMessage, person: string): Answered => ({
  key,
  stageId: stage.id,
  opening: stage.opening,
  line: line.line,
  person,
});

/** Each person's own receipt stands on record, also when somebody else of the line was first. */
function acknowledged(incident: Incident, message: SentMessage, person: string, words?: string | null): void {
  receive(incident, message, person);
  note(incident, {
    kind: 'acknowledged',
    data: answered(message, person),
    ...(words ? { personal: { note: words } } : {}),
  });
  endReceived(incident, message.stage, person);
}

/** Tells the next in line at once, unless that has happened or there is none: the top of a ladder is told again as ever. */
function moveOn({ plan }: Incident, { stage, line, place }: SentMessage): boolean {
  // A duty without a limit is told again on a line of one step: its party's own line is the one that climbs.
  const climbing: LineState =
    (line.clock === 'remind' && stage.lines.find((other) => other.line === line.party)) || line;
  if (climbing.rung > place.rung) return true;
  if (climbing.rung === ladder(plan, rulesOf(plan, stage), climbing).length - 1) return false;
  // Whoever confirmed before has given it back.
  climbing.acknowledged = null;
  climbing.nextAt ??= now();
  skip(plan, stage, climbing, climbing, now());
  return true;
}

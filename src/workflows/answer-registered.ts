import { setHandler } from '@temporalio/workflow';
import { messageKey } from '../incident/ids.ts';
import { msBetween, type Instant } from '../incident/instant.ts';
import type { StageState } from '../incident/state.ts';
import { hadBegun } from './begun.ts';
import { now } from './clock.ts';
import { note, withdraw, type Incident } from './incident-context.ts';
import * as receipts from './messages-receipts.ts';
import type { MessageMeant } from './messages-receipts.ts';
import { answeredAt, answersTo, partyTold, receive, sentMessage, type SentMessage } from './receipt-lines.ts';
import { endReceived } from './report-receipts.ts';
import { mustBeOpen, mustKeepUp, refused } from './refuse.ts';

/** What a duty officer records for others: 代录 of a receipt, and that a link was sent by mistake. */
export function answerRegistered(incident: Incident): void {
  setHandler(
    receipts.registerReceipt,
    ({ by, message: meant, channel, toldAt, caller, note: words }) => {
      const message = meantMessage(incident, meant);
      const { key, stage, line } = message;
      const before = answeredAt(message, 'received');
      if (before) return { key, at: before, again: true };
      receive(incident, message, by);
      answersTo(message).registered = true;
      const at = { key, stageId: stage.id, opening: stage.opening, line: line.line };
      note(incident, {
        kind: 'receiptRegistered',
        data: { ...at, party: partyTold(incident, message), channel, toldAt, by },
        personal: given({ 'caller.name': caller.name, 'caller.number': caller.number, note: words }),
      });
      endReceived(incident, stage, by);
      return { key, at: now(), again: false };
    },
    {
      validator: ({ message: meant, toldAt }) => {
        mustBeOpen(incident);
        mustKeepUp(incident);
        const message = meantMessage(incident, meant);
        if (answeredAt(message, 'received')) return;
        mustBeTimely(message.stage, toldAt);
      },
    },
  );
  setHandler(
    receipts.revokeLink,
    ({ key, by, reason }) => {
      const message = sentMessage(incident, key);
      const { stage, line } = message;
      const answers = answersTo(message);
      if (answers.revoked) return { at: answers.revoked, again: true, reopened: false };
      answers.revoked = now();
      const reopened = stopTrying(incident, message) || reopen(message);
      note(incident, {
        kind: 'linkRevoked',
        data: { key, stageId: stage.id, opening: stage.opening, line: line.line, by, reopened },
        personal: { reason },
      });
      return { at: now(), again: false, reopened };
    },
    {
      validator: ({ key }) => {
        mustBeOpen(incident);
        mustKeepUp(incident);
        sentMessage(incident, key);
      },
    },
  );
}

/** The message itself or, by stage and party, the first that the party was sent there. */
function meantMessage(incident: Incident, meant: MessageMeant): SentMessage {
  if (meant.stageId === undefined) return sentMessage(incident, meant.key);
  const { incidentId, stages } = incident.state;
  const stage = stages[meant.stageId];
  if (!stage) throw refused('UnknownStage');
  const line = stage.lines.find(({ clock, party }) => clock === 'receipt' && party === meant.party);
  if (!line) throw refused('UnknownParty');
  const place = {
    incidentId,
    stageId: stage.id,
    opening: stage.opening,
    line: line.line,
    rung: 0,
    repeat: 0,
  };
  return sentMessage(incident, messageKey(place));
}

/** Said before the stage ended counts, even when it is recorded after that. */
function mustBeTimely(stage: StageState, toldAt: Instant): void {
  const { ended } = stage;
  if (msBetween(now(), toldAt) > 0) throw refused('ToldInFuture');
  if (!hadBegun(stage, toldAt)) throw refused('ToldBeforeSent');
  if (ended && msBetween(ended.at, toldAt) > 0) throw refused('StageEnded', ended);
}

/** The wrong person is tried by no further method. When nobody was told since, the next telling is due at once. */
function stopTrying(incident: Incident, { stage, line, place }: SentMessage): boolean {
  if (place.rung !== line.rung || place.repeat !== line.repeat) return false;
  line.further = null;
  withdraw(incident, (notice) => notice.stageId === stage.id && notice.line === line.line);
  if (stage.ended || line.acknowledged || line.nextAt === null) return false;
  line.nextAt = now();
  return true;
}

/** Where only revoked links had confirmed a line, nobody is known to have the message: it is told on. */
function reopen({ stage, line }: SentMessage): boolean {
  const stands = line.confirmed.some((key) => {
    const answers = line.answers?.[key];
    return !answers?.revoked || answers.registered;
  });
  if (stage.ended || !line.acknowledged || stands) return false;
  line.acknowledged = null;
  if (line.clock === 'receipt') line.nextAt = now();
  return true;
}

const given = (values: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => !!entry[1]));

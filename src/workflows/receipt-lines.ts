import { acknowledge, ladder, rulesOf } from '../incident/escalation.ts';
import { parseMessageKey, type MessageKey, type MessagePlace } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import type { LineState, MessageAnswers, StageState } from '../incident/state.ts';
import { now } from './clock.ts';
import { withdraw, type Incident } from './incident-context.ts';
import { mustBeOpen, refused } from './refuse.ts';

/** A message that was sent, and the line of the stage it belongs to. */
export interface SentMessage {
  key: MessageKey;
  place: MessagePlace;
  stage: StageState;
  line: LineState;
}

/** What the key of an answer names. Throws `UnknownMessage`, or `StageEnded` for an opening or a turn that is past. */
export function sentMessage({ state }: Incident, key: MessageKey): SentMessage {
  const place = parseMessageKey(key);
  const stage = place && state.stages[place.stageId];
  if (!place || !stage) throw refused('UnknownMessage');
  const line = stage.opening === place.opening ? stage.lines.find(({ line }) => line === place.line) : null;
  const wasTold =
    line && (place.rung < line.rung || (place.rung === line.rung && place.repeat <= line.repeat));
  if (line && wasTold) return { key, place, stage, line };
  // Of an earlier opening of the stage, or of an overdue limit that was answered since.
  const isPast =
    place.opening < stage.opening || (stage.turns > 0 && !line && place.line.includes(':overdue'));
  throw refused(isPast ? 'StageEnded' : 'UnknownMessage');
}

/** The record of what was answered to a message, to be written in. */
export function answersTo({ line, key }: SentMessage): MessageAnswers {
  line.answers ??= {};
  return (line.answers[key] ??= {});
}

export type Answer = 'received' | 'arrived' | 'declined';

/** When a message was answered so; null when it was not. A receipt of before answers were kept apart has its line's time. */
export function answeredAt({ line, key }: SentMessage, answer: Answer): Instant | null {
  const at = line.answers?.[key]?.[answer];
  if (at) return at;
  return answer === 'received' && line.confirmed.includes(key) ? (line.acknowledged?.at ?? now()) : null;
}

/**
 * Throws when a link cannot answer so any more: it was revoked, or its stage has ended. The notice that tells of a branch that
 * was left asks for nothing but its receipt, and that is still taken.
 */
export function mustBeAnswerable(incident: Incident, key: MessageKey, answer: Answer): void {
  mustBeOpen(incident);
  const message = sentMessage(incident, key);
  const revoked = revokedAt(message);
  if (revoked) throw refused('LinkRevoked', { at: revoked });
  if (answeredAt(message, answer)) return; // said once more: the first answer again
  const { ended } = message.stage;
  if (ended && !(answer === 'received' && ended.outcome === 'superseded')) throw refused('StageEnded', ended);
}

/** When the link of a message was revoked, or that of another method by which the same person was told the same. */
function revokedAt({ line, place }: SentMessage): Instant | null {
  for (const [key, { revoked }] of Object.entries(line.answers ?? {})) {
    const other = revoked ? parseMessageKey(key) : null;
    if (revoked && other?.rung === place.rung && other.repeat === place.repeat) return revoked;
  }
  return null;
}

/** Whom a message told: the party of the line, or on a higher rung whoever stands there. Null where the plan no longer says. */
export function partyTold({ plan }: Incident, { stage, line, place }: SentMessage): string | null {
  if (place.rung === 0) return line.party;
  if (stage.ended) return null; // its branch, and with it the ladder, may have been left
  return ladder(plan, rulesOf(plan, stage), line)[place.rung]?.party ?? null;
}

/** A receipt, however it came: the receipt clock of its line stops, and what was on its way because of it is withdrawn. */
export function receive(incident: Incident, message: SentMessage, person: string): void {
  const { stage, line, key } = message;
  line.confirmed.push(key);
  answersTo(message).received = now();
  acknowledge(line, person, now());
  if (line.clock === 'receipt') {
    withdraw(incident, (notice) => notice.stageId === stage.id && notice.line === line.line);
  }
}

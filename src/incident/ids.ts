import type { Instant } from './instant.ts';

/** An incident's id, a UUID: version 5 of (API key id, Idempotency-Key), else random. */
export type IncidentId = string & { readonly __brand: 'IncidentId' };

/** A stage's place in an incident: branch entry and stage, e.g. `2.policeCall`. */
export type StageId = string & { readonly __brand: 'StageId' };

/**
 * The idempotency key of a message and of its record: `incidentId/stageId/opening/line/rung/repeat`, and `/mN` where the
 * same person is tried by a further method of theirs.
 */
export type MessageKey = string & { readonly __brand: 'MessageKey' };

/** The one workflow id under which an incident lives, whatever its branch. */
export const incidentWorkflowId = (id: IncidentId): string => `incident-${id}`;

/** The stage `stage` of the branch that was entered as the `entry`-th, counted from 1. */
export const stageId = (entry: number, stage: string): StageId => `${entry}.${stage}` as StageId;

/** What a message is about and which try of the ladder it is. */
export interface MessagePlace {
  incidentId: IncidentId;
  stageId: StageId;
  /** How often this stage has been opened in this entry, from 1. */
  opening: number;
  /** The line of the stage, a party's key with, for other clocks than the receipt's, `:overdue` or `:remind`. */
  line: string;
  /** Step of the line's ladder, from 0. */
  rung: number;
  /** How often this rung has been told before, from 0. */
  repeat: number;
  /** Which of the person's methods it begins with, from 0; left out for the first. */
  method?: number;
}

/** Built in the workflow and never from Temporal's activity id, which starts again at 1 after a switch. */
export const messageKey = (m: MessagePlace): MessageKey =>
  [m.incidentId, m.stageId, m.opening, m.line, m.rung, m.repeat, ...(m.method ? [`m${m.method}`] : [])].join(
    '/',
  ) as MessageKey;

/** The inverse of {@link messageKey}; null for text that is no key. */
export function parseMessageKey(key: string): MessagePlace | null {
  const match = /^([0-9a-f-]{36})\/(\d+\.\w+)\/(\d+)\/([\w:]+)\/(\d+)\/(\d+)(?:\/m(\d+))?$/.exec(key);
  if (!match) return null;
  return {
    incidentId: match[1] as IncidentId,
    stageId: match[2] as StageId,
    opening: Number(match[3]),
    line: match[4]!,
    rung: Number(match[5]),
    repeat: Number(match[6]),
    ...(match[7] ? { method: Number(match[7]) } : {}),
  };
}

/**
 * What a message goes out under: its key and, where a workflow that was put back decides on it anew, from which attempt on, so that mail
 * servers and gateways do not take it for a repeat of what they had before. Inverse: {@link keyOfSend}.
 */
export const sendId = (key: MessageKey, firstAttempt: number): string =>
  firstAttempt === 1 ? key : `${key}~${firstAttempt}`;

export const keyOfSend = (id: string): MessageKey => id.replace(/~\d+$/, '') as MessageKey;

/** The last entry of an incident's timeline that is known to stand in the register. */
export interface Anchor {
  seq: number;
  /** Hex SHA-256 of that entry; 64 zeros before the first. */
  hash: string;
}

export const NO_ANCHOR: Anchor = { seq: 0, hash: '0'.repeat(64) };

/** An act of a person of the organisation, at an instant of the workflow's clock. */
export interface ActedBy {
  person: string;
  at: Instant;
}

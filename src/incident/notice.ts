import type { IncidentId, MessageKey, StageId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { ToldBefore } from './told-before.ts';

/**
 * Why a message goes out.
 * - `duty`: here is your duty, please confirm
 * - `reminder`: the same once more (no receipt yet, or a duty without a limit that is still open)
 * - `unconfirmed`: the party in `about` has not confirmed; you are next
 * - `declined`: the party in `about` said 无法处理; you are next
 * - `overdue`: your duty's limit is over; what is the outcome?
 * - `overdueAbove`: the duty of the party in `about` is overdue; you are next
 * - `phoneOutside`: an outside party (`about`) has not confirmed after its reminders; please phone them
 */
export type NoticeKind =
  'duty' | 'reminder' | 'unconfirmed' | 'declined' | 'overdue' | 'overdueAbove' | 'phoneOutside';

/**
 * One message to one party. Plain data without any identity (rules of care, 2): it may wait in a workflow's state,
 * travel over a switch of branch, and be sent again under the same key.
 */
export interface Notice {
  key: MessageKey;
  incidentId: IncidentId;
  stageId: StageId;
  opening: number;
  line: string;
  rung: number;
  repeat: number;
  kind: NoticeKind;
  /** 【演练】 on every message; outside parties are not told (rules of care, 7). */
  drill: boolean;
  /** The party told, a key of the plan. */
  party: string;
  /** That party's name in the plan, e.g. 派出所. */
  partyName: string;
  /** Which of that party's contacts, from 1. */
  contact: number;
  /** Nearer contacts of that party who were told on this line before; left out where there are none. */
  before?: ToldBefore[];
  /** An outside party sees no limit and no "cannot handle" (rules of care, 6). */
  outside: boolean;
  /** A drill's order names this outside party, which agreed in writing: it is told all the same. Absent everywhere else. */
  consented?: true;
  /** The party a reminder or escalation is about, by its name; null when it is about the reader's own duty. */
  about: string | null;
  /** The judicial office of the incident: whose bodies the parties are. */
  office: string;
  /** Somebody took over: reminders go to this person instead of the one on duty. */
  holder: string | null;
  /** Somebody who has not answered to an earlier method of theirs; left out for the first try of a person. */
  again?: { person: string };
  /** Which of the person's methods to begin with, from 0; left out for the first. */
  method?: number;
  /** People who said 仍在处置 and are not to be reminded now. */
  quiet: string[];
  urgency: string;
  branchName: string;
  stageName: string;
  clause: string;
  /** Whose rule the duty is: the plan's, a statute's, or the bureau's own practice. */
  source: 'plan' | 'statutory' | 'local';
  duty: string;
  /** The bureau's own limit, ISO 8601, and when it ends; null when 未载明. */
  within: string | null;
  dueAt: Instant | null;
  /** The stage was opened because nobody answered: 自动催报·未经人工确认. */
  automatic: boolean;
  /** The stage's branch was left before this message could be sent. */
  superseded: boolean;
  /** Taken back: not to be sent any more, and kept until it is known whether it had been. */
  withdrawn: boolean;
  /** When the workflow decided to send it. */
  sentAt: Instant;
  /** Until when its receipt link is good. */
  linkExpiresAt: Instant;
  /** Number series and year the incident is counted in; `number` once it is known. */
  number: string | null;
  numberSeries: NumberSeries;
}

/** Where an incident's number comes from: `WS-2026-0001`, drills `WS-D-2026-0001`. */
export interface NumberSeries {
  prefix: string;
  year: number;
  drill: boolean;
}

/**
 * How a message ended.
 * - `accepted`: the recipient's server took it
 * - `refused`: it was refused for good (`code`); the next in line is told at once
 * - `noContact`: nobody to tell at this step; the next in line is told at once
 * - `quieted`: the person said 仍在处置 within the last half hour
 * - `withheld`: a drill does not reach outside parties
 * - `withdrawn`: its duty ended before it could be sent
 */
export type DeliveryResult = 'accepted' | 'refused' | 'noContact' | 'quieted' | 'withheld' | 'withdrawn';

export interface Delivery {
  result: DeliveryResult;
  /** A person of the organisation. */
  person: string | null;
  channel: string | null;
  /** A stable code without personal data, e.g. `SMTP_550`. */
  code: string | null;
  /** How many tries it took. */
  attempts: number;
  /** The tries before the one that counts, where there were any: a refused number, a gateway that hung. */
  tries?: Try[];
  /** The person can be tried by one more method, after this long without an answer. */
  next?: { method: number; afterMs: number };
}

/** One try to send a message that did not succeed. */
export interface Try {
  channel: string;
  code: string;
  at: Instant;
}

/**
 * What a provider says later became of a message it had taken.
 * - `delivered`: the phone has it, or somebody picked up
 * - `failed`: it cannot be delivered
 * - `noAnswer`, `busy`: the call was not taken
 */
export const DELIVERY_STATUSES = ['delivered', 'failed', 'noAnswer', 'busy'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

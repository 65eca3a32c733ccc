import type { IncidentDetailBody } from '../../src/api/schemas-detail.ts';
import type { IncidentId, MessageKey } from '../../src/incident/ids.ts';
import { toMs } from '../../src/incident/instant.ts';
import { entriesOf, allSettled } from '../harness/incident.ts';
import { noticeIn } from '../harness/mail.ts';
import type { SinkMessage } from '../harness/smtp.ts';
import { until } from '../harness/until.ts';
import { possibleAt, type Outage } from './outages.ts';
import type { World } from './world.ts';

/** Each step of the ladder of test/plans/faults.yaml. */
const STEP_MS = 20_000;
const STEPS = 4;

/** Something that was due, which is not before what it takes was back, and how long after that it came. */
export interface Step {
  id: string;
  due: number;
  lateMs: number;
}

/** When things could not be done: a decision while Temporal or every worker was away, a mail while anything was. */
export interface Hindrances {
  decisions: readonly Outage[];
  mails: readonly Outage[];
}

/** How one incident went, against what its plan says. */
export interface Finding {
  /** Decisions to climb, one for each step but the first. */
  steps: Step[];
  /** Their mails, as they arrived. */
  mails: Step[];
  /** The first mail, from when the report was first tried. None where there is none. */
  first: Step[];
  /** Steps that never came. */
  missed: number;
  /** Before their time, or after a receipt. */
  unasked: number;
  /** On record as accepted, and not there. */
  lost: number;
  /** There, and not on record. */
  unrecorded: number;
}

/** Waits until an incident has climbed as far as it has to and nothing is under way. */
export const atRest = (world: World, id: IncidentId): Promise<IncidentDetailBody> =>
  until(
    `${id} to come to rest`,
    async () => {
      const answer = await world.get<IncidentDetailBody>(`/api/incidents/${id}`).catch(() => null);
      if (answer?.status !== 200) return false;
      const isThrough = toldIn(answer.body).length >= STEPS || receiptOf(answer.body) !== null;
      return isThrough && allSettled(answer.body) && answer.body;
    },
    STEPS * STEP_MS + 600_000,
  );

export function findingOf(
  detail: IncidentDetailBody,
  mails: readonly SinkMessage[],
  askedAt: number,
  hindrances: Hindrances,
): Finding {
  const told = toldIn(detail);
  const receipt = receiptOf(detail);
  const due = told.slice(1).map((_step, nr) => told[nr]!.at + STEP_MS);
  const accepted = entriesOf(detail, 'messageSettled').filter(({ data }) => data.result === 'accepted');
  const onRecord = new Set(accepted.map(({ data }) => data.key));
  const there = firstArrivals(mails);
  const step = (due: number, at: number, hindered: readonly Outage[]): Step => {
    const possible = possibleAt(due, hindered);
    return { id: detail.id, due: possible, lateMs: at - possible };
  };
  const arrived = (key: unknown, due: number): Step[] => {
    const at = there.get(key);
    return at === undefined ? [] : [step(due, at, [...hindrances.decisions, ...hindrances.mails])];
  };
  return {
    steps: told.slice(1).map(({ at }, nr) => step(due[nr]!, at, hindrances.decisions)),
    mails: told.slice(1).flatMap(({ key }, nr) => arrived(key, due[nr]!)),
    first: told.slice(0, 1).flatMap(({ key }) => arrived(key, askedAt)),
    missed: receipt === null ? Math.max(0, STEPS - told.length) : 0,
    unasked:
      told.slice(1).filter(({ at }, nr) => at < due[nr]!).length +
      told.filter(({ at }) => receipt !== null && at > receipt).length,
    lost: [...onRecord].filter((key) => !there.has(key)).length,
    unrecorded: [...there.keys()].filter((key) => !onRecord.has(key)).length,
  };
}

const toldIn = (detail: IncidentDetailBody): { key: unknown; at: number }[] =>
  entriesOf(detail, 'messageSent').map(({ at, data }) => ({ key: data.key, at: toMs(at) }));

/** When each message came for the first time. */
function firstArrivals(mails: readonly SinkMessage[]): Map<unknown, number> {
  const first = new Map<unknown, number>();
  for (const mail of mails) {
    const { key } = noticeIn(mail);
    first.set(key, Math.min(mail.acceptedAt, first.get(key) ?? Infinity));
  }
  return first;
}

function receiptOf(detail: IncidentDetailBody): number | null {
  const [receipt] = entriesOf(detail, 'acknowledged');
  return receipt ? toMs(receipt.at) : null;
}

/** A message that came more often than once. */
export interface Repeat {
  key: MessageKey;
  /** When each copy came, and when the register knew that the message was out, in ms of the wall clock. */
  arrivals: readonly number[];
  knownAt: number | null;
  /** Whether something was cut off at its first, and nobody knew yet that it was out when it went out again. */
  isUnavoidable: boolean;
}

/** How long the answer to a mail and its record take at most, on a busy machine. */
const UNDER_WAY_MS = 2_000;

/** `knownAt`: when the register had it that a message was out. */
export function repeatsIn(
  mails: readonly SinkMessage[],
  breaks: readonly Outage[],
  knownAt: ReadonlyMap<MessageKey, number>,
): Repeat[] {
  const arrivals = new Map<MessageKey, number[]>();
  for (const mail of mails) {
    const { key } = noticeIn(mail);
    arrivals.set(key, [...(arrivals.get(key) ?? []), mail.acceptedAt]);
  }
  return [...arrivals]
    .filter(([, times]) => times.length > 1)
    .map(([key, times]) => {
      const sorted = times.toSorted((a, b) => a - b);
      const [first, ...again] = sorted as [number, ...number[]];
      const around = breaks.filter(({ from, to }) => first >= from - UNDER_WAY_MS && first <= to);
      const known = (knownAt.get(key) ?? Infinity) + UNDER_WAY_MS;
      const isUnavoidable = again.length <= around.length && again.every((at) => at <= known);
      return { key, arrivals: sorted, knownAt: knownAt.get(key) ?? null, isUnavoidable };
    });
}

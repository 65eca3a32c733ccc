import { randomUUID } from 'node:crypto';
import type { MessageKey } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import type { Delivery, Notice, Try } from '../incident/notice.ts';
import {
  attemptsOf,
  claimDelivery,
  failDelivery,
  renewDelivery,
  settleDelivery,
  type FailedTry,
} from '../store/deliveries.ts';
import type { Register } from '../store/open.ts';
import { triedPeople } from '../store/tried-people.ts';
import { within } from '../within.ts';

/** Long enough for a renewal to come late on a busy machine, short enough not to hold up the retry after a kill. */
const LEASE_MS = 3_000;

/** A register that is slow, full or gone holds no message up for longer than this. */
const PATIENCE_MS = 2_000;

export type Claim =
  | { state: 'claimed'; person: string | null; attempt: number; firstAttempt: number }
  | { state: 'settled'; delivery: Delivery }
  | { state: 'busy' };

/** What makes a message one: its key, and when the workflow decided on it. */
export type Decided = Pick<Notice, 'key' | 'sentAt'>;

const decision = (key: MessageKey, decidedAt: Instant): string => `${key} ${decidedAt}`;

export type DeliveryLog = ReturnType<typeof createDeliveryLog>;

/**
 * Who may send a message now, and what became of it: what was decided on is sent by one worker at a time, to one person for good, and
 * not again once it was accepted. Without a register the alarm goes out all the same, and this process alone remembers.
 */
export function createDeliveryLog(register: Register) {
  const owner = randomUUID();
  /** What this process has under way, so that its own retry does not send beside a send that hangs, and the first attempt of each. */
  const underWay = new Map<MessageKey, number>();
  /** What this process has sent and the register does not know. */
  const sentHere = new Map<string, Delivery>();
  const firstOf = (key: MessageKey): number => underWay.get(key) ?? 1;
  const patiently = <T>(work: Promise<T>): Promise<T> => within(PATIENCE_MS, work);
  return {
    /** What is `claimed` is to be released, however it went. */
    async claim({ key, sentAt: decidedAt }: Decided, person: string | null): Promise<Claim> {
      if (underWay.has(key)) return { state: 'busy' };
      const delivery = sentHere.get(decision(key, decidedAt));
      if (delivery) return { state: 'settled', delivery };
      underWay.set(key, 1);
      try {
        const request = { key, decidedAt, owner, leaseMs: LEASE_MS, person, channel: 'email' };
        const claim = await patiently(claimDelivery(register, request));
        if (claim.state === 'claimed') underWay.set(key, claim.firstAttempt);
        else underWay.delete(key);
        return claim;
      } catch {
        return { state: 'claimed', person, attempt: 1, firstAttempt: 1 };
      }
    },
    renew: (key: MessageKey): Promise<unknown> =>
      renewDelivery(register, key, owner, LEASE_MS).catch(() => undefined),
    /** Gives the delivery that counts: where the register had settled the message before, that one. */
    async settle({ key, sentAt: decidedAt }: Decided, delivery: Delivery): Promise<Delivery> {
      try {
        return await patiently(
          settleDelivery(register, { key, decidedAt, owner, firstAttempt: firstOf(key) }, delivery),
        );
      } catch {
        remember(sentHere, decision(key, decidedAt), delivery);
        return delivery;
      }
    },
    /** One try that failed; the next may begin at once. */
    async failed(key: MessageKey, tried: FailedTry): Promise<void> {
      const attempts = firstOf(key) - 1 + tried.attempts;
      await patiently(failDelivery(register, key, owner, { ...tried, attempts })).catch(() => undefined);
    },
    /** The last tries that failed under earlier claims, which a message that waited for long had many of; counted from `firstAttempt`. */
    earlier: (key: MessageKey, firstAttempt: number): Promise<Try[]> =>
      patiently(attemptsOf(register, key)).then(
        (all) => {
          const tries = all.filter(({ attempt, result }) => attempt >= firstAttempt && result === 'failed');
          return tries
            .slice(-SHOWN_TRIES)
            .map(({ channel, code, at }) => ({ channel, code: code ?? '', at }));
        },
        () => [],
      ),
    /** Whom earlier messages were meant for; null while the register does not say. */
    tried: (keys: readonly MessageKey[]): Promise<string[] | null> =>
      patiently(triedPeople(register, keys)).catch(() => null),
    release: (key: MessageKey): void => {
      underWay.delete(key);
    },
  };
}

const SHOWN_TRIES = 10;

/** Far more than one outage of the register brings about. */
const REMEMBERED = 10_000;

function remember(sentHere: Map<string, Delivery>, sent: string, delivery: Delivery): void {
  sentHere.set(sent, delivery);
  const [oldest] = sentHere.keys();
  if (sentHere.size > REMEMBERED && oldest) sentHere.delete(oldest);
}

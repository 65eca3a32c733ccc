import type { SQL } from 'drizzle-orm';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { MessageKey } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import type { Delivery, DeliveryResult } from '../incident/notice.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { rowsOf } from './open.ts';
import type { AttemptResult } from './tables.ts';
import { attempt as attemptTable, deliveryClaim } from './tables.ts';

export interface ClaimRequest {
  key: MessageKey;
  /** When the workflow decided to send it: what tells a retry from another decision under the same key. */
  decidedAt: Instant;
  /** Who would send, e.g. one process. */
  owner: string;
  /** How long the claim holds without {@link renewDelivery}, in milliseconds of the database's clock. */
  leaseMs: number;
  /** Whom to tell if nobody was chosen before; null when there is nobody. */
  person: string | null;
  channel: string | null;
}

/**
 * - `claimed`: send it, to this person; `attempt` counts from 1, this decision's from `firstAttempt`
 * - `settled`: it was sent, or ended otherwise, before
 * - `busy`: somebody is sending it now, or was until they fell silent; ask again
 */
export type Claim =
  | {
      state: 'claimed';
      person: string | null;
      channel: string | null;
      attempt: number;
      firstAttempt: number;
    }
  | { state: 'settled'; delivery: Delivery }
  | { state: 'busy' };

/**
 * Asks for the right to send a message. The first claim that names a person fixes person and channel for good, of that decision. A claim that
 * still holds keeps everybody out, its own owner too: a process may have a send in flight that its own retry does not know of.
 *
 * A workflow that was put back behind the register decides anew, under keys that were used in the time it has forgotten, and waits for
 * receipts it has forgotten too: a claim of another decision keeps nobody out, and is begun anew.
 */
export function claimDelivery({ db }: Register, request: ClaimRequest): Promise<Claim> {
  return guarded(async () => {
    const [row] = await rowsOf<ClaimRow>(db, claimStatement(request));
    // No row at all: another first claim came in at this very moment, too late for this statement to see.
    if (!row) return { state: 'busy' };
    if (row.result !== null) return { state: 'settled', delivery: deliveryOf(row) };
    const { person, channel, attempt, first_attempt: firstAttempt } = row;
    return row.mine ? { state: 'claimed', person, channel, attempt, firstAttempt } : { state: 'busy' };
  });
}

interface ClaimRow {
  mine: boolean;
  person: string | null;
  channel: string | null;
  attempt: number;
  first_attempt: number;
  result: DeliveryResult | null;
  code: string | null;
  attempts: number | null;
}

const deliveryOf = ({ result, person, channel, code, attempts }: ClaimRow): Delivery => ({
  result: result!,
  person,
  channel,
  code,
  attempts: attempts!,
});

const claimStatement = ({ key, decidedAt, owner, leaseMs, person, channel }: ClaimRequest): SQL => sql`
  with claimed as (
    insert into ${deliveryClaim} as c (key, decided_at, person, channel, owner, attempt, leased_until)
    values (${key}, ${decidedAt}, ${person}, ${channel}, ${owner}, 1, ${fromNow(leaseMs)})
    on conflict (key) do update set
      decided_at = excluded.decided_at,
      person = case when ${isOther} then excluded.person else coalesce(c.person, excluded.person) end,
      channel = case when ${isOther} then excluded.channel else coalesce(c.channel, excluded.channel) end,
      owner = excluded.owner,
      attempt = ${nextAttempt},
      first_attempt = case when ${isOther} then ${nextAttempt} else c.first_attempt end,
      leased_until = ${fromNow(leaseMs)},
      result = null, code = null, attempts = null, settled_at = null
    where ${isOther} or (c.result is null and c.leased_until <= clock_timestamp())
    returning ${claimColumns}
  )
  ${theirsOr(sql`claimed`, { key, decidedAt })}`;

const fromNow = (ms: number): SQL => sql`clock_timestamp() + make_interval(secs => ${ms}::float8 / 1000)`;

/** After every try there was: the last ones of a claim are counted where it was settled. */
const nextAttempt = sql.raw('greatest(c.attempt, c.first_attempt - 1 + coalesce(c.attempts, 0)) + 1');

/** The claim that is there is another decision's. One of before migration 0007 does not say whose it is, and stands. */
const isOther = sql.raw('(c.decided_at <> excluded.decided_at)');

const claimColumns = sql.raw('person, channel, attempt, first_attempt, result, code, attempts');

/** The row this statement wrote, else the one of the same decision that stood in its way: another's may be what was there before that one came. */
const theirsOr = (written: SQL, { key, decidedAt }: Pick<ClaimRequest, 'key' | 'decidedAt'>): SQL => sql`
  select true as mine, ${claimColumns} from ${written}
  union all
  select false, ${claimColumns} from ${deliveryClaim}
  where key = ${key} and coalesce(decided_at = ${decidedAt}, true) and not exists (select from ${written})`;

/** Keeps a claim for `leaseMs` more milliseconds. False when it is not this owner's any more. */
export function renewDelivery(
  { db }: Register,
  key: MessageKey,
  owner: string,
  leaseMs: number,
): Promise<boolean> {
  const ours = and(eq(deliveryClaim.key, key), eq(deliveryClaim.owner, owner), isNull(deliveryClaim.result));
  return guarded(async () => {
    const renewed = await db
      .update(deliveryClaim)
      .set({ leasedUntil: fromNow(leaseMs) })
      .where(ours)
      .returning({ key: deliveryClaim.key });
    return renewed.length > 0;
  });
}

export type Settling = Pick<ClaimRequest, 'key' | 'decidedAt' | 'owner'> & {
  /** As the claim said; 1 where there was none. The delivery counts its attempts from there. */
  firstAttempt?: number;
};

/**
 * Ends a message: from now on a claim gives this delivery, and nobody sends it again. Gives the delivery that counts, which is
 * another one where the message was settled before. Only the claim's owner may settle, except that `accepted` counts from anybody:
 * the message is out. An earlier decision never ends a later one. Works without a claim, too. A try that was accepted or refused is recorded with it.
 */
export function settleDelivery(
  { db }: Register,
  { key, decidedAt, owner, firstAttempt = 1 }: Settling,
  delivery: Delivery,
): Promise<Delivery> {
  const { result, person, channel, code, attempts } = delivery;
  const statement = sql`
    with settled as (
      insert into ${deliveryClaim} as c
        (key, decided_at, person, channel, owner, attempt, leased_until, result, code, attempts, settled_at)
      values (${key}, ${decidedAt}, ${person}, ${channel}, ${owner}, ${attempts}, now(), ${result}, ${code}, ${attempts}, now())
      on conflict (key) do update set
        decided_at = excluded.decided_at, person = excluded.person, channel = excluded.channel, result = excluded.result, code = excluded.code,
        attempts = excluded.attempts, settled_at = excluded.settled_at
      where c.decided_at < excluded.decided_at
        or (not coalesce(${isOther}, false) and c.result is null and (c.owner = excluded.owner or excluded.result = 'accepted'))
      returning ${claimColumns}
    )${attemptOf(key, firstAttempt, delivery)}
    ${theirsOr(sql`settled`, { key, decidedAt })}`;
  return guarded(async () => {
    const [row] = await rowsOf<ClaimRow>(db, statement);
    return row?.result ? deliveryOf(row) : delivery;
  });
}

function attemptOf(
  key: MessageKey,
  firstAttempt: number,
  { result, person, channel, code, attempts }: Delivery,
): SQL {
  if ((result !== 'accepted' && result !== 'refused') || person === null || channel === null) return sql``;
  return sql`, tried as (${attemptWrite({ key, attempt: firstAttempt - 1 + attempts, person, channel, result, code })})`;
}

/**
 * One try of a send that failed. When it is `done`, its claim ends, so that the next need not wait for the lease; else the same
 * claim goes on with the person's next method, and the next claim counts on from there.
 */
export function failDelivery(
  { db }: Register,
  key: MessageKey,
  owner: string,
  { attempts: attempt, done, ...tried }: FailedTry,
): Promise<void> {
  const statement = sql`
    with tried as (${attemptWrite({ key, attempt, result: 'failed', ...tried })})
    update ${deliveryClaim} set
      attempt = greatest(attempt, ${attempt}::int),
      leased_until = case when ${done}::boolean then clock_timestamp() else leased_until end
    where key = ${key} and owner = ${owner} and result is null`;
  return guarded(async () => {
    await db.execute(statement);
  });
}

export interface FailedTry {
  person: string;
  channel: string;
  /** Which try of the message it was, from 1. */
  attempts: number;
  code: string;
  /** The claim tries no further method. */
  done: boolean;
}

/** A single try of a send. The instant is the database's. */
export interface Attempt {
  key: MessageKey;
  /** Which try, from 1. */
  attempt: number;
  person: string;
  channel: string;
  result: AttemptResult;
  code: string | null;
}

const attemptWrite = ({ key, attempt, person, channel, result, code }: Attempt): SQL => sql`
  insert into ${attemptTable} (key, attempt, person, channel, result, code)
  values (${key}, ${attempt}, ${person}, ${channel}, ${result}, ${code})
  on conflict (key, attempt) do update set
    person = excluded.person, channel = excluded.channel, result = excluded.result, code = excluded.code, at = excluded.at`;

/** Every try to send a message, first to last. */
export const attemptsOf = ({ db }: Register, key: MessageKey): Promise<(Attempt & { at: Instant })[]> =>
  guarded(async () =>
    db.select().from(attemptTable).where(eq(attemptTable.key, key)).orderBy(asc(attemptTable.attempt)),
  );

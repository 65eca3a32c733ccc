import { randomUUID } from 'node:crypto';
import { desc, eq, and, lt, sql } from 'drizzle-orm';
import type { Keyring } from '../crypto/keyring.ts';
import type { Anchor } from '../incident/ids.ts';
import { NO_ANCHOR } from '../incident/ids.ts';
import { toInstant, type Instant } from '../incident/instant.ts';
import { digestsOf } from './append.ts';
import { CHANGE_RECORD, changeHash, type Change, type ChangeArea, type Json } from './change-entry.ts';
import { headMac, isOurHead } from './chain.ts';
import { StoreError, guarded } from './errors.ts';
import type { Db, Register } from './open.ts';
import { rowsOf } from './open.ts';
import { newSalt, saltedDigest, seal } from './seal.ts';
import { changeEntry, changeHead } from './tables-changes.ts';
import { sealed, type SealedRef } from './tables.ts';

/**
 * Puts one change on record: who, through what, which thing, from what to what. Gives the record's new end. Changes are written
 * one after the other, whoever writes them. Throws `CHAIN_BROKEN` when the record's end was tampered with, or a database code.
 */
export const recordChange = (register: Register, change: Change): Promise<Anchor> =>
  recordChanges(register, [change]);

/** The same for several at once, in their order: all of them or none. */
export const recordChanges = (register: Register, changes: Change[]): Promise<Anchor> =>
  guarded(() => register.db.transaction((tx) => appendChanges(tx, register.keyring, changes)));

/** The same within a transaction of the caller's. */
export async function appendChanges(tx: Db, keyring: Keyring, changes: Change[]): Promise<Anchor> {
  let head = await lockChanges(tx, keyring);
  if (changes.length === 0) return head;
  const chained: Chained = { entries: [], sealed: [] };
  for (const change of changes) head = chainOne(keyring, chained, head, change);
  for (const rows of chunksOf(chained.sealed)) await tx.insert(sealed).values(rows);
  for (const rows of chunksOf(chained.entries)) await tx.insert(changeEntry).values(rows);
  const { currentId: keyId } = keyring;
  await tx
    .update(changeHead)
    .set({ ...head, mac: headMac(keyring, keyId, HEAD, head), keyId })
    .where(eq(changeHead.id, HEAD));
  return head;
}

/** The one row of the head's table, and what its MAC is bound to. */
export const HEAD = 'changes';

/**
 * One writer at a time: whoever holds the head's row until the end of the transaction `tx`. Gives the record's end, checked.
 * Throws `CHAIN_BROKEN`, `UnknownKeyError`.
 */
export async function lockChanges(tx: Db, keyring: Keyring): Promise<Anchor> {
  const mac = headMac(keyring, keyring.currentId, HEAD, NO_ANCHOR);
  const [head] = await rowsOf<Anchor & { mac: string; keyId: string }>(
    tx,
    sql`insert into ${changeHead} as head (id, seq, hash, mac, key_id)
        values (${HEAD}, ${NO_ANCHOR.seq}, ${NO_ANCHOR.hash}, ${mac}, ${keyring.currentId})
        on conflict (id) do update set seq = head.seq
        returning seq, hash, mac, key_id as "keyId"`,
  );
  const { seq, hash } = head!;
  const [last] = await tx
    .select({ seq: changeEntry.seq, hash: changeEntry.hash })
    .from(changeEntry)
    .orderBy(desc(changeEntry.seq))
    .limit(1);
  const ends = last ?? NO_ANCHOR;
  if (isOurHead(keyring, HEAD, head!) && ends.seq === seq && ends.hash === hash) return { seq, hash };
  throw new StoreError(
    'CHAIN_BROKEN',
    `the change record's end is not the one that was written; run "fenghuo changes verify"`,
  );
}

interface Chained {
  entries: (typeof changeEntry.$inferInsert)[];
  sealed: (typeof sealed.$inferInsert)[];
}

/** Puts one change behind `head` and gives the new head. */
function chainOne(keyring: Keyring, chained: Chained, head: Anchor, change: Change): Anchor {
  const { personal = {}, ...rest } = storable(change);
  const entry = { ...rest, seq: head.seq + 1, at: toInstant(Date.now()) };
  const refs: Record<string, SealedRef> = {};
  for (const [name, value] of Object.entries(personal)) {
    const { row, ref } = sealOne(keyring, name, value);
    chained.sealed.push(row);
    refs[name] = ref;
  }
  const hash = changeHash(head.hash, { ...entry, personal: digestsOf(refs) });
  chained.entries.push({ ...entry, personal: refs, prev: head.hash, hash });
  return { seq: entry.seq, hash };
}

function sealOne(keyring: Keyring, name: string, value: string) {
  const place = { incidentId: CHANGE_RECORD, name, sealedId: randomUUID() };
  const { sealedId: id, ...bound } = place;
  const salt = newSalt();
  const ciphertext = seal(keyring, place, Buffer.from(value));
  return {
    row: { id, ...bound, salt, keyId: keyring.currentId, ciphertext },
    ref: { digest: saltedDigest(salt, value), sealedId: id },
  };
}

/** A statement takes 65,535 parameters; another plan can be thousands of changes. */
const CHUNK = 500;

const chunksOf = <Row>(rows: Row[]): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, i) => rows.slice(i * CHUNK, (i + 1) * CHUNK));

/** As it will come back from the database, which takes neither NUL nor half a surrogate pair. */
const storable = (change: Change): Change =>
  JSON.parse(JSON.stringify(change), (_name, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd') : value,
  ) as Change;

/** A line of the change record. Personal values are named, not shown. */
export interface ChangeLine {
  seq: number;
  at: Instant;
  by: string;
  via: string;
  area: ChangeArea;
  subject: string;
  from: Json;
  to: Json;
  personal: string[];
  prev: string;
  hash: string;
}

/** Changes, newest first; with `before` only those with a smaller `seq`. */
export function listChanges(
  { db }: Register,
  { area, before, limit }: { area?: ChangeArea | undefined; before?: number | undefined; limit: number },
): Promise<ChangeLine[]> {
  const wanted = and(
    area === undefined ? undefined : eq(changeEntry.area, area),
    before === undefined ? undefined : lt(changeEntry.seq, before),
  );
  return guarded(async () => {
    const rows = await db
      .select()
      .from(changeEntry)
      .where(wanted)
      .orderBy(desc(changeEntry.seq))
      .limit(limit);
    return rows.map(({ personal, from, to, ...row }) => ({
      ...row,
      from: from ?? null,
      to: to ?? null,
      personal: Object.keys(personal).sort(),
    }));
  });
}

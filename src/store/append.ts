import { randomUUID } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { SQLWrapper } from 'drizzle-orm';
import type { Keyring } from '../crypto/keyring.ts';
import type { Entry, EntryBatch } from '../incident/entry.ts';
import type { Anchor, IncidentId } from '../incident/ids.ts';
import { NO_ANCHOR } from '../incident/ids.ts';
import { toInstant, toMs } from '../incident/instant.ts';
import { entryHash, headMac, isOurHead } from './chain.ts';
import { ChainForked, StoreError, guarded } from './errors.ts';
import { happeningWrite } from './happenings.ts';
import { allotNumber } from './number.ts';
import type { Db, Register } from './open.ts';
import { rowsOf } from './open.ts';
import { project } from './project.ts';
import { emptyProjections, projectionWrites } from './projection-writes.ts';
import { newSalt, saltedDigest, seal } from './seal.ts';
import type { SealedRef } from './tables.ts';
import { chainHead, entry as entryTable, incident, sealed as sealedTable } from './tables.ts';

export { allotNumber };

/** `anchor` is the batch's last entry as it now stands in the register; `number` is null before the incident's first entry. */
export interface Appended {
  number: string | null;
  anchor: Anchor;
}

/**
 * Writes a batch of entries at the end of an incident's timeline, with all that follows from them, in one transaction.
 * `anchor` is what the workflow was given last time ({@link NO_ANCHOR} at first): the register must still hold it.
 *
 * Entries that stand there already are skipped, so a batch may come again, whole or in part. Batches of one incident are
 * written one after the other. The entry `incidentReported` allots the number.
 *
 * Throws {@link StoreError}: `CHAIN_BROKEN`, `CHAIN_CONFLICT` ({@link ChainForked} where the batch and the register have a beginning in
 * common), `CHAIN_GAP`, or a database code. Nothing is written then.
 */
export function append(register: Register, batch: EntryBatch, anchor: Anchor): Promise<Appended> {
  return guarded(async () => {
    const entries = batch.entries.map(storable);
    checkConsecutive(batch.incidentId, entries);
    if (entries.length === 0) return { number: await numberOf(register, batch.incidentId), anchor };
    const report = entries.find((entry) => entry.kind === 'incidentReported');
    // Outside the transaction: all incidents of a year share one counter row, which must not stay locked for long.
    const allotted = report ? await allotNumber(register, batch.incidentId, report.data.numberSeries) : null;
    return register.db.transaction((tx) =>
      write({ tx, keyring: register.keyring, id: batch.incidentId }, entries, anchor, allotted),
    );
  });
}

interface Writing {
  tx: Db;
  keyring: Keyring;
  id: IncidentId;
}

async function write(
  w: Writing,
  entries: Entry[],
  anchor: Anchor,
  allotted: string | null,
): Promise<Appended> {
  const head = await lockHead(w);
  const stored = await storedEntries(w, [
    anchor.seq,
    head.seq,
    entries[0]!.seq - 1,
    ...entries.map((entry) => entry.seq),
  ]);
  checkChain(w, head, anchor, stored);
  checkFork(w.id, entries, head, stored);
  const fresh = entries.filter(({ seq }) => seq > head.seq);
  checkGap(w.id, fresh, head);
  const number = allotted ?? head.number;
  if (fresh.length === 0) {
    const last = entries.at(-1)!.seq;
    return { number, anchor: { seq: last, hash: stored.get(last)!.hash } };
  }
  const chained = chain(w, fresh, head);
  const changes = fresh.some(({ kind }) => kind === 'takenUpAgain')
    ? await projectAnew(w, fresh, number)
    : project(w.id, fresh, number);
  await writeTogether(w, chained, changes);
  return { number, anchor: chained.head };
}

/** Entries that the workflow does not know any more do not count: what is read is made anew from those that do. */
async function projectAnew({ tx, id }: Writing, fresh: Entry[], number: string | null) {
  await emptyProjections(tx, id);
  const { seq, at, kind, data } = entryTable;
  const there = await tx
    .select({ seq, at, kind, data })
    .from(entryTable)
    .where(eq(entryTable.incidentId, id))
    .orderBy(seq);
  return project(id, [...(there as Entry[]), ...fresh], number);
}

interface Head extends Anchor {
  mac: string;
  keyId: string;
  number: string | null;
}

/** One writer per incident: whoever holds this row. Made when missing, so that the first writers queue up too. */
async function lockHead({ tx, keyring, id }: Writing): Promise<Head> {
  const { currentId } = keyring;
  const mac = headMac(keyring, currentId, id, NO_ANCHOR);
  const [head] = await rowsOf<Head>(
    tx,
    sql`insert into ${chainHead} as head (incident_id, seq, hash, mac, key_id)
        values (${id}, ${NO_ANCHOR.seq}, ${NO_ANCHOR.hash}, ${mac}, ${currentId})
        on conflict (incident_id) do update set seq = head.seq
        returning seq, hash, mac, key_id as "keyId", (select number from ${incident} where id = ${id}) as number`,
  );
  return head!;
}

type Stored = Map<number, { at: string; kind: string; hash: string }>;

async function storedEntries({ tx, id }: Writing, seqs: number[]): Promise<Stored> {
  const { seq, at, kind, hash } = entryTable;
  const rows = await tx
    .select({ seq, at, kind, hash })
    .from(entryTable)
    .where(and(eq(entryTable.incidentId, id), inArray(seq, [...new Set(seqs)])));
  return new Map(rows.map((row) => [row.seq, row]));
}

function checkChain({ keyring, id }: Writing, head: Head, anchor: Anchor, stored: Stored): void {
  if (!isOurHead(keyring, id, head))
    throw broken(id, head.seq, 'the head of the chain was not written by this register');
  if (anchor.seq > head.seq)
    throw broken(id, head.seq + 1, `it ends at entry ${head.seq}, the workflow knows ${anchor.seq}`);
  for (const known of [anchor, head]) {
    if (known.seq === 0) continue;
    if (!stored.has(known.seq)) throw broken(id, known.seq, 'this entry is missing');
    if (stored.get(known.seq)!.hash !== known.hash)
      throw broken(id, known.seq, 'this entry is not the one that was written');
  }
}

/** Of what stands there already, each entry has to be the one that comes again. */
function checkFork(id: IncidentId, entries: Entry[], head: Head, stored: Stored): void {
  for (const entry of entries) {
    if (entry.seq > head.seq) return;
    const there = stored.get(entry.seq);
    if (!there) throw broken(id, entry.seq, 'this entry is missing');
    if (there.kind === entry.kind && there.at === entry.at) continue;
    const text = `entry ${entry.seq} of incident ${id} is ${there.kind} of ${there.at}, not ${entry.kind} of ${entry.at}`;
    const before = stored.get(entry.seq - 1);
    if (!before) throw new StoreError('CHAIN_CONFLICT', text); // nothing in common
    const { seq, hash, number } = head;
    throw new ChainForked(text, { seq: entry.seq - 1, hash: before.hash }, { seq, hash }, number);
  }
}

function checkConsecutive(id: IncidentId, entries: Entry[]): void {
  const first = entries[0]?.seq ?? 1;
  const wrong = entries.find((entry, index) => entry.seq !== first + index);
  if (first < 1 || wrong) throw gap(id, `entry ${wrong?.seq ?? first} stands out of order in the batch`);
}

function checkGap(id: IncidentId, fresh: Entry[], head: Head): void {
  const next = fresh[0]?.seq ?? head.seq + 1;
  if (next > head.seq + 1)
    throw gap(id, `the register ends at entry ${head.seq}, the batch begins at ${next}`);
}

const gap = (id: IncidentId, text: string) => new StoreError('CHAIN_GAP', `incident ${id}: ${text}`);

const broken = (id: IncidentId, seq: number, text: string) =>
  new StoreError('CHAIN_BROKEN', `incident ${id}, entry ${seq}: ${text}; run "fenghuo audit"`);

interface Chained {
  entries: (typeof entryTable.$inferInsert)[];
  sealed: (typeof sealedTable.$inferInsert)[];
  head: Anchor;
}

function chain({ keyring, id }: Writing, fresh: Entry[], head: Anchor): Chained {
  const chained: Chained = { entries: [], sealed: [], head };
  for (const { seq, at, kind, data, personal = {} } of fresh) {
    const refs: Record<string, SealedRef> = {};
    for (const [name, value] of Object.entries(personal)) {
      const { row, ref } = sealValue(keyring, id, name, value);
      chained.sealed.push(row);
      refs[name] = ref;
    }
    const prev = chained.head.hash;
    const hash = entryHash(prev, { incidentId: id, seq, at, kind, data, personal: digestsOf(refs) });
    chained.entries.push({ incidentId: id, seq, at, kind, data, personal: refs, prev, hash });
    chained.head = { seq, hash };
  }
  return chained;
}

function sealValue(keyring: Keyring, incidentId: IncidentId, name: string, value: string) {
  const place = { incidentId, name, sealedId: randomUUID() };
  const salt = newSalt();
  const ciphertext = seal(keyring, place, Buffer.from(value));
  return {
    row: { id: place.sealedId, incidentId, name, salt, keyId: keyring.currentId, ciphertext },
    ref: { digest: saltedDigest(salt, value), sealedId: place.sealedId },
  };
}

/** Personal values as they stand in the hash: digest by name. */
export const digestsOf = (refs: Record<string, SealedRef>): Record<string, string> =>
  Object.fromEntries(Object.entries(refs).map(([name, ref]) => [name, ref.digest]));

/** All writes as one statement: one round trip, and on PGlite one turn of the event loop's time. */
async function writeTogether(
  w: Writing,
  { entries, sealed, head }: Chained,
  changes: ReturnType<typeof project>,
) {
  const { tx, keyring, id } = w;
  const writes: SQLWrapper[] = [
    tx.insert(entryTable).values(entries),
    ...(sealed.length ? [tx.insert(sealedTable).values(sealed)] : []),
    ...projectionWrites(tx, changes),
    happeningWrite(entries, changes.incident?.office),
  ];
  const keyId = keyring.currentId;
  const moveHead = tx
    .update(chainHead)
    .set({ ...head, mac: headMac(keyring, keyId, id, head), keyId })
    .where(eq(chainHead.incidentId, id));
  const parts = writes.map(
    (statement, index) => sql`${sql.identifier(`w${index}`)} as (${statement.getSQL()})`,
  );
  await tx.execute(sql`with ${sql.join(parts, sql`, `)} ${moveHead.getSQL()}`);
}

async function numberOf({ db }: Register, id: IncidentId): Promise<string | null> {
  const [row] = await db.select({ number: incident.number }).from(incident).where(eq(incident.id, id));
  return row?.number ?? null;
}

/** The entry as it will come back from the database, which is what is hashed. */
function storable(entry: Entry): Entry {
  return { ...entry, at: toInstant(toMs(entry.at)), data: cleaned(entry.data) } as Entry;
}

/** PostgreSQL takes neither NUL nor half a surrogate pair, and a stray one must not keep an alarm out of the record. */
function cleaned<T>(value: T): T {
  if (typeof value === 'string')
    return value.replaceAll('\0', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd') as T;
  if (Array.isArray(value)) return value.map(cleaned) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, cleaned(inner as unknown)]),
  ) as T;
}

import { createHmac, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { appendChanges, lockChanges } from '../store/changes.ts';
import { CHANGE_RECORD } from '../store/change-entry.ts';
import { guarded } from '../store/errors.ts';
import type { Db, Register } from '../store/open.ts';
import { seal, unseal } from '../store/seal.ts';
import { lastSeen } from '../store/tables-changes.ts';
import { sealed } from '../store/tables.ts';
import { changesBetween, type MarkOf, type Snapshot } from './snapshot.ts';

/** Which source is compared: each with what it said the last time. */
export type SourceName = 'plan' | 'organisation' | 'settings';

/**
 * Puts on record what differs from the last look at a source, and keeps this look for the next. Looking again at the same changes
 * nothing; of many processes that look at once, one records. Gives how many changes were recorded.
 */
export const recordDifferences = (register: Register, name: SourceName, now: Snapshot): Promise<number> =>
  guarded(() =>
    register.db.transaction(async (tx) => {
      await lockChanges(tx, register.keyring);
      const before = await lastLook(tx, register, name);
      const changes = changesBetween(before, now, marksOf(register));
      await appendChanges(tx, register.keyring, changes);
      if (!before || changes.length > 0 || before.source !== now.source) await keep(tx, register, name, now);
      return changes.length;
    }),
  );

/** Under the current key: both ends of a change are marked at the same time. */
const marksOf =
  ({ keyring }: Register): MarkOf =>
  (sha) =>
    `${keyring.currentId}:${createHmac('sha256', keyring.key('digest')).update(sha).digest('hex').slice(0, 32)}`;

const placeOf = (name: SourceName, sealedId: string) => ({
  incidentId: CHANGE_RECORD,
  name: `lastSeen.${name}`,
  sealedId,
});

async function lastLook(tx: Db, { keyring }: Register, name: SourceName): Promise<Snapshot | null> {
  const [row] = await tx
    .select({ id: sealed.id, keyId: sealed.keyId, ciphertext: sealed.ciphertext })
    .from(lastSeen)
    .innerJoin(sealed, eq(sealed.id, lastSeen.sealedId))
    .where(eq(lastSeen.name, name));
  if (!row?.ciphertext) return null;
  const clear = unseal(keyring, row.keyId, placeOf(name, row.id), row.ciphertext);
  return JSON.parse(clear.toString()) as Snapshot;
}

async function keep(tx: Db, { keyring }: Register, name: SourceName, now: Snapshot): Promise<void> {
  const [old] = await tx.select().from(lastSeen).where(eq(lastSeen.name, name));
  const place = placeOf(name, randomUUID());
  const ciphertext = seal(keyring, place, Buffer.from(JSON.stringify(now)));
  const { sealedId, ...bound } = place;
  await tx.insert(sealed).values({ id: sealedId, ...bound, keyId: keyring.currentId, ciphertext });
  await tx
    .insert(lastSeen)
    .values({ name, sealedId })
    .onConflictDoUpdate({ target: lastSeen.name, set: { sealedId } });
  if (old) await tx.delete(sealed).where(eq(sealed.id, old.sealedId));
}

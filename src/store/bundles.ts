import { createHash, randomUUID } from 'node:crypto';
import { and, eq, ne, sql } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded, StoreError } from './errors.ts';
import type { Db, Register } from './open.ts';
import { rowsOf } from './open.ts';
import { seal, unseal } from './seal.ts';
import { bundle, bundlePiece } from './tables-archive.ts';
import { incident } from './tables.ts';

export type BundleRow = typeof bundle.$inferSelect;

const PIECE_BYTES = 1024 * 1024;
const NAME = 'bundle.piece';

/** How an incident's bundle stands; null while none was ever tried. */
export const bundleOf = ({ db }: Register, incidentId: IncidentId): Promise<BundleRow | null> =>
  guarded(async () => {
    const [row] = await db.select().from(bundle).where(eq(bundle.incidentId, incidentId));
    return row ?? null;
  });

/**
 * Keeps a bundle, sealed piece by piece, in place of one that was kept before. False when something of the incident was erased
 * while it was made, or another try was done first: nothing is kept of this one then. `goOn` is told after each piece.
 */
export async function keepBundle(
  register: Register,
  { incidentId, head, madeAt }: { incidentId: IncidentId; head: string; madeAt: Instant },
  bytes: () => AsyncIterable<Uint8Array>,
  goOn: () => void = () => undefined,
): Promise<boolean> {
  const { db } = register;
  const bundleId = randomUUID();
  const generation = await begun(register, incidentId);
  const hash = createHash('sha256');
  let [size, nr] = [0, 0];
  for await (const piece of inPieces(bytes())) {
    hash.update(piece);
    size += piece.length;
    await addPiece(register, { incidentId, bundleId, nr: nr++ }, piece);
    goOn();
  }
  return guarded(() =>
    db.transaction(async (tx) => {
      const kept = { bundleId, madeAt, size, sha256: hash.digest('hex'), head };
      const [row] = await tx
        .update(bundle)
        .set({ ...kept, failures: 0, failure: null, failedAt: null })
        .where(
          and(
            eq(bundle.incidentId, incidentId),
            eq(bundle.generation, generation),
            // Another try that was done first has taken these pieces away.
            sql`(select count(*) from ${bundlePiece} p where p.bundle_id = ${bundleId}::uuid) = ${nr}`,
          ),
        )
        .returning({ id: bundle.bundleId });
      // Those of a try that died, and of one that this replaces: nobody reads what is not named in the row.
      const rest = row ? ne(bundlePiece.bundleId, bundleId) : eq(bundlePiece.bundleId, bundleId);
      await tx.delete(bundlePiece).where(and(eq(bundlePiece.incidentId, incidentId), rest));
      return row !== undefined;
    }),
  );
}

/** Makes the incident's row where there is none, and gives its generation. */
const begun = ({ db }: Register, incidentId: IncidentId): Promise<number> =>
  guarded(async () => {
    await db.insert(bundle).values({ incidentId }).onConflictDoNothing();
    const [row] = await db.select().from(bundle).where(eq(bundle.incidentId, incidentId));
    return row!.generation;
  });

const addPiece = (
  { db, keyring }: Register,
  place: { incidentId: IncidentId; bundleId: string; nr: number },
  clear: Buffer,
): Promise<void> =>
  guarded(async () => {
    const id = randomUUID();
    const piece = seal(keyring, { incidentId: place.incidentId, name: NAME, sealedId: id }, clear);
    await db.insert(bundlePiece).values({ ...place, id, piece, keyId: keyring.currentId });
  });

async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const part of bytes) {
    waiting.push(part);
    length += part.length;
    if (length < PIECE_BYTES) continue;
    yield Buffer.concat(waiting);
    [waiting, length] = [[], 0];
  }
  if (length > 0) yield Buffer.concat(waiting);
}

/** A kept bundle's bytes, a piece at a time. Throws `SEAL_BROKEN` for a changed piece, or where one is missing. */
export async function* bundleBytes(
  { db, keyring }: Register,
  { incidentId, bundleId, size }: Pick<BundleRow, 'incidentId'> & { bundleId: string; size: number },
): AsyncGenerator<Buffer> {
  for (let nr = 0, left = size; left > 0; nr++) {
    const [row] = await guarded(async () =>
      db
        .select()
        .from(bundlePiece)
        .where(and(eq(bundlePiece.bundleId, bundleId), eq(bundlePiece.nr, nr))),
    );
    if (!row)
      throw new StoreError('SEAL_BROKEN', `a piece of the bundle of incident ${incidentId} is missing`);
    const piece = unseal(keyring, row.keyId, { incidentId, name: NAME, sealedId: row.id }, row.piece);
    left -= piece.length;
    yield piece;
  }
}

/** Notes that a try failed, and why: administrators see it. */
export const noteBundleFailure = ({ db }: Register, incidentId: IncidentId, failure: string): Promise<void> =>
  guarded(async () => {
    const failed = { failure, failedAt: sql`now()` };
    await db
      .insert(bundle)
      .values({ incidentId, ...failed, failures: 1 })
      .onConflictDoUpdate({
        target: bundle.incidentId,
        set: { ...failed, failures: sql`${bundle.failures} + 1` },
      });
  });

/** Takes an incident's bundle away within the transaction that erases; one that is being made is not kept. */
export async function dropBundle(tx: Db, incidentId: IncidentId): Promise<void> {
  await tx
    .insert(bundle)
    .values({ incidentId, generation: 1 })
    .onConflictDoUpdate({
      target: bundle.incidentId,
      set: {
        bundleId: null,
        madeAt: null,
        size: null,
        sha256: null,
        head: null,
        generation: sql`${bundle.generation} + 1`,
      },
    });
  await tx.delete(bundlePiece).where(eq(bundlePiece.incidentId, incidentId));
}

/** Of closed incidents: how many have a bundle, how many have none yet, and how many of those failed at their last try. */
export const bundleHealth = ({ db }: Register): Promise<{ kept: number; none: number; failing: number }> =>
  guarded(async () => {
    const [row] = await rowsOf<{ kept: number; none: number; failing: number }>(
      db,
      sql`select count(*) filter (where b.bundle_id is not null)::int as kept,
          count(*) filter (where b.bundle_id is null)::int as none,
          count(*) filter (where b.bundle_id is null and b.failures > 0)::int as failing
        from ${incident} i left join ${bundle} b on b.incident_id = i.id where i.status = 'closed'`,
    );
    return row!;
  });

import { randomUUID } from 'node:crypto';
import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { seal, unseal } from './seal.ts';
import { attachment } from './tables-attachments.ts';
import { documentScan } from './tables-documents.ts';
import { entry, identityRead, sealed } from './tables.ts';

/**
 * The personal values of an incident in clear, by entry (`seq`) and name; null for one that was erased. Whoever asks logs it
 * with {@link logIdentityRead}. Throws `SEAL_BROKEN` for a changed value, `UnknownKeyError` when its key is not in the ring.
 */
export function openPersonal(
  register: Register,
  incidentId: IncidentId,
): Promise<Map<number, Record<string, string | null>>> {
  return guarded(async () => {
    const values = await sealedValues(register, incidentId);
    const entries = await register.db
      .select({ seq: entry.seq, personal: entry.personal })
      .from(entry)
      .where(and(eq(entry.incidentId, incidentId), sql`${entry.personal} <> '{}'::jsonb`))
      .orderBy(asc(entry.seq));
    return new Map(
      entries.map(({ seq, personal }) => {
        const opened = Object.entries(personal).map(([name, ref]) => [
          name,
          values.get(ref.sealedId) ?? null,
        ]);
        return [seq, Object.fromEntries(opened) as Record<string, string | null>];
      }),
    );
  });
}

async function sealedValues({ db, keyring }: Register, incidentId: IncidentId): Promise<Map<string, string>> {
  const rows = await db.select().from(sealed).where(eq(sealed.incidentId, incidentId));
  const values = new Map<string, string>();
  for (const { id, name, keyId, ciphertext } of rows) {
    if (ciphertext === null) continue;
    values.set(id, unseal(keyring, keyId, { incidentId, name, sealedId: id }, ciphertext).toString());
  }
  return values;
}

/**
 * Erases personal values for good, all of an incident's or those with these names: ciphertext and salt go, the digest in the
 * timeline stays and tells nothing without its salt, so the chain still verifies. All of an incident's means what its documents
 * say, their scans and attachments, too. Gives how many were erased.
 */
export function erasePersonal({ db }: Register, incidentId: IncidentId, names?: string[]): Promise<number> {
  const there = and(
    eq(sealed.incidentId, incidentId),
    isNull(sealed.erasedAt),
    names && inArray(sealed.name, names),
  );
  return guarded(async () => {
    const erased = await db
      .update(sealed)
      .set({ ciphertext: null, salt: null, erasedAt: sql`now()` })
      .where(there)
      .returning({ id: sealed.id });
    const scans = names
      ? []
      : await db
          .update(documentScan)
          .set({ file: null })
          .where(and(eq(documentScan.incidentId, incidentId), isNotNull(documentScan.file)))
          .returning({ id: documentScan.id });
    const attachments = names
      ? []
      : await db
          .update(attachment)
          .set({ file: null, name: null })
          .where(and(eq(attachment.incidentId, incidentId), isNotNull(attachment.file)))
          .returning({ id: attachment.id });
    return erased.length + scans.length + attachments.length;
  });
}

/** Who read a subject's identity, and through what. The instant is the database's. */
export interface IdentityRead {
  incidentId: IncidentId;
  /** The API key, or `account-<id>`. */
  apiKeyId: string;
  route: string;
  /** Whoever was signed in, and why they read; keys give no reason. */
  accountId?: string | null;
  reason?: string | null;
  /** Whom it was told to (`person jia-1`, `party policeStation`); left out where it was only read. */
  disclosedTo?: string | null;
  /** The same read logged twice under one id is one. */
  id?: string;
}

/** Logs one read of a subject's identity (what must always hold, 5). */
export const logIdentityRead = (register: Register, read: IdentityRead): Promise<void> =>
  logIdentityReads(register, [read]);

/** The same for several incidents at once; at least one. */
export function logIdentityReads({ db, keyring }: Register, reads: IdentityRead[]): Promise<void> {
  const rows = reads.map(({ reason, id = randomUUID(), ...read }) => {
    const sealedReason = reason ? seal(keyring, reasonPlace(read.incidentId, id), Buffer.from(reason)) : null;
    return { id, ...read, reason: sealedReason, keyId: sealedReason && keyring.currentId };
  });
  return guarded(async () => {
    await db.insert(identityRead).values(rows).onConflictDoNothing();
  });
}

const reasonPlace = (incidentId: string, id: string) => ({
  incidentId,
  name: 'identityRead.reason',
  sealedId: id,
});

/** Every logged read of an incident's identities, first to last. */
export function identityReads(
  { db, keyring }: Register,
  incidentId: IncidentId,
): Promise<(IdentityRead & { at: Instant })[]> {
  return guarded(async () => {
    const rows = await db
      .select()
      .from(identityRead)
      .where(eq(identityRead.incidentId, incidentId))
      .orderBy(asc(identityRead.at));
    return rows.map(({ id, keyId, reason, accountId, disclosedTo, ...row }) => ({
      ...row,
      ...(disclosedTo ? { disclosedTo } : {}),
      ...(accountId ? { accountId } : {}),
      ...(reason && keyId
        ? { reason: unseal(keyring, keyId, reasonPlace(incidentId, id), reason).toString() }
        : {}),
    }));
  });
}

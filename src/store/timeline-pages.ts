import { and, asc, eq, gt, inArray, lte } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { unseal } from './seal.ts';
import { entry, sealed } from './tables.ts';

/** An entry with its personal values in clear, each with the salt of its digest; one that was erased has neither. */
export interface OpenedEntry {
  seq: number;
  at: string;
  kind: string;
  data: Record<string, unknown>;
  personal: Record<string, OpenedValue>;
  prev: string;
  hash: string;
}
export type OpenedValue =
  { digest: string; salt: string; value: string } | { digest: string; erasedAt: string };

const PAGE = 200;

/** A timeline up to the entry `last`, page by page. Throws `SEAL_BROKEN`, `UnknownKeyError`. Whoever asks logs it. */
export async function* openedTimeline(
  register: Register,
  incidentId: IncidentId,
  last: number,
): AsyncGenerator<OpenedEntry> {
  for (let after = 0; after < last;) {
    const rows = await guarded(async () =>
      register.db
        .select()
        .from(entry)
        .where(and(eq(entry.incidentId, incidentId), gt(entry.seq, after), lte(entry.seq, last)))
        .orderBy(asc(entry.seq))
        .limit(PAGE),
    );
    if (rows.length === 0) return;
    const opened = await valuesOf(register, incidentId, rows);
    for (const { seq, at, kind, data, personal, prev, hash } of rows) {
      const values = Object.entries(personal).map(([name, { digest, sealedId }]) => [
        name,
        { digest, ...opened.get(sealedId)! },
      ]);
      yield {
        seq,
        at,
        kind,
        data: data as unknown as Record<string, unknown>,
        personal: Object.fromEntries(values) as Record<string, OpenedValue>,
        prev,
        hash,
      };
    }
    after = rows.at(-1)!.seq;
  }
}

/** In base64 the salts, as JSON takes them. A value that is gone without having been erased shows as one without an instant. */
async function valuesOf(
  { db, keyring }: Register,
  incidentId: IncidentId,
  rows: (typeof entry.$inferSelect)[],
): Promise<Map<string, { salt: string; value: string } | { erasedAt: string }>> {
  const places = rows.flatMap(({ personal }) => Object.values(personal).map(({ sealedId }) => sealedId));
  const found = new Map<string, { salt: string; value: string } | { erasedAt: string }>(
    places.map((id) => [id, { erasedAt: '' }]),
  );
  if (places.length === 0) return found;
  const values = await guarded(async () => db.select().from(sealed).where(inArray(sealed.id, places)));
  for (const { id, name, salt, keyId, ciphertext, erasedAt } of values) {
    if (!ciphertext || !salt) found.set(id, { erasedAt: erasedAt ?? '' });
    else
      found.set(id, {
        salt: salt.toString('base64'),
        value: unseal(keyring, keyId, { incidentId, name, sealedId: id }, ciphertext).toString(),
      });
  }
  return found;
}

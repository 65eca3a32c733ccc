import { randomUUID } from 'node:crypto';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Db, Register } from './open.ts';
import { newSalt, saltedDigest, seal, unseal } from './seal.ts';
import { document, documentSeries, type OldAct } from './tables-documents.ts';
import { sealed } from './tables.ts';

export type { DocumentStatus, OldAct } from './tables-documents.ts';
export type DocumentRow = typeof document.$inferSelect;

export interface NewDraft {
  incidentId: IncidentId;
  template: string;
  name: string;
  drill: boolean;
  series: string | null;
  draftedBy: string;
  draftedAt: Instant;
  verifying: string[];
  old: string | null;
  oldAct: OldAct | null;
  /** What it says, as JSON. */
  content: unknown;
}

const NAME = 'document';

/** Keeps a draft; what it says is sealed. */
export function addDraft({ db, keyring }: Register, { content, ...draft }: NewDraft): Promise<DocumentRow> {
  const { incidentId } = draft;
  const [id, contentId, salt] = [randomUUID(), randomUUID(), newSalt()];
  const clear = JSON.stringify(content);
  const place = { incidentId, name: NAME, sealedId: contentId };
  const ciphertext = seal(keyring, place, Buffer.from(clear));
  return guarded(() =>
    db.transaction(async (tx) => {
      const value = { id: contentId, incidentId, name: NAME, salt, keyId: keyring.currentId, ciphertext };
      await tx.insert(sealed).values(value);
      const row = { ...draft, id, contentId, digest: saltedDigest(salt, clear), status: 'draft' as const };
      return (await tx.insert(document).values(row).returning())[0]!;
    }),
  );
}

/** A document of an incident; null when it has none of this id. */
export const documentById = (
  { db }: Register,
  incidentId: IncidentId,
  id: string,
): Promise<DocumentRow | null> =>
  guarded(async () => {
    const [row] = await db
      .select()
      .from(document)
      .where(and(eq(document.incidentId, incidentId), eq(document.id, id)));
    return row ?? null;
  });

/** All documents of an incident, in the order in which they were drafted. */
export const documentsOf = ({ db }: Register, incidentId: IncidentId): Promise<DocumentRow[]> =>
  guarded(async () =>
    db
      .select()
      .from(document)
      .where(eq(document.incidentId, incidentId))
      .orderBy(asc(document.draftedAt), asc(document.id)),
  );

/** What a document says; null once it was erased. Throws `SEAL_BROKEN` when it was changed. Whoever asks logs it. */
export const openContent = <Content>(
  { db, keyring }: Register,
  { incidentId, contentId }: Pick<DocumentRow, 'incidentId' | 'contentId'>,
): Promise<Content | null> =>
  guarded(async () => {
    const [row] = await db.select().from(sealed).where(eq(sealed.id, contentId));
    if (!row?.ciphertext) return null;
    const place = { incidentId, name: NAME, sealedId: contentId };
    return JSON.parse(unseal(keyring, row.keyId, place, row.ciphertext).toString()) as Content;
  });

export interface SignOff {
  id: string;
  by: string;
  at: Instant;
  /** Of the draft that the signer saw. */
  digest: string;
  /** That its number is counted in. */
  year: number;
}

/**
 * Signs a draft and gives it the next number of its series, in one transaction: no number is lost or given twice. What it corrects
 * or withdraws is marked in the same. Null when it is no draft any more or another was seen: one of two who sign at once wins.
 * `oldGone` when what it names is no signed document any more: nothing is signed then.
 */
export function signDocument({ db }: Register, signOff: SignOff): Promise<DocumentRow | 'oldGone' | null> {
  return guarded(async () => {
    try {
      return await db.transaction((tx) => sign(tx, signOff));
    } catch (error) {
      if (error instanceof OldGone) return 'oldGone';
      throw error;
    }
  });
}

class OldGone extends Error {}

async function sign(tx: Db, { id, by, at, digest, year }: SignOff): Promise<DocumentRow | null> {
  const [row] = await tx
    .update(document)
    .set({ status: 'signed', signedBy: by, signedAt: at })
    .where(and(eq(document.id, id), eq(document.status, 'draft'), eq(document.digest, digest)))
    .returning();
  if (!row) return null;
  if (row.old !== null) await replace(tx, row.old, row);
  if (row.series === null) return row;
  const nr = await nextNumber(tx, row.series, year, row.drill);
  return (await tx.update(document).set({ year, nr }).where(eq(document.id, id)).returning())[0]!;
}

async function replace(tx: Db, old: string, { id, oldAct }: DocumentRow): Promise<void> {
  const changed = await tx
    .update(document)
    .set({ status: oldAct === 'withdraws' ? 'withdrawn' : 'corrected', replacedBy: id })
    .where(and(eq(document.id, old), eq(document.status, 'signed')))
    .returning({ id: document.id });
  if (changed.length === 0) throw new OldGone();
}

/** Held by its row until the transaction ends, so that the next signer counts on from what this one has taken. */
async function nextNumber(tx: Db, series: string, year: number, drill: boolean): Promise<number> {
  const [taken] = await tx
    .insert(documentSeries)
    .values({ series, year, drill, last: 1 })
    .onConflictDoUpdate({
      target: [documentSeries.series, documentSeries.year, documentSeries.drill],
      set: { last: sql`${documentSeries.last} + 1` },
    })
    .returning({ last: documentSeries.last });
  return taken!.last;
}

/** Puts a draft away; false when it is none any more. */
export const discardDraft = ({ db }: Register, id: string, by: string, at: Instant): Promise<boolean> =>
  guarded(async () => {
    const discarded = await db
      .update(document)
      .set({ status: 'discarded', discardedBy: by, discardedAt: at })
      .where(and(eq(document.id, id), eq(document.status, 'draft')))
      .returning({ id: document.id });
    return discarded.length > 0;
  });

/** Says that a document's signing stands in the timeline. */
export const markNoted = ({ db }: Register, id: string, at: Instant): Promise<void> =>
  guarded(async () => {
    await db
      .update(document)
      .set({ notedAt: at })
      .where(and(eq(document.id, id), isNull(document.notedAt)));
  });

/** 演司矫函〔2026〕3号; a drill's begins with 演练. Null for one without a number. */
export const numberOf = ({
  series,
  year,
  nr,
  drill,
}: Pick<DocumentRow, 'series' | 'year' | 'nr' | 'drill'>) =>
  series === null || year === null || nr === null
    ? null
    : `${drill ? '演练' : ''}${series}〔${year}〕${nr}号`;

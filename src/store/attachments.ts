import { createHash } from 'node:crypto';
import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm';
import { v5 as nameId } from 'uuid';
import type { IncidentId, StageId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { seal, unseal } from './seal.ts';
import { attachment } from './tables-attachments.ts';
import { entry } from './tables.ts';

/** An attachment without its file and its name. */
export type AttachmentRow = Omit<typeof attachment.$inferSelect, 'file' | 'keyId' | 'name' | 'nameKeyId'>;

export interface NewAttachment {
  incidentId: IncidentId;
  stageId: StageId | null;
  type: string;
  by: string;
  /** As the file was called. */
  name: string;
  file: Buffer;
}

const COLUMNS = {
  id: attachment.id,
  incidentId: attachment.incidentId,
  stageId: attachment.stageId,
  sha256: attachment.sha256,
  size: attachment.size,
  type: attachment.type,
  by: attachment.by,
  at: attachment.at,
  notedAt: attachment.notedAt,
};

/** Of ids of attachments. Never changes. */
const NAMESPACE = '0f6c8a52-4a0b-5d53-9a63-2f1f3f7a6b10';

const fileOf = (incidentId: string, id: string) => ({ incidentId, name: 'attachment.file', sealedId: id });
const nameOf = (incidentId: string, id: string) => ({ incidentId, name: 'attachment.name', sealedId: id });

/** Keeps a file, sealed, with its SHA-256. The same file again for the same stage stands as it was first attached. */
export function addAttachment(
  { db, keyring }: Register,
  { file, name, ...given }: NewAttachment,
): Promise<AttachmentRow> {
  const { incidentId, stageId } = given;
  const sha256 = createHash('sha256').update(file).digest('hex');
  const id = nameId([incidentId, stageId ?? '', sha256].join('\n'), NAMESPACE);
  const { currentId: keyId } = keyring;
  return guarded(async () => {
    await db
      .insert(attachment)
      .values({
        ...given,
        id,
        sha256,
        size: file.length,
        keyId,
        nameKeyId: keyId,
        file: seal(keyring, fileOf(incidentId, id), file),
        name: seal(keyring, nameOf(incidentId, id), Buffer.from(name)),
      })
      .onConflictDoNothing();
    return (await db.select(COLUMNS).from(attachment).where(eq(attachment.id, id)))[0]!;
  });
}

/** An incident's attachments that stand in its timeline, first to last; their names where `named`, null once erased. */
export const attachmentsOf = (
  { db, keyring }: Register,
  incidentId: IncidentId,
  named: boolean,
): Promise<(AttachmentRow & { name: string | null; erased: boolean })[]> =>
  guarded(async () => {
    const { name, nameKeyId } = attachment;
    const rows = await db
      .select({ ...COLUMNS, name, nameKeyId, erased: sql<boolean>`${attachment.file} is null` })
      .from(attachment)
      .where(and(eq(attachment.incidentId, incidentId), sql`${attachment.notedAt} is not null`))
      .orderBy(asc(attachment.at), asc(attachment.id));
    return rows.map(({ name: box, nameKeyId: key, ...row }) => ({
      ...row,
      name: named && box ? unseal(keyring, key, nameOf(incidentId, row.id), box).toString() : null,
    }));
  });

/** One file; `file` is null when it was erased. Null when there is none. Throws `SEAL_BROKEN` when it was changed. */
export const openAttachment = (
  { db, keyring }: Register,
  incidentId: IncidentId,
  id: string,
): Promise<{ file: Buffer | null; type: string } | null> =>
  guarded(async () => {
    const { file, keyId, type } = attachment;
    const [row] = await db
      .select({ file, keyId, type })
      .from(attachment)
      .where(and(eq(attachment.id, id), eq(attachment.incidentId, incidentId)));
    if (!row) return null;
    const opened = row.file && unseal(keyring, row.keyId, fileOf(incidentId, id), row.file);
    return { file: opened, type: row.type };
  });

export const countAttachments = ({ db }: Register, incidentId: IncidentId): Promise<number> =>
  guarded(() => db.$count(attachment, eq(attachment.incidentId, incidentId)));

/** Says that it stands in the timeline. */
export const markAttachmentNoted = ({ db }: Register, id: string, at: Instant): Promise<void> =>
  guarded(async () => {
    await db
      .update(attachment)
      .set({ notedAt: at })
      .where(and(eq(attachment.id, id), isNull(attachment.notedAt)));
  });

/** Takes away a file that its incident refused. One that stands in the timeline stays. */
export const dropAttachment = ({ db }: Register, id: string): Promise<void> =>
  guarded(async () => {
    await db.delete(attachment).where(and(eq(attachment.id, id), isNull(attachment.notedAt)));
  });

/**
 * Sweeps files from before `before` that never came to stand in the timeline: nobody was told that they were taken. One that does
 * stand there, whose mark was lost, is marked. Gives how many are gone.
 */
export const sweepAttachments = ({ db }: Register, before: Instant): Promise<number> =>
  guarded(async () => {
    const unnoted = and(isNull(attachment.notedAt), lt(attachment.at, before));
    const stands = sql`exists (select 1 from ${entry} e where e.incident_id = ${attachment.incidentId}
      and e.kind = 'attachmentAdded' and e.data ->> 'attachment' = ${attachment.id}::text)`;
    await db
      .update(attachment)
      .set({ notedAt: sql`${attachment.at}` })
      .where(and(unnoted, stands));
    const gone = await db.delete(attachment).where(unnoted).returning({ id: attachment.id });
    return gone.length;
  });

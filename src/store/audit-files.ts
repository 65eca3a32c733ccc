import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { UnknownKeyError, type Keyring } from '../crypto/keyring.ts';
import type { Entry } from '../incident/entry.ts';
import type { IncidentId } from '../incident/ids.ts';
import { doneErasures } from './erasures.ts';
import { StoreError } from './errors.ts';
import type { Db } from './open.ts';
import { unseal } from './seal.ts';
import { brokenValue, isErased } from './sealed-value.ts';
import { attachment } from './tables-attachments.ts';
import { document, documentScan } from './tables-documents.ts';
import { sealed } from './tables.ts';

export interface BrokenFile {
  seq: number;
  code: 'CHANGED_DOCUMENT' | 'CHANGED_FILE' | 'KEY_MISSING';
  text: string;
}

interface Looking {
  db: Db;
  keyring: Keyring;
  id: IncidentId;
  isErased: boolean;
}

/**
 * Documents, scans and attachments against the timeline: one line for each that was changed, removed, or is gone without an
 * erasure on record. Holds one file at a time.
 */
export async function brokenFiles(
  db: Db,
  keyring: Keyring,
  id: IncidentId,
  entries: Entry[],
): Promise<BrokenFile[]> {
  const looking = { db, keyring, id, isErased: (await doneErasures({ db }, id)).length > 0 };
  const found: BrokenFile[] = [];
  for (const entry of entries) {
    const broken = await brokenOf(looking, entry);
    if (broken) found.push({ seq: entry.seq, ...broken });
  }
  return found;
}

type Broken = Omit<BrokenFile, 'seq'> | null;

async function brokenOf(looking: Looking, { kind, data }: Entry): Promise<Broken> {
  if (kind === 'attachmentAdded') return brokenAttachment(looking, data.attachment, data.sha256);
  if (kind !== 'documentNoted') return null;
  return data.act === 'signed'
    ? brokenDocument(looking, data.document, data.digest)
    : brokenScan(looking, data.document, data.digest);
}

const changed = (code: BrokenFile['code'], text: string): Broken => ({ code, text });

async function brokenDocument(
  { db, keyring, id, isErased: isLawful }: Looking,
  nr: string,
  digest: string,
): Promise<Broken> {
  const [row] = await db.select().from(document).where(eq(document.id, nr));
  if (row?.digest !== digest)
    return changed('CHANGED_DOCUMENT', 'the document is not the one that was signed');
  const [value] = await db.select().from(sealed).where(eq(sealed.id, row.contentId));
  if (value && isErased(value) && !isLawful)
    return changed('CHANGED_DOCUMENT', 'what the document says is gone, and no erasure is on record');
  const place = { incidentId: id, name: 'document', sealedId: row.contentId, digest };
  const broken = brokenValue(keyring, place, value);
  if (broken === 'KEY_MISSING')
    return changed(
      'KEY_MISSING',
      'what the document says cannot be checked: put its key back into FENGHUO_KEYS',
    );
  return (
    broken &&
    changed('CHANGED_DOCUMENT', 'what the document says was changed, removed, or erased only in part')
  );
}

async function brokenScan(looking: Looking, nr: string, sha256: string): Promise<Broken> {
  const { file, keyId, id } = documentScan;
  const [row] = await looking.db
    .select({ file, keyId, id })
    .from(documentScan)
    .where(and(eq(documentScan.documentId, nr), eq(documentScan.sha256, sha256)));
  return brokenFile(looking, row && { ...row, name: 'document.scan' }, sha256);
}

async function brokenAttachment(looking: Looking, nr: string, sha256: string): Promise<Broken> {
  const { file, keyId, id } = attachment;
  const [row] = await looking.db.select({ file, keyId, id }).from(attachment).where(eq(attachment.id, nr));
  return brokenFile(looking, row && { ...row, name: 'attachment.file' }, sha256);
}

function brokenFile(
  { keyring, id, isErased }: Looking,
  row: { id: string; name: string; file: Buffer | null; keyId: string } | undefined,
  sha256: string,
): Broken {
  if (!row) return changed('CHANGED_FILE', 'its file was removed');
  if (row.file === null)
    return isErased ? null : changed('CHANGED_FILE', 'its file is gone, and no erasure is on record');
  try {
    const place = { incidentId: id, name: row.name, sealedId: row.id };
    const clear = unseal(keyring, row.keyId, place, row.file);
    if (createHash('sha256').update(clear).digest('hex') === sha256) return null;
  } catch (error) {
    if (error instanceof UnknownKeyError)
      return changed('KEY_MISSING', 'its file cannot be checked: put its key back into FENGHUO_KEYS');
    if (!(error instanceof StoreError)) throw error;
  }
  return changed('CHANGED_FILE', 'its file is not the one that was attached');
}

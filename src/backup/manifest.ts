import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { writeWhole } from '../durable-file.ts';
import { keyMarks, mustHaveKeys } from './key-marks.ts';
import { BackupError } from './problem.ts';

/** Where a back-up says of itself what it is. */
export const MANIFEST = 'fenghuo-backup.json';
/** In the first form a cluster's list left out PostgreSQL's log and its own settings. */
const FORMAT = 'fenghuo-backup-v2';

const contents = z.object({
  format: z.literal(FORMAT),
  /** `cluster`: PostgreSQL with all its databases; `folder`: register and Temporal's database of the embedded mode. */
  kind: z.enum(['cluster', 'folder']),
  /** Everything recorded before this is in it: what came later has to be looked for after a loss. */
  begunAt: z.string(),
  /** Nothing recorded after this is in it. */
  takenAt: z.string(),
  version: z.string(),
  /** PostgreSQL's major version; null for a folder. */
  postgres: z.number().int().nullable(),
  /** The register's database; null for a folder. */
  database: z.string().nullable(),
  namespace: z.string(),
  /** Which keys it was written with, by id and a mark that tells another secret of that id; never the keys. */
  keys: z.array(z.object({ id: z.string(), mark: z.string() })),
  /** As of `begunAt`. */
  incidents: z.object({ all: z.number(), open: z.array(z.string()), lastEntryAt: z.string().nullable() }),
  /** Every file that a restore puts in place, by path, with its SHA-256. */
  parts: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
  /** Every folder: some have to be there although nothing is in them. */
  folders: z.array(z.string()),
});
const signed = contents.extend({ signedWith: z.string(), mac: z.string() });

/** What a back-up is, when it is from, what it needs. */
export type Manifest = z.infer<typeof contents>;

/** Everything of a manifest but what writing it adds. */
export type Described = Omit<Manifest, 'format' | 'keys'>;

/** Writes the manifest last: a folder without one is no back-up. */
export async function writeManifest(
  folder: string,
  described: Described,
  keyring: Keyring,
): Promise<Manifest> {
  const manifest: Manifest = { format: FORMAT, ...described, keys: keyMarks(keyring) };
  const signedWith = keyring.currentId;
  const whole = { ...manifest, signedWith, mac: macOf(manifest, keyring, signedWith) };
  await writeWhole(join(folder, MANIFEST), `${JSON.stringify(whole, null, 2)}\n`);
  return manifest;
}

/**
 * Reads the manifest of a back-up and sees that `keyring` has its keys and signed it. Throws {@link BackupError} `BACKUP_UNKNOWN`,
 * `BACKUP_KEYS_MISSING`, `BACKUP_DAMAGED`.
 */
export async function readManifest(folder: string, keyring: Keyring): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch((cause: unknown) => {
    throw new BackupError(
      'BACKUP_UNKNOWN',
      `${folder} has no ${MANIFEST}: name the folder that "fenghuo backup" made`,
      {
        cause,
      },
    );
  });
  const { signedWith, mac, ...manifest } = parse(folder, text);
  mustHaveKeys(manifest.keys, keyring);
  const expected = Buffer.from(macOf(manifest, keyring, signedWith));
  const given = Buffer.from(mac);
  if (expected.length !== given.length || !timingSafeEqual(expected, given))
    throw new BackupError('BACKUP_DAMAGED', `${MANIFEST} is not as it was written: take another back-up`);
  return manifest;
}

function parse(folder: string, text: string): z.infer<typeof signed> {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (cause) {
    throw new BackupError(
      'BACKUP_DAMAGED',
      `${join(folder, MANIFEST)} is cut short or changed: take another back-up`,
      {
        cause,
      },
    );
  }
  const parsed = signed.safeParse(read);
  if (parsed.success) return parsed.data;
  const said = (read as { format?: unknown } | null)?.format;
  if (said === FORMAT)
    throw new BackupError('BACKUP_DAMAGED', `${MANIFEST} lacks something: take another back-up`, {
      cause: parsed.error,
    });
  throw new BackupError(
    'BACKUP_UNKNOWN',
    `${MANIFEST} is of the form ${String(said)}, known here is ${FORMAT}: restore it with the version of Fenghuo that made it`,
  );
}

const macOf = (manifest: Manifest, keyring: Keyring, keyId: string): string =>
  createHmac('sha256', keyring.key('backup', keyId)).update(canonicalJson(manifest)).digest('hex');

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newApiKey } from '../../src/api/auth.ts';
import { generateKey } from '../../src/crypto/keyring.ts';
import { addressOf, type Place, type SecretName } from '../places.ts';

const run = promisify(execFile);
const password = (): string => randomBytes(24).toString('base64url');

/** Secrets that are made once and kept: what is sealed or encrypted with them cannot be read without. */
const MADE: Partial<Record<SecretName, () => string>> = {
  postgres_password: password,
  temporal_database_password: password,
  fenghuo_database_password: password,
  fenghuo_keys: generateKey,
  fenghuo_api_key: newApiKey,
};

export interface SecretsOptions {
  place: Place;
  /** Where mail goes. */
  smtpUrl: string;
  openssl: string;
  /** Of the files: for this user alone, unless users of containers read them. */
  mode?: number;
}

/**
 * Has every secret of the topology in `folder` (mode 0700), one file each. What is there stays; the two addresses are written anew,
 * since they name ports. `smtpUrl`: where mail goes.
 */
export async function provideSecrets(
  folder: string,
  { place, smtpUrl, openssl, mode = 0o600 }: SecretsOptions,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [name, make] of Object.entries(MADE)) await writeOnce(join(folder, name), make, mode);
  const owner = await readFile(join(folder, 'fenghuo_database_password'), 'utf8');
  const databaseUrl = `postgres://fenghuo:${owner}@${addressOf(place, 'postgres')}/fenghuo`;
  await writeFile(join(folder, 'database_url'), databaseUrl, { mode });
  await writeFile(join(folder, 'smtp_url'), smtpUrl, { mode });
  await provideCertificate(folder, { openssl });
  await chmod(join(folder, 'tls_key'), mode);
}

async function writeOnce(file: string, make: () => string, mode: number): Promise<void> {
  await writeFile(file, make(), { mode, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

const A_WEEK = String(7 * 24 * 3600);

/** A certificate of its own for this machine alone, made anew when it ends within a week. */
async function provideCertificate(folder: string, { openssl }: Pick<SecretsOptions, 'openssl'>) {
  const [certificate, key] = [join(folder, 'tls_certificate'), join(folder, 'tls_key')];
  const isGood = await run(openssl, ['x509', '-in', certificate, '-noout', '-checkend', A_WEEK]).then(
    () => true,
    () => false,
  );
  if (isGood) return;
  await run(openssl, [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '365',
    '-subj',
    '/CN=Fenghuo on this machine',
    '-addext',
    'subjectAltName=DNS:localhost,IP:127.0.0.1',
    '-keyout',
    key,
    '-out',
    certificate,
  ]);
}

import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import pg from 'pg';
import type { Keyring } from '../crypto/keyring.ts';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import type { Register } from './open.ts';
import { migratePglite, migrationsFolder } from './migrate.ts';
import { openRegister, registerOn } from './open.ts';

/**
 * A fresh register for a test: PGlite in memory or, where `DATABASE_URL` is set, a database of its own on that server,
 * which needs the right to create one. It is gone when it is closed.
 */
export async function openTestRegister(
  keyring: Keyring = parseKeyring(generateKey()),
): Promise<TestRegister> {
  const server = process.env['DATABASE_URL'];
  if (server) return openTestDatabase(server, keyring);
  const register = registerOn(await PGlite.create({ loadDataDir: await emptyRegister() }), keyring);
  // A second process on PGlite is none: it shares the first one's connection.
  return { ...register, another: async () => ({ ...register, close: async () => undefined }) };
}

const ROOT = join(import.meta.dirname, '..', '..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'fenghuo');

/**
 * A register with its tables and nothing in them, as PGlite dumps it, which is far faster to load than to make. The first test that needs
 * one makes it, and it is kept for as long as neither the migrations nor the libraries change.
 */
async function emptyRegister(): Promise<Blob> {
  const path = join(CACHE, `register-${await fingerprint()}.tar`);
  const kept = await readFile(path).catch(() => null);
  return new Blob([kept ?? (await makeEmptyRegister(path))]);
}

async function makeEmptyRegister(path: string): Promise<ArrayBuffer> {
  const client = await PGlite.create();
  await migratePglite(drizzle(client));
  const dump = await (await client.dumpDataDir('none')).arrayBuffer();
  await client.close();
  await mkdir(CACHE, { recursive: true });
  const mine = `${path}.${process.pid}`;
  await writeFile(mine, Buffer.from(dump));
  await rename(mine, path);
  return dump;
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  hash.update(await readFile(join(ROOT, 'package-lock.json')));
  const files = (await readdir(migrationsFolder)).filter((name) => name.endsWith('.sql'));
  for (const name of files.sort()) hash.update(await readFile(join(migrationsFolder, name)));
  return hash.digest('hex').slice(0, 16);
}

/** A register for a test, and what another process has of it: connections of its own. To be closed before the first. */
export interface TestRegister extends Register {
  another(): Promise<Register>;
}

async function openTestDatabase(server: string, keyring: Keyring): Promise<TestRegister> {
  const name = `fenghuo_test_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const register = await openRegister({ databaseUrl: url.href, keyring });
  return {
    ...register,
    another: () => openRegister({ databaseUrl: url.href, keyring }),
    async close() {
      await register.close();
      await onServer(server, `drop database ${name} with (force)`);
    },
  };
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

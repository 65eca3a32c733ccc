import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Keyring } from '../crypto/keyring.ts';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import type { Register } from './open.ts';
import { openPglite, openRegister } from './open.ts';

/**
 * A fresh register for a test: PGlite in memory or, where `DATABASE_URL` is set, a database of its own on that server,
 * which needs the right to create one. It is gone when it is closed.
 */
export async function openTestRegister(
  keyring: Keyring = parseKeyring(generateKey()),
): Promise<TestRegister> {
  const server = process.env['DATABASE_URL'];
  if (server) return openTestDatabase(server, keyring);
  const register = await openPglite('memory://', keyring);
  // A second process on PGlite is none: it shares the first one's connection.
  return { ...register, another: async () => ({ ...register, close: async () => undefined }) };
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

import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** An empty database of its own for one started system. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** Makes one on the server of `DATABASE_URL`, which needs the right to; null without that server: PGlite then. */
export async function createDatabase(server = process.env.DATABASE_URL): Promise<TestDatabase | null> {
  if (!server) return null;
  const name = `fenghuo_system_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(server, `drop database ${name} with (force)`) };
}

/** One statement on the server of this URL. */
export async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

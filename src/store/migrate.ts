import { fileURLToPath } from 'node:url';
import type { NodePgClient } from 'drizzle-orm/node-postgres';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as migrateNodePostgres } from 'drizzle-orm/node-postgres/migrator';
import { migrate as migratePgliteDatabase } from 'drizzle-orm/pglite/migrator';
import type { PgliteDatabase } from 'drizzle-orm/pglite';
import pg from 'pg';

export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** Any number, the same in every process: drizzle's migrator takes no lock of its own. */
export const MIGRATION_LOCK = 7_304_119_025;

/** PGlite has one process and one connection: nobody else can be migrating. */
export const migratePglite = (db: PgliteDatabase): Promise<void> =>
  migratePgliteDatabase(db, { migrationsFolder });

/** On a connection of its own, without a statement timeout: a second process waits until the first is through. */
export async function migratePostgres(connectionString: string): Promise<void> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: 2_500,
    application_name: 'fenghuo',
  });
  await client.connect();
  try {
    await lock(client);
    await migrateNodePostgres(drizzle(client as NodePgClient), { migrationsFolder });
  } finally {
    await client.end(); // ends the lock as well
  }
}

async function lock(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
    MIGRATION_LOCK,
  ]);
  if (rows[0]?.mine) return;
  console.error("Another process is bringing the register's tables up to date: waiting for it");
  await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
}

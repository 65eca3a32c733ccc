import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { SQL } from 'drizzle-orm';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import pg from 'pg';
import type { Keyring } from '../crypto/keyring.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import { migratePglite, migratePostgres } from './migrate.ts';

/** The database, or a transaction of it: what both drivers can do. */
export type Db = PgDatabase<PgQueryResultHKT>;

/** The incident's permanent record. The first argument of every question in this folder. */
export interface Register {
  readonly db: Db;
  readonly keyring: Keyring;
  readonly kind: 'pglite' | 'postgres';
  close(): Promise<void>;
}

export interface RegisterPlace {
  /** A PostgreSQL URL. Without one the register is PGlite, PostgreSQL in this process, in `<dataDir>/register`. */
  databaseUrl?: string | undefined;
  /** Only one process may have it open: PGlite itself does not check, and two lose each other's writes. */
  dataDir?: string | undefined;
  /** Leave its tables as they are: for whoever only looks, perhaps at another version's register. */
  isLeftAsIs?: boolean;
  keyring: Keyring;
}

/**
 * Opens the register and brings its tables up to date. Many processes may do so at once on PostgreSQL.
 * Throws {@link StoreError} `DATABASE_UNREACHABLE` within about three seconds when nobody answers at `databaseUrl`.
 */
export function openRegister({
  databaseUrl,
  dataDir,
  keyring,
  isLeftAsIs = false,
}: RegisterPlace): Promise<Register> {
  if (databaseUrl !== undefined) return guarded(() => openPostgres(databaseUrl, keyring, isLeftAsIs));
  if (dataDir !== undefined) return openFolder(join(dataDir, 'register'), keyring, isLeftAsIs);
  throw new Error('the register needs a databaseUrl or a dataDir');
}

async function openFolder(folder: string, keyring: Keyring, isLeftAsIs: boolean): Promise<Register> {
  await mkdir(folder, { recursive: true });
  return openPglite(folder, keyring, isLeftAsIs);
}

/** PGlite in a folder, or in memory for `memory://`. A commit has reached the operating system when it returns. */
export async function openPglite(place: string, keyring: Keyring, isLeftAsIs = false): Promise<Register> {
  const client = await PGlite.create({ dataDir: place, relaxedDurability: false });
  if (!isLeftAsIs) await guarded(() => migratePglite(drizzlePglite(client)));
  return registerOn(client, keyring);
}

/** The register in a PGlite that is open. */
export const registerOn = (client: PGlite, keyring: Keyring): Register => ({
  db: drizzlePglite(client) as unknown as Db,
  keyring,
  kind: 'pglite',
  close: () => client.close(),
});

async function openPostgres(
  connectionString: string,
  keyring: Keyring,
  isLeftAsIs: boolean,
): Promise<Register> {
  if (!isLeftAsIs) await migratePostgres(connectionString);
  const pool = new pg.Pool({
    connectionString,
    max: 10, // a worker's activities in parallel; an incident's writes are one after the other anyway
    connectionTimeoutMillis: 2_500, // intake answers 503 within three seconds
    idleTimeoutMillis: 30_000,
    statement_timeout: 15_000, // shorter than the activities that wait for it
    application_name: 'fenghuo',
    options: '-c timezone=UTC -c datestyle=ISO', // timestamps come as text: always in the form `instant` reads
  });
  // A lost connection fails its query, or the next one; without listeners it would end the process. The pool listens to
  // idle connections only: one lost between two statements of a transaction needs its own.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = drizzlePostgres(pool);
  return { db: db as unknown as Db, keyring, kind: 'postgres', close: () => pool.end() };
}

/**
 * The rows of a statement written by hand, as the database gives them: no column types of ours apply.
 * Ask for numbers as `::int`; `count(*)` is a number on PGlite and text on node-postgres.
 */
export async function rowsOf<Row>(db: Db, statement: SQL): Promise<Row[]> {
  const result = (await db.execute(statement)) as { rows: Row[] };
  return result.rows;
}

/** An instant in such a row: text of PostgreSQL's or of JSON's form. */
export const instantOf = (value: string): Instant => new Date(value).toISOString();

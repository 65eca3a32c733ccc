import pg from 'pg';
import { DATABASES } from '../deploy/topology.ts';

/** Bytes of a PostgreSQL's databases: the register, and Temporal's with what finds workflows. */
export interface Disk {
  register: number;
  temporal: number;
}

/** Null where there is no PostgreSQL. */
export async function diskOf(postgresUrl: string | null): Promise<Disk | null> {
  if (!postgresUrl) return null;
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; bytes: string }>(
      'select datname as name, pg_database_size(datname) as bytes from pg_database',
    );
    const bytes = (name: string): number => Number(rows.find((row) => row.name === name)?.bytes ?? 0);
    return {
      register: bytes(DATABASES.fenghuo),
      temporal: bytes(DATABASES.temporal) + bytes(DATABASES.visibility),
    };
  } finally {
    await client.end();
  }
}

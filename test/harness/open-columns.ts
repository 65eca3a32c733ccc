import { sql } from 'drizzle-orm';
import { parseKeyring } from '../../src/crypto/keyring.ts';
import { openRegister, rowsOf } from '../../src/store/open.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { System } from './system.ts';

/** Every value of every column of every table of a system's register, as anybody who opens the database sees it. */
export async function openColumns(
  system: Pick<System, 'dataDir' | 'databaseUrl'>,
): Promise<{ place: string; bytes: Buffer }[]> {
  const keyring = parseKeyring(await readFile(join(system.dataDir, 'keys'), 'utf8'));
  const { dataDir, databaseUrl } = system;
  const register = await openRegister({ databaseUrl: databaseUrl ?? undefined, dataDir, keyring });
  try {
    const tables = await rowsOf<{ name: string }>(
      register.db,
      sql`select table_schema || '.' || table_name as name from information_schema.tables
          where table_schema not in ('pg_catalog', 'information_schema')`,
    );
    const values: { place: string; bytes: Buffer }[] = [];
    for (const { name } of tables) {
      const rows = await rowsOf<Record<string, unknown>>(
        register.db,
        sql`select * from ${sql.join(
          name.split('.').map((part) => sql.identifier(part)),
          sql`.`,
        )}`,
      );
      for (const row of rows) {
        for (const [column, value] of Object.entries(row))
          values.push({ place: `${name}.${column}`, bytes: bytesOf(value) });
      }
    }
    return values;
  } finally {
    await register.close();
  }
}

const bytesOf = (value: unknown): Buffer =>
  value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(JSON.stringify(value) ?? '');

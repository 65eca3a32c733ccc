import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import { openRegister } from '../store/open.ts';
import { whatIsInIt } from './what-is-in-it.ts';

const keyring = parseKeyring(generateKey());
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fenghuo-what-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

test('a register of before restores were noted is refused, and its tables are left as they are', async () => {
  const place = { dataDir, keyring };
  const register = await openRegister(place);
  await register.close();
  expect(await whatIsInIt(place)).toEqual({ all: 0, open: [], lastEntryAt: null });

  const older = await openRegister(place);
  await older.db.execute(sql`drop table restored`);
  await older.db.execute(sql`delete from drizzle.__drizzle_migrations where id > 5`); // a migration would make it anew
  await older.close();
  await expect(whatIsInIt(place)).rejects.toMatchObject({ code: 'BACKUP_NOT_MIGRATED' });
});

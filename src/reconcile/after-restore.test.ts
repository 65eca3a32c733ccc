import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { markStatement } from '../backup/mark.ts';
import type { Change } from '../store/change-entry.ts';
import { lastRestore, noteReconciled } from '../store/reconciling.ts';
import { rowsOf, type Register } from '../store/open.ts';
import { openTestRegister } from '../store/testing.ts';
import { reconcileAfterRestore } from './after-restore.ts';

let register: Register;
beforeAll(async () => {
  register = await openTestRegister();
  await register.db.execute(sql.raw(markStatement('2026-03-01T02:00:00.000Z').statement));
});
afterAll(() => register.close());

test('while Temporal is away it is said once that nothing was compared yet, and a stop is not held up', async () => {
  const client = new Client({ connection: Connection.lazy({ address: '127.0.0.1:9' }) });
  const lines = new PassThrough();
  const leaving = new AbortController();
  const done = reconcileAfterRestore({ register, client, log: pino(lines) }, leaving.signal);
  const [line] = (await once(lines, 'data')) as [Buffer];
  expect(line.toString()).toContain('not wholly compared yet');
  leaving.abort();
  await done;
  expect((await lastRestore(register))!.reconciledAt).toBeNull();
  await client.connection.close();
});

test('what was found and its change record are written together, and once', async () => {
  const change: Change = {
    by: 'system',
    via: 'start',
    subject: 'register',
    from: null,
    area: 'operations',
    to: { act: 'restored' },
  };
  expect(await noteReconciled(register, { REGISTER_BEHIND: 1 }, change)).toBe(true);
  expect(await noteReconciled(register, {}, change)).toBe(false);
  expect((await lastRestore(register))!.found).toEqual({ REGISTER_BEHIND: 1 });
  const [{ count } = { count: 0 }] = await rowsOf<{ count: number }>(
    register.db,
    sql`select count(*)::int as count from change_entry where area = 'operations'`,
  );
  expect(count).toBe(1);
});

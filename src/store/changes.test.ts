import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import { auditRegister } from './audit.ts';
import { CHANGE_RECORD, type Change } from './change-entry.ts';
import { listChanges, recordChange, recordChanges } from './changes.ts';
import { verifyChanges } from './changes-verify.ts';
import { openPglite, rowsOf } from './open.ts';
import { erasePersonal } from './personal.ts';
import { openTestRegister, type TestRegister } from './testing.ts';

let register: TestRegister;
beforeAll(async () => {
  register = await openTestRegister();
}, 240_000);
beforeEach(() => register.db.execute(sql`truncate change_entry, change_head, sealed`));
afterAll(() => register.close());

const PHONE = '139 0000 0001';
const change = (nr: number): Change => ({
  by: 'key-1',
  via: 'api',
  area: nr % 2 ? 'people' : 'rights',
  subject: `person p${nr}`,
  from: { post: `值班员 ${nr}` },
  to: { post: '带班领导' },
  personal: { 'to.phone': PHONE },
});
const write = (count: number) =>
  recordChanges(
    register,
    Array.from({ length: count }, (_, i) => change(i + 1)),
  );
const problems = async () => (await verifyChanges(register)).problems;

test('twenty that write at once make one chain', async () => {
  const ends = await Promise.all(Array.from({ length: 20 }, (_, i) => recordChange(register, change(i + 1))));
  expect(ends.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, i) => i + 1),
  );
  expect(await verifyChanges(register)).toEqual({
    entries: 20,
    erased: 0,
    problems: [],
    end: ends.find(({ seq }) => seq === 20),
  });
});

test('two processes that write at once, ten changes each, make one chain as well', async () => {
  const other = await register.another();
  const writers = Array.from({ length: 20 }, (_, i) => (i % 2 ? other : register));
  const ends = await Promise.all(writers.map((each, i) => recordChange(each, change(i + 1))));
  expect(new Set(ends.map(({ seq }) => seq)).size).toBe(20);
  expect(await verifyChanges(other)).toMatchObject({ entries: 20, problems: [] });
  await other.close();
});

test('changes are read newest first, by area and page by page; personal values are named, not shown', async () => {
  await write(5);
  const page = await listChanges(register, { area: 'people', limit: 2 });
  expect(page.map(({ seq }) => seq)).toEqual([5, 3]);
  expect(page[0]).toMatchObject({
    from: { post: '值班员 5' },
    to: { post: '带班领导' },
    personal: ['to.phone'],
  });
  const next = await listChanges(register, { area: 'people', limit: 2, before: 3 });
  expect(next.map(({ seq }) => seq)).toEqual([1]);
});

const TAMPERED = {
  by: sql`'someone'`,
  via: sql`'cli'`,
  area: sql`'plan'`,
  subject: sql`'person p9'`,
  from: sql`'{}'::jsonb`,
  to: sql`null`,
  at: sql`now()`,
  personal: sql`'{}'::jsonb`,
};

test.each(Object.entries(TAMPERED))('a changed row is named: %s', async (column, value) => {
  await write(6);
  await register.db.execute(sql`update change_entry set ${sql.identifier(column)} = ${value} where seq = 4`);
  expect(await problems()).toMatchObject([{ seq: 4, code: 'CHANGED_ENTRY' }]);
});

test('a removed entry, a cut tail and a forged end are told apart', async () => {
  const known = await write(6);
  await register.db.execute(sql`create table kept as select * from change_entry`);
  const again = () =>
    register.db.execute(sql`insert into change_entry select * from kept on conflict do nothing`);

  await register.db.execute(sql`delete from change_entry where seq = 3`);
  expect(await problems()).toMatchObject([{ seq: 3, code: 'MISSING_ENTRY' }]);
  await again();
  await register.db.execute(sql`delete from change_entry where seq > 4`);
  expect(await problems()).toMatchObject([{ seq: 5, code: 'CUT_TAIL' }]);
  await expect(recordChange(register, change(7))).rejects.toMatchObject({ code: 'CHAIN_BROKEN' });

  await register.db.execute(
    sql`update change_head set seq = 4, hash = (select hash from change_entry where seq = 4)`,
  );
  expect(await problems()).toMatchObject([{ seq: 4, code: 'FORGED_HEAD' }]);
  await again();
  expect(await problems()).toMatchObject([{ seq: 6, code: 'FORGED_HEAD' }]);

  // A register put back as it once was verifies; only who noted down its end can tell.
  await register.db.execute(sql`delete from change_entry`);
  await register.db.execute(sql`delete from change_head`);
  expect(await problems()).toEqual([]);
  expect((await verifyChanges(register, known)).problems).toMatchObject([{ seq: 1, code: 'CUT_TAIL' }]);
});

test("the register's audit names what is broken in the change record", async () => {
  await write(3);
  expect((await auditRegister(register)).problems).toEqual([]);
  await register.db.execute(sql`update change_entry set "to" = '{"post":"局长"}' where seq = 2`);
  expect((await auditRegister(register)).problems).toMatchObject([
    { incidentId: '', number: 'changes', seq: 2, code: 'CHANGED_ENTRY' },
  ]);
});

test('a personal value stands sealed, is missed when changed, and can be erased', async () => {
  await write(2);
  const rows = JSON.stringify([
    await rowsOf(register.db, sql`select * from change_entry`),
    await rowsOf(register.db, sql`select encode(ciphertext, 'escape') from sealed`),
  ]);
  expect(rows).toContain('值班员 1');
  expect(rows).not.toContain(PHONE);
  await register.db.execute(
    sql`update sealed set ciphertext = (select ciphertext from sealed s where s.id <> sealed.id limit 1)`,
  );
  expect(await problems()).toMatchObject([{ seq: 1, code: 'CHANGED_PERSONAL' }]);
  await erasePersonal(register, CHANGE_RECORD);
  expect(await verifyChanges(register)).toMatchObject({ erased: 2, problems: [] });
});

test('a record whose key is gone says which', async () => {
  const keys = [generateKey('k1'), generateKey('k2')];
  const old = await openPglite('memory://', parseKeyring(keys[0]!));
  await recordChange(old, change(1));
  const without = { ...old, keyring: parseKeyring(keys[1]!) };
  const found = (await verifyChanges(without)).problems.map(({ code }) => code);
  expect(found).toEqual(['KEY_MISSING', 'KEY_MISSING']);
  await expect(recordChange(without, change(2))).rejects.toThrow('"k1"');
  await old.close();
}, 240_000);

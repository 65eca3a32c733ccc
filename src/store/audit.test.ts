import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import type { Anchor, IncidentId } from '../incident/ids.ts';
import { NO_ANCHOR } from '../incident/ids.ts';
import { append } from './append.ts';
import { auditRegister } from './audit.ts';
import { entryHash } from './chain.ts';
import type { Change } from './change-entry.ts';
import { decideErasure, proposeErasure } from './erasures.ts';
import { incidentDetail } from './incidents.ts';
import type { Register } from './open.ts';
import { erasePersonal, openPersonal } from './personal.ts';
import type { SampleIncident } from './sample-incident.ts';
import { sampleIncident } from './sample-incident.ts';
import { openTestRegister } from './testing.ts';

let register: Register;
let incident: SampleIncident;
let anchor: Anchor;
let number: string | null;

beforeAll(async () => {
  register = await openTestRegister();
});
afterAll(() => register.close());

/** Each test does its worst to an incident of its own. */
beforeEach(async () => {
  incident = sampleIncident();
  ({ anchor, number } = await append(register, incident.batch(1), NO_ANCHOR));
});

/** Somebody with the database's password. */
const tamper = (statement: SQL) => register.db.execute(statement);
const auditAll = (known?: Anchor) =>
  auditRegister(register, async (id) => (id === incident.id ? (known ?? null) : null));
const problems = async (known?: Anchor) =>
  (await auditAll(known)).problems.filter(({ incidentId }) => incidentId === incident.id);

test('an untouched register is sound', async () => {
  expect(await auditRegister(register)).toEqual({
    incidents: 1,
    entries: incident.entries.length,
    erased: 0,
    unanchored: 1,
    erasures: [],
    problems: [],
  });
  expect(await problems(anchor)).toEqual([]);
});

test('it says how many incidents were compared with no workflow', async () => {
  const { incidents, unanchored } = await auditAll(anchor);
  expect(unanchored).toBe(incidents - 1);
});

test('a changed outcome is named', async () => {
  await tamper(sql`update entry set data = jsonb_set(data, '{outcome}', '"found"')
    where incident_id = ${incident.id}::uuid and seq = 4`);
  expect(await problems()).toEqual([
    expect.objectContaining({
      incidentId: incident.id,
      number,
      seq: 4,
      code: 'CHANGED_ENTRY',
    }),
  ]);
});

test('a changed instant is named, to the millisecond', async () => {
  await tamper(sql`update entry set at = at - interval '1 millisecond'
    where incident_id = ${incident.id}::uuid and seq = 10`);
  expect(await problems()).toEqual([expect.objectContaining({ seq: 10, code: 'CHANGED_ENTRY' })]);
});

test('a changed entry whose hash was made anew breaks the link after it', async () => {
  const { timeline } = (await incidentDetail(register, incident.id))!;
  const { seq, at, kind, prev, data } = timeline[3]!;
  const changed = { ...data, outcome: 'resolved' };
  const hash = entryHash(prev, { incidentId: incident.id, seq, at, kind, data: changed, personal: {} });
  await tamper(sql`update entry set data = ${JSON.stringify(changed)}::jsonb, hash = ${hash}
    where incident_id = ${incident.id}::uuid and seq = 4`);
  expect(await problems()).toEqual([expect.objectContaining({ seq: 5, code: 'BROKEN_LINK' })]);
});

test('a changed personal value is named, and one that was removed', async () => {
  await tamper(sql`update sealed set ciphertext = set_byte(ciphertext, 30, 255 - get_byte(ciphertext, 30))
    where incident_id = ${incident.id}::uuid and name = 'subject.1.name'`);
  expect(await problems()).toEqual([expect.objectContaining({ seq: 1, code: 'CHANGED_PERSONAL' })]);
  await expect(openPersonal(register, incident.id)).rejects.toMatchObject({ code: 'SEAL_BROKEN' });

  await tamper(sql`delete from sealed where incident_id = ${incident.id}::uuid and name = 'subject.1.name'`);
  expect(await problems()).toEqual([expect.objectContaining({ seq: 1, code: 'CHANGED_PERSONAL' })]);
});

test('a removed entry in the middle is named', async () => {
  await tamper(sql`delete from entry where incident_id = ${incident.id}::uuid and seq = 6`);
  expect(await problems()).toEqual([expect.objectContaining({ seq: 6, code: 'MISSING_ENTRY' })]);
});

test('a tail cut off without the head is named by the head', async () => {
  await tamper(sql`delete from entry where incident_id = ${incident.id}::uuid and seq > 12`);
  expect(await problems()).toEqual([expect.objectContaining({ seq: 13, code: 'CUT_TAIL' })]);
});

test('a tail cut off together with its head and what came of it is named by the workflow alone', async () => {
  const early = sampleIncident();
  const { anchor: older } = await append(register, early.batch(1, 12), NO_ANCHOR);
  incident = early;
  const tables = ['chain_head', 'incident', 'incident_branch', 'stage', 'subject', 'report', 'sub_case'];
  const owner = (table: string) => sql.identifier(table === 'incident' ? 'id' : 'incident_id');
  for (const table of tables) {
    await tamper(sql`create table ${sql.identifier(`kept_${table}`)} as
      select * from ${sql.identifier(table)} where ${owner(table)} = ${early.id}::uuid`);
  }
  const { anchor: newer } = await append(register, early.batch(13), older);
  await tamper(sql`delete from entry where incident_id = ${early.id}::uuid and seq > 12`);
  for (const table of tables) {
    await tamper(sql`delete from ${sql.identifier(table)} where ${owner(table)} = ${early.id}::uuid`);
    await tamper(sql`insert into ${sql.identifier(table)} select * from ${sql.identifier(`kept_${table}`)}`);
  }

  expect(await problems()).toEqual([]);
  expect(await problems(newer)).toEqual([expect.objectContaining({ seq: 13, code: 'CUT_TAIL' })]);
});

test('a head that was written or removed by somebody without the key is named', async () => {
  const forged = expect.objectContaining({ seq: anchor.seq, code: 'FORGED_HEAD' }) as unknown;
  await tamper(sql`update chain_head set hash = repeat('a', 64) where incident_id = ${incident.id}::uuid`);
  expect(await problems()).toEqual([forged]);
  await expect(append(register, incident.batch(1), NO_ANCHOR)).rejects.toMatchObject({
    code: 'CHAIN_BROKEN',
  });
  await tamper(sql`delete from chain_head where incident_id = ${incident.id}::uuid`);
  expect(await problems()).toEqual([forged]);
});

test('an entry that is not the one the workflow was told of is named', async () => {
  const told = { ...anchor, hash: 'b'.repeat(64) };
  expect(await problems(told)).toEqual([expect.objectContaining({ seq: anchor.seq, code: 'NOT_ANCHORED' })]);
});

test('an incident without a timeline is named, and one that was removed altogether by its number', async () => {
  await remove('entry', 'chain_head', 'sealed');
  expect(await problems()).toEqual([expect.objectContaining({ number, seq: 1, code: 'NO_ENTRIES' })]);
  await remove('incident_branch', 'stage', 'message', 'subject', 'report', 'sub_case', 'incident_number');
  await tamper(sql`delete from incident where id = ${incident.id}::uuid`);
  const { problems: found } = await auditAll();
  expect(found).toContainEqual(expect.objectContaining({ incidentId: '', number, code: 'MISSING_NUMBER' }));
});

async function remove(...tables: string[]): Promise<void> {
  for (const table of tables) {
    await tamper(sql`delete from ${sql.identifier(table)} where incident_id = ${incident.id}::uuid`);
  }
}

async function eraseLawfully(incidentId: IncidentId): Promise<void> {
  const at = '2026-03-05T01:00:00.000Z';
  const change = (act: string): Change => ({
    by: 'chief',
    via: 'key-1',
    area: 'erasures',
    subject: `incident ${incidentId}`,
    from: null,
    to: { act },
  });
  const given = { incidentId, basis: 'law' as const, legalBasis: '测试依据', reason: '测试理由', at };
  const id = await proposeErasure(register, { ...given, by: 'jia-1', via: 'key-1' }, change('proposed'));
  await decideErasure(register, { id: id!, incidentId, approve: true, by: 'chief', at }, () =>
    change('erased'),
  );
}

test('an erased value is gone for good, and the chain verifies without it', async () => {
  expect(await erasePersonal(register, incident.id, ['subject.1.name', 'subject.1.phone'])).toBe(2);
  expect(await erasePersonal(register, incident.id, ['subject.1.name'])).toBe(0);
  expect((await openPersonal(register, incident.id)).get(1)).toEqual({
    situation: incident.entries[0]!.personal!['situation'],
    'subject.1.name': null,
    'subject.1.phone': null,
  });
  expect((await auditAll()).erased).toBe(2);
  // Somebody has done that by hand: nobody has proposed and approved it.
  expect(await problems()).toMatchObject([{ seq: 1, code: 'ERASED_UNRECORDED' }]);
  await eraseLawfully(incident.id);
  expect(await problems()).toEqual([]);
});

test('a value erased only in part is named', async () => {
  const halves = [
    sql`erased_at = now()`,
    sql`ciphertext = null, salt = null`,
    sql`ciphertext = null, erased_at = now()`,
    sql`salt = null, erased_at = now()`,
  ];
  for (const half of halves) {
    incident = sampleIncident();
    await append(register, incident.batch(1), NO_ANCHOR);
    await tamper(
      sql`update sealed set ${half} where incident_id = ${incident.id}::uuid and name = 'evidence'`,
    );
    expect(await problems()).toEqual([expect.objectContaining({ seq: 12, code: 'CHANGED_PERSONAL' })]);
  }
});

test('a missing key hides no changed entry', async () => {
  await tamper(
    sql`update entry set data = data || '{"outcome":"found"}' where incident_id = ${incident.id}::uuid and seq = 12`,
  );
  const stranger = { ...register, keyring: parseKeyring(generateKey('k9')) };
  const { problems: found } = await auditRegister(stranger);
  const own = found.filter(({ incidentId }) => incidentId === incident.id);
  expect(own.map(({ seq, code }) => ({ seq, code }))).toEqual([
    { seq: 12, code: 'CHANGED_ENTRY' },
    { seq: 1, code: 'KEY_MISSING' },
    { seq: anchor.seq, code: 'KEY_MISSING' },
  ]);
});

test('without its old keys a register says which to put back', async () => {
  const stranger = { ...register, keyring: parseKeyring(generateKey('k9')) };
  const { problems: found } = await auditRegister(stranger);
  const own = found.filter(({ incidentId }) => incidentId === incident.id);
  expect(own.map(({ seq, code }) => ({ seq, code }))).toEqual([
    { seq: 1, code: 'KEY_MISSING' },
    { seq: anchor.seq, code: 'KEY_MISSING' },
  ]);
});

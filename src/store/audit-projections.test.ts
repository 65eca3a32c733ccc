import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { NO_ANCHOR } from '../incident/ids.ts';
import { append } from './append.ts';
import { auditRegister } from './audit.ts';
import type { Register } from './open.ts';
import { rowsOf } from './open.ts';
import type { SampleIncident } from './sample-incident.ts';
import { sampleIncident } from './sample-incident.ts';
import { openTestRegister } from './testing.ts';

let register: Register;
let incident: SampleIncident;
let number: string | null;

beforeAll(async () => {
  register = await openTestRegister();
});
afterAll(() => register.close());

/** Each test does its worst to an incident of its own. */
beforeEach(async () => {
  incident = sampleIncident();
  ({ number } = await append(register, incident.batch(1), NO_ANCHOR));
});

/** Somebody with the database's password. */
const tamper = (statement: SQL) => register.db.execute(statement);
const ofIncident = () => sql`incident_id = ${incident.id}::uuid`;
const policeCall = () => sql`${ofIncident()} and stage_id = '2.policeCall'`;

/** What the audit says of this incident, all of it about rows. */
async function namedRows(): Promise<string[]> {
  const { problems } = await auditRegister(register);
  const own = problems.filter(({ incidentId }) => incidentId === incident.id);
  for (const { code } of own) expect(code).toBe('CHANGED_PROJECTION');
  return own.map(({ text }) => text);
}

test('a changed row is named, with its table and columns and without what it says', async () => {
  await tamper(sql`update incident set status = 'open', closed_at = closed_at + interval '1 millisecond'
    where id = ${incident.id}::uuid`);
  await tamper(sql`update incident_branch set left_at = null where ${ofIncident()} and entry = 2`);
  await tamper(sql`update stage set outcome = 'PLANTED' where ${policeCall()}`);
  await tamper(sql`update message set acknowledged_at = null where ${ofIncident()}`);
  await tamper(sql`update subject set safety = 'safe' where ${ofIncident()} and nr = 1`);
  await tamper(sql`update report set verifying = '[]' where ${ofIncident()}`);
  await tamper(sql`update sub_case set ended_as = null where ${ofIncident()}`);
  const differs = 'is not what the timeline says';
  expect(await namedRows()).toEqual([
    `table incident: the row of the incident ${differs}: status, closed_at`,
    `table incident_branch: the row of entry 2 ${differs}: left_at`,
    `table stage: the row of 2.policeCall opening 1 ${differs}: outcome`,
    `table message: the row ${incident.policeKey} ${differs}: acknowledged_at`,
    `table subject: the row of subject 1 ${differs}: safety`,
    `table report: the row of report 1 ${differs}: verifying`,
    `table sub_case: the row of sub-case ${incident.subCase} ${differs}: ended_as`,
  ]);
});

test.each([
  { table: 'incident', owner: 'id', keys: ['id'] },
  { table: 'incident_branch', owner: 'incident_id', keys: ['incident_id', 'entry'] },
  { table: 'stage', owner: 'incident_id', keys: ['incident_id', 'stage_id', 'opening'] },
  { table: 'message', owner: 'incident_id', keys: ['incident_id', 'key'] },
  { table: 'subject', owner: 'incident_id', keys: ['incident_id', 'nr'] },
  { table: 'report', owner: 'incident_id', keys: ['incident_id', 'nr'] },
  { table: 'sub_case', owner: 'incident_id', keys: ['incident_id', 'sub_case'] },
])('no column of the table $table can be changed unseen', async ({ table, owner, keys }) => {
  const all = await rowsOf<{ name: string; type: string }>(
    register.db,
    sql`select column_name as name, data_type as type from information_schema.columns
        where table_schema = 'public' and table_name = ${table} order by column_name`,
  );
  const columns = all.filter(({ name }) => !keys.includes(name));
  const changes = columns.map(({ name, type }) =>
    sql.raw(`"${name}" = ${OTHER_VALUE[type]!.replace('?', `"${name}"`)}`),
  );
  await tamper(sql`update ${sql.identifier(table)} set ${sql.join(changes, sql`, `)}
    where ${sql.identifier(owner)} = ${incident.id}::uuid`);
  const rows = await namedRows();
  expect(rows.length).toBeGreaterThan(0);
  const named = columns.map(({ name }) => name).sort();
  for (const row of rows) expect(row.split(': ').at(-1)!.split(', ').sort()).toEqual(named);
});

/** Another value than the one that stands there, by type. */
const OTHER_VALUE: Record<string, string> = {
  text: `coalesce(?, '') || 'x'`,
  integer: '? + 1',
  boolean: 'not ?',
  jsonb: `'["x"]'`,
  uuid: 'gen_random_uuid()',
  'timestamp with time zone': `coalesce(? + interval '1 millisecond', now())`,
};

test('a removed row is named, and one that did not come through the timeline', async () => {
  await tamper(sql`delete from incident_branch where ${ofIncident()} and entry = 1`);
  await tamper(sql`delete from message where ${ofIncident()}`);
  await tamper(sql`update subject set nr = 7 where ${ofIncident()} and nr = 2`);
  await tamper(sql`create table forged as select * from stage where ${policeCall()}`);
  await tamper(sql`update forged set opening = 2`);
  await tamper(sql`insert into stage select * from forged`);
  expect(await namedRows()).toEqual([
    'table incident_branch: the row of entry 1 was removed',
    'table stage: the row of 2.policeCall opening 2 does not come from the timeline',
    `table message: the row ${incident.policeKey} was removed`,
    'table subject: the row of subject 2 was removed',
    'table subject: the row of subject 7 does not come from the timeline',
  ]);
  await tamper(sql`delete from incident where id = ${incident.id}::uuid`);
  expect(await namedRows()).toContain('table incident: the row of the incident was removed');
});

test('rows of an incident that was never reported are named', async () => {
  const invented = sampleIncident().id;
  await tamper(sql`update stage set incident_id = ${invented}::uuid where ${policeCall()}`);
  expect(await namedRows()).toEqual(['table stage: the row of 2.policeCall opening 1 was removed']);
  incident = { ...incident, id: invented };
  expect(await namedRows()).toEqual([
    'table stage: the row of 2.policeCall opening 1 does not come from the timeline',
  ]);
});

test('a changed number is named under the one that was given out', async () => {
  await tamper(sql`update incident set number = 'WS-2026-9999' where id = ${incident.id}::uuid`);
  const { problems } = await auditRegister(register);
  expect(problems).toContainEqual(expect.objectContaining({ number, code: 'CHANGED_PROJECTION' }));
});

test('an incident still open, written entry by entry, is as its timeline says', async () => {
  incident = sampleIncident();
  let anchor = NO_ANCHOR;
  for (const { seq } of incident.entries.slice(0, -2)) {
    ({ anchor } = await append(register, incident.batch(seq, seq), anchor));
    expect(await namedRows()).toEqual([]);
  }
});

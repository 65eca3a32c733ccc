import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { archivedIncident } from '../archive/testing.ts';
import { auditRegister } from './audit.ts';
import { openTestRegister, type TestRegister } from './testing.ts';

let register: TestRegister;
let id: string;

beforeAll(async () => {
  register = await openTestRegister();
});
afterAll(() => register.close());
beforeEach(async () => {
  ({ id } = await archivedIncident(register));
});

const found = async () =>
  (await auditRegister(register)).problems
    .filter(({ incidentId }) => incidentId === id)
    .map(({ code, seq }) => `${code} ${seq}`);
const tamper = (table: string, change: string) =>
  register.db.execute(sql.raw(`update ${table} set ${change} where incident_id = '${id}'`));
const flip = (column: string) => `${column} = set_byte(${column}, 40, 255 - get_byte(${column}, 40))`;

test('what was signed and attached is held against the timeline', async () => {
  expect(await found()).toEqual([]);
  await tamper('attachment', flip('file'));
  expect(await found()).toEqual(['CHANGED_FILE 28']);
  await tamper('document_scan', 'file = null');
  expect(await found()).toEqual(['CHANGED_FILE 27', 'CHANGED_FILE 28']);
});

test('a document that says something else, and another digest for it, are named', async () => {
  await register.db.execute(sql`update sealed set ${sql.raw(flip('ciphertext'))}
    where id = (select content_id from document where incident_id = ${id}::uuid and status = 'signed')`);
  expect(await found()).toEqual(['CHANGED_DOCUMENT 26']);
  await tamper('document', `digest = '${'0'.repeat(64)}'`);
  expect(await found()).toEqual(['CHANGED_DOCUMENT 26']);
  await register.db.execute(sql`delete from document where incident_id = ${id}::uuid`);
  expect(await found()).toEqual(['CHANGED_DOCUMENT 26']);
});

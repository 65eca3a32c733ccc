import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import { addScan, openScan, scansOf } from './document-scans.ts';
import {
  addDraft, discardDraft, documentById, documentsOf, numberOf, openContent, signDocument, type NewDraft,
} from './documents.ts'; // prettier-ignore
import { rowsOf, type Register } from './open.ts';
import { erasePersonal } from './personal.ts';
import { openTestRegister } from './testing.ts';

let register: Register;
beforeAll(async () => {
  register = await openTestRegister();
});
afterAll(() => register.close());

const AT = '2026-03-04T07:30:00.000Z';
const incidentId = randomUUID() as IncidentId;
const draft = (more: Partial<NewDraft> = {}) =>
  addDraft(register, {
    incidentId,
    template: 'police-notice',
    name: '书面通知',
    drill: false,
    series: '演司矫通',
    draftedBy: 'jia-1',
    draftedAt: AT,
    verifying: [],
    old: null,
    oldAct: null,
    content: { paper: { title: '关于测试人甲的通知' } },
    ...more,
  });
const sign = ({ id, digest }: { id: string; digest: string }, more = {}) =>
  signDocument(register, { id, digest, by: 'deputy-1', at: AT, year: 2026, ...more });
const signed = async (given: Awaited<ReturnType<typeof draft>>) => {
  const row = await sign(given);
  if (row === null || row === 'oldGone') throw new Error('not signed');
  return row;
};

test('fifty sign-offs at once get fifty numbers in a row, and those that fail between them take none', async () => {
  const series = '并发';
  const drafts = await Promise.all(Array.from({ length: 50 }, () => draft({ series })));
  const gone = await Promise.all(
    Array.from({ length: 10 }, () => draft({ series, old: randomUUID(), oldAct: 'withdraws' })),
  );
  const rows = await Promise.all([...drafts, ...gone].map((each) => sign(each)));
  const numbers = rows.flatMap((row) => (row !== null && row !== 'oldGone' ? [row.nr!] : []));
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  expect(rows.filter((row) => row === 'oldGone')).toHaveLength(10);
  expect((await signed(await draft({ series }))).nr).toBe(51);
});

test('each series, each year and drills count apart; a record has no number', async () => {
  const row = await signed(await draft({ series: '演甲司报' }));
  expect(numberOf(row)).toBe('演甲司报〔2026〕1号');
  const next = await sign(await draft({ series: '演甲司报' }), { year: 2027 });
  expect(next).toMatchObject({ year: 2027, nr: 1 });
  const drill = await signed(await draft({ series: '演甲司报', drill: true }));
  expect(numberOf(drill)).toBe('演练演甲司报〔2026〕1号');
  const record = await signed(await draft({ series: null }));
  expect([record.status, numberOf(record)]).toEqual(['signed', null]);
});

test('of two who sign at once one wins, and the other is told; another text than was seen is not signed', async () => {
  const given = await draft();
  const both = await Promise.all([sign(given, { by: 'deputy-1' }), sign(given, { by: 'chief' })]);
  expect(both.filter((row) => row !== null)).toHaveLength(1);
  const other = await draft();
  expect(await sign({ ...other, digest: given.digest })).toBeNull();
  expect((await documentById(register, incidentId, other.id))!.status).toBe('draft');
});

test('a number that stands cannot stand twice, whoever writes it', async () => {
  const [one, two] = [await signed(await draft()), await signed(await draft())];
  const again = sql`update document set nr = ${one.nr} where id = ${two.id}::uuid`;
  await expect(register.db.execute(again)).rejects.toThrow();
});

test('a correction marks the old one and names it; two of the same cannot both stand', async () => {
  const old = await signed(await draft());
  const corrections = await Promise.all([1, 2].map(() => draft({ old: old.id, oldAct: 'corrects' })));
  const results = await Promise.all(corrections.map((each) => sign(each)));
  expect(results.filter((row) => row === 'oldGone')).toHaveLength(1);
  const winner = results.find((row) => row !== null && row !== 'oldGone') as { id: string };
  expect(await documentById(register, incidentId, old.id)).toMatchObject({
    status: 'corrected',
    replacedBy: winner.id,
    nr: old.nr,
  });
});

test('a draft that was put away is not signed', async () => {
  const given = await draft();
  expect(await discardDraft(register, given.id, 'jia-1', AT)).toBe(true);
  expect(await sign(given)).toBeNull();
  expect(await discardDraft(register, given.id, 'jia-1', AT)).toBe(false);
});

test('what it says is sealed, opens again, and is erased with the incident’s identities', async () => {
  const id = randomUUID() as IncidentId;
  const row = await draft({ incidentId: id });
  expect(await openContent(register, row)).toEqual({ paper: { title: '关于测试人甲的通知' } });
  const everything = await rowsOf(register.db, sql`select * from document where id = ${row.id}::uuid`);
  expect(JSON.stringify(everything)).not.toContain('测试人甲');
  const file = Buffer.from('%PDF-1.7 测试人甲');
  const scan = { incidentId: id, documentId: row.id, type: 'application/pdf', by: 'jia-2', file };
  const { sha256 } = (await addScan(register, scan, 50))!;
  expect(await erasePersonal(register, id)).toBe(2);
  expect(await openContent(register, row)).toBeNull();
  expect(await openScan(register, row.id, sha256)).toBeNull();
  expect(await documentsOf(register, id)).toHaveLength(1);
});

test('a scan is kept with its hash, sealed, once; another incident’s seal does not open it', async () => {
  const { id: documentId } = await draft();
  const file = Buffer.from('%PDF-1.7 测试人甲');
  const scan = { incidentId, documentId, type: 'application/pdf', by: 'jia-2', file };
  const [first, again] = [(await addScan(register, scan, 50))!, (await addScan(register, scan, 50))!];
  expect([again.id, again.sha256]).toEqual([first.id, first.sha256]);
  expect(first.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(await scansOf(register, incidentId)).toHaveLength(1);
  expect((await openScan(register, documentId, first.sha256))!.file.equals(file)).toBe(true);
  const [row] = await rowsOf<{ file: Uint8Array }>(
    register.db,
    sql`select file from document_scan where document_id = ${documentId}::uuid`,
  );
  expect(Buffer.from(row!.file).includes('测试人甲')).toBe(false);
  const full = { ...scan, file: Buffer.from('%PDF-1.7 another') };
  expect(await addScan(register, full, 1)).toBeNull();
  expect((await addScan(register, scan, 1))!.id).toBe(first.id); // the same again is no other
  const other = randomUUID();
  await register.db.execute(
    sql`update document_scan set incident_id = ${other}::uuid where document_id = ${documentId}::uuid`,
  );
  await expect(openScan(register, documentId, first.sha256)).rejects.toMatchObject({ code: 'SEAL_BROKEN' });
});

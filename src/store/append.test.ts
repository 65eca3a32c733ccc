import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { NO_ANCHOR } from '../incident/ids.ts';
import { allotNumber, append } from './append.ts';
import { auditRegister } from './audit.ts';
import { incidentById, incidentDetail } from './incidents.ts';
import type { Register } from './open.ts';
import { rowsOf } from './open.ts';
import { sampleIncident } from './sample-incident.ts';
import { openTestRegister } from './testing.ts';

let register: Register;
beforeAll(async () => {
  register = await openTestRegister();
});
afterAll(() => register.close());

const soundness = async () => (await auditRegister(register)).problems;

test('a timeline written in two batches reads back as it was told', async () => {
  const incident = sampleIncident();
  const first = await append(register, incident.batch(1, 5), NO_ANCHOR);
  const second = await append(register, incident.batch(6), first.anchor);

  expect(first.number).toMatch(/^WS-2026-\d{4}$/);
  expect(second).toMatchObject({ number: first.number, anchor: { seq: incident.entries.length } });
  const { timeline } = (await incidentDetail(register, incident.id))!;
  expect(timeline.map(({ seq, at, kind, data }) => ({ seq, at, kind, data }))).toEqual(
    incident.entries.map(({ seq, at, kind, data }) => ({ seq, at, kind, data })),
  );
  expect(timeline[0]!.personal.sort()).toEqual(['situation', 'subject.1.name', 'subject.1.phone']);
  expect(await soundness()).toEqual([]);
});

test('a batch that comes again, whole or in part, changes nothing', async () => {
  const incident = sampleIncident();
  const once = await append(register, incident.batch(1, 6), NO_ANCHOR);
  expect(await append(register, incident.batch(1, 6), NO_ANCHOR)).toEqual(once);

  const overlapping = await append(register, incident.batch(4, 9), once.anchor);
  expect(overlapping.anchor.seq).toBe(9);
  // An old batch that was delayed: its anchor is its own last entry, not the end of the chain.
  expect(await append(register, incident.batch(1, 6), NO_ANCHOR)).toEqual(once);
  expect((await incidentDetail(register, incident.id))!.timeline).toHaveLength(9);
  expect(await soundness()).toEqual([]);
});

test('an empty batch tells the number and leaves the anchor', async () => {
  const incident = sampleIncident();
  expect(await append(register, { incidentId: incident.id, entries: [] }, NO_ANCHOR)).toEqual({
    number: null,
    anchor: NO_ANCHOR,
  });
  const { number, anchor } = await append(register, incident.batch(1, 2), NO_ANCHOR);
  expect(await append(register, { incidentId: incident.id, entries: [] }, anchor)).toEqual({
    number,
    anchor,
  });
});

test('a batch with a gap before it or within it is refused, and nothing is written', async () => {
  const incident = sampleIncident();
  await append(register, incident.batch(1, 2), NO_ANCHOR);
  const torn = { incidentId: incident.id, entries: [incident.entries[2]!, incident.entries[4]!] };
  await expect(append(register, incident.batch(4, 5), NO_ANCHOR)).rejects.toMatchObject({
    code: 'CHAIN_GAP',
  });
  await expect(append(register, torn, NO_ANCHOR)).rejects.toMatchObject({ code: 'CHAIN_GAP' });
  expect((await incidentById(register, incident.id))!.lastSeq).toBe(2);
});

test('another entry where one stands already is refused', async () => {
  const incident = sampleIncident();
  await append(register, incident.batch(1, 3), NO_ANCHOR);
  const later = { ...incident.entries[2]!, at: '2026-03-05T00:00:00.000Z' };
  const batch = { incidentId: incident.id, entries: [later, incident.entries[3]!] };
  await expect(append(register, batch, NO_ANCHOR)).rejects.toMatchObject({ code: 'CHAIN_CONFLICT' });
});

test('a workflow that was put back goes on after the end: nothing is written over, and what it does not know counts no more', async () => {
  const incident = sampleIncident();
  const { entries, id } = incident;
  const known = await append(register, incident.batch(1, 8), NO_ANCHOR);
  const { anchor: end } = await append(register, incident.batch(9), known.anchor); // to the closing
  const otherwise = { ...entries[8]!, at: '2026-03-05T00:00:00.000Z' };
  await expect(
    append(register, { incidentId: id, entries: [otherwise] }, known.anchor),
  ).rejects.toMatchObject({
    code: 'CHAIN_CONFLICT',
    common: known.anchor,
    head: end,
    number: known.number,
  });

  const data = { from: 9, to: end.seq };
  const seam = { kind: 'takenUpAgain' as const, seq: end.seq + 1, at: otherwise.at, data };
  const again = { incidentId: id, entries: [seam, { ...otherwise, seq: end.seq + 2 }] };
  expect((await append(register, again, end)).anchor.seq).toBe(end.seq + 2);
  expect(await append(register, again, end)).toMatchObject({ anchor: { seq: end.seq + 2 } }); // once

  const { timeline } = (await incidentDetail(register, id))!;
  expect(timeline.slice(0, end.seq).map(({ kind, at }) => [kind, at])).toEqual(
    entries.map(({ kind, at }) => [kind, at]),
  );
  expect((await incidentById(register, id))!.status).toBe('open'); // the closing is forgotten
  expect(await soundness()).toEqual([]);
});

test('an anchor the register does not hold stops the writing', async () => {
  const incident = sampleIncident();
  const { anchor } = await append(register, incident.batch(1, 3), NO_ANCHOR);
  const another = { ...anchor, hash: 'f'.repeat(64) };
  await expect(append(register, incident.batch(4, 5), another)).rejects.toMatchObject({
    code: 'CHAIN_BROKEN',
  });
  const further = { ...anchor, seq: 4 };
  await expect(append(register, incident.batch(5, 6), further)).rejects.toMatchObject({
    code: 'CHAIN_BROKEN',
  });

  await register.db.execute(sql`delete from entry where incident_id = ${incident.id}::uuid and seq = 3`);
  await expect(append(register, incident.batch(4, 5), anchor)).rejects.toMatchObject({
    code: 'CHAIN_BROKEN',
  });
  for (const table of ['entry', 'chain_head', 'incident_branch', 'stage', 'subject']) {
    await register.db.execute(
      sql`delete from ${sql.identifier(table)} where incident_id = ${incident.id}::uuid`,
    );
  }
  await register.db.execute(sql`delete from incident where id = ${incident.id}::uuid`);
});

test('twenty writers of one incident at once write it once', async () => {
  const incident = sampleIncident();
  const all = await Promise.all(
    Array.from({ length: 20 }, () => append(register, incident.batch(1, 8), NO_ANCHOR)),
  );
  expect(new Set(all.map(({ anchor }) => anchor.hash)).size).toBe(1);
  expect(new Set(all.map(({ number }) => number)).size).toBe(1);
  expect((await incidentDetail(register, incident.id))!.timeline).toHaveLength(8);
  expect(await soundness()).toEqual([]);
});

test('fifty incidents at once get numbers without gaps or doubles', async () => {
  const incidents = Array.from({ length: 50 }, () => sampleIncident({ prefix: 'MANY' }));
  const numbers = await Promise.all(
    incidents.flatMap((incident) => [
      append(register, incident.batch(1, 4), NO_ANCHOR).then(({ number }) => number),
      // The notice may ask first; both must hear the same.
      allotNumber(register, incident.id, { prefix: 'MANY', year: 2026, drill: false }),
    ]),
  );
  const expected = Array.from(
    { length: 50 },
    (_, index) => `MANY-2026-${String(index + 1).padStart(4, '0')}`,
  );
  expect([...new Set(numbers)].sort()).toEqual(expected);
  expect(numbers.filter((_, index) => index % 2 === 0)).toEqual(
    numbers.filter((_, index) => index % 2 === 1),
  );
});

test('drills are counted apart, and a number asked for again is the same', async () => {
  const real = sampleIncident();
  const drill = sampleIncident();
  const series = { prefix: 'APART', year: 2026, drill: false };
  expect(await allotNumber(register, real.id, series)).toBe('APART-2026-0001');
  expect(await allotNumber(register, drill.id, { ...series, drill: true })).toBe('APART-D-2026-0001');
  expect(await allotNumber(register, real.id, { ...series, year: 2027 })).toBe('APART-2026-0001');
});

test('text that PostgreSQL cannot hold does not keep an incident out of the record', async () => {
  const incident = sampleIncident();
  const [report] = incident.batch(1, 1).entries;
  if (report?.kind !== 'incidentReported') throw new Error('the sample begins with the report');
  const data = { ...report.data, eventType: 'odd\0\ud800', office: 'jia' };
  const personal = { situation: '测试\0情况' };
  const { anchor } = await append(
    register,
    { incidentId: incident.id, entries: [{ ...report, at: '2026-03-04T09:20:00+08:00', data, personal }] },
    NO_ANCHOR,
  );
  await append(register, incident.batch(2), anchor);
  expect(await incidentById(register, incident.id)).toMatchObject({ eventType: 'odd\ufffd\ufffd' });
  expect((await incidentDetail(register, incident.id))!.timeline[0]!.at).toBe('2026-03-04T01:20:00.000Z');
  expect(await soundness()).toEqual([]);
});

test('an incident begun before 0.2.0, whose entries know neither parent nor automatic, goes on and is sound', async () => {
  const incident = sampleIncident();
  const early = incident.entries.map((entry) => {
    if (entry.kind !== 'incidentReported' && entry.kind !== 'stageOpened') return entry;
    const unknown = ['parent', 'automatic', 'startsAt', 'by'];
    const data = Object.fromEntries(Object.entries(entry.data).filter(([name]) => !unknown.includes(name)));
    return { ...entry, data } as unknown as typeof entry;
  });
  const { anchor } = await append(
    register,
    { incidentId: incident.id, entries: early.slice(0, 7) },
    NO_ANCHOR,
  );
  await append(register, incident.batch(8), anchor);
  const { incident: row, branches } = (await incidentDetail(register, incident.id))!;
  expect([row.parent, branches[0]!.stages[0]!.automatic]).toEqual([null, false]);
  expect(await soundness()).toEqual([]);
});

test('no personal word stands in clear anywhere in the database', async () => {
  const incident = sampleIncident();
  const [report, ...others] = incident.entries;
  const marked = { ...report!, personal: { ...report!.personal, situation: 'PLANTED-SECRET-7391' } };
  if (marked.kind !== 'incidentReported') throw new Error('the sample begins with the report');
  marked.data = { ...marked.data, office: 'PLANTED-OPEN-7391' };
  await append(register, { incidentId: incident.id, entries: [marked, ...others] }, NO_ANCHOR);

  const dump = await dumpOf(register);
  expect(dump).toContain('PLANTED-OPEN-7391'); // the search does find what is there
  const personal = incident.entries.flatMap((entry) => Object.values(entry.personal ?? {}));
  for (const word of ['PLANTED-SECRET-7391', ...personal]) {
    expect(dump.includes(word)).toBe(false);
    expect(dump.includes(Buffer.from(word).toString('hex'))).toBe(false);
  }
});

/** Every row of every table as text; bytes show as hex. */
async function dumpOf({ db }: Register): Promise<string> {
  const tables = await rowsOf<{ name: string }>(
    db,
    sql`select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'`,
  );
  const dumps = tables.map(({ name }) =>
    rowsOf<{ text: string }>(db, sql`select t::text as text from ${sql.raw(name)} t`),
  );
  return (await Promise.all(dumps))
    .flat()
    .map(({ text }) => text)
    .join('\n');
}

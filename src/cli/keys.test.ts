import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { sql } from 'drizzle-orm';
import { HISTORIES_KEY, keptHistories } from '../../test/harness/kept-histories.ts';
import { parseKeyring } from '../crypto/keyring.ts';
import { NO_ANCHOR } from '../incident/ids.ts';
import { append } from '../store/append.ts';
import { runArchives, saveRunArchive } from '../store/archives.ts';
import { auditRegister } from '../store/audit.ts';
import { listChanges, recordChange } from '../store/changes.ts';
import { KEYRING } from '../store/key-usage.ts';
import { openRegister, rowsOf, type Register } from '../store/open.ts';
import { openPersonal } from '../store/personal.ts';
import { sampleIncident } from '../store/sample-incident.ts';
import { createDataConverter } from '../temporal/data-converter.ts';
import { decodeEvents } from '../temporal/raw-events.ts';
import { packHistory, unpackHistory } from '../temporal/run-history.ts';

/** Keys are changed in steps on a data folder whose server is stopped; between them the register is looked at as a start would. */
let dataDir: string;
const old = sampleIncident();
const kept = keptHistories()[0]!;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fenghuo-keys-'));
  await writeFile(join(dataDir, 'keys'), HISTORIES_KEY, { mode: 0o600 });
  await onRegister(async (register) => {
    await append(register, old.batch(1), NO_ANCHOR);
    await recordChange(register, {
      by: 'file',
      via: 'start',
      area: 'people',
      subject: 'person jia-1',
      from: {},
      to: {},
      personal: { 'to.phone': '139 0000 0001' },
    });
    await saveRunArchive(register, {
      incidentId: old.id,
      runId: 'run-1',
      workflowType: 'riskSigns',
      endedAt: '2026-03-04T02:00:00.000Z',
      history: packHistory(historyFromJSON(kept.history)),
    });
  });
}, 240_000);
afterAll(() => rm(dataDir, { recursive: true, force: true }));

async function onRegister<T>(work: (register: Register) => Promise<T>): Promise<T> {
  const keyring = parseKeyring(await readFile(join(dataDir, 'keys'), 'utf8'));
  const register = await openRegister({ dataDir, keyring });
  try {
    return await work(register);
  } finally {
    await register.close();
  }
}

async function keys(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const command = promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'keys', ...words], {
    env: { PATH: process.env.PATH, FENGHUO_DATA: dataDir },
  });
  const done = await command.catch((failed: { code: number; stdout: string; stderr: string }) => failed);
  return { code: 0, ...done };
}

const ids = async () => parseKeyring(await readFile(join(dataDir, 'keys'), 'utf8')).ids;
const usedKeys = (register: Register) =>
  rowsOf<{ id: string }>(
    register.db,
    sql`select key_id as id from sealed where ciphertext is not null union select key_id from chain_head
        union select key_id from change_head order by 1`,
  );
const problems = async (register: Register) => (await auditRegister(register)).problems;
const events = (register: Register, history: Uint8Array) =>
  decodeEvents(unpackHistory(history).history, createDataConverter(register.keyring));

test('rotated: the new key is current, the file private, the one before kept; what was written is read and verified', async () => {
  const { code, stdout } = await keys('rotate');
  expect({ code, stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('k1 encrypts; test still reads'),
  });
  expect(await ids()).toEqual(['k1', 'test']);
  expect((await stat(join(dataDir, 'keys'))).mode & 0o777).toBe(0o600);
  const [backup, ...more] = (await readdir(dataDir)).filter((name) => name.startsWith('keys.'));
  expect(more).toEqual([]);
  expect(await readFile(join(dataDir, backup!), 'utf8')).toBe(HISTORIES_KEY);
  expect(stdout).not.toContain((await readFile(join(dataDir, 'keys'), 'utf8')).split(/[:,]/)[1]);

  await onRegister(async (register) => {
    expect((await openPersonal(register, old.id)).get(1)).toMatchObject({ 'subject.1.name': '测试甲' });
    const fresh = sampleIncident({ prefix: 'NEW' });
    await append(register, fresh.batch(1), NO_ANCHOR);
    const [row] = await rowsOf<{ keys: string }>(
      register.db,
      sql`select string_agg(distinct key_id, ',') as keys from sealed where incident_id = ${fresh.id}`,
    );
    expect(row!.keys).toBe('k1');
    expect(await problems(register)).toEqual([]);
    expect((await listChanges(register, { area: 'keys', limit: 1 }))[0]).toMatchObject({
      via: 'cli',
      subject: 'key k1',
      from: null,
      to: { place: 'current', instead: 'test' },
    });
  });
}, 240_000);

test('a key that something uses is not retired, and it is said how much of what', async () => {
  const { code, stdout } = await keys('retire', 'test');
  expect(code).toBe(1);
  expect(stdout).toMatch(/Key test stays: \d+ sealed values, 2 ends of timelines, 1 archived histories/);
  expect(await ids()).toEqual(['k1', 'test']);
  expect((await keys('retire', 'k1')).code).toBe(1);
  expect(await keys('retire', 'k7')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no key "k7"'),
  });
}, 240_000);

test('re-sealed, everything reads as before and the old key can go', async () => {
  const before = await onRegister(async (register) => ({
    personal: await openPersonal(register, old.id),
    events: await events(register, (await runArchives(register, old.id))[0]!.history),
  }));
  const done = await keys('reseal');
  expect({ code: done.code, stdout: done.stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/Done: \d+ sealed values, 2 ends, 1 archives\n$/),
  });
  await onRegister(async (register) => expect(await usedKeys(register)).toEqual([{ id: 'k1' }]));

  expect(await keys('retire', 'test')).toMatchObject({ code: 0 });
  expect(await ids()).toEqual(['k1']);
  await onRegister(async (register) => {
    expect(await openPersonal(register, old.id)).toEqual(before.personal);
    expect(await events(register, (await runArchives(register, old.id))[0]!.history)).toEqual(before.events);
    expect(await problems(register)).toEqual([]);
  });
}, 240_000);

test('an open incident keeps its key, until the ring was seen to have changed and it was opened after', async () => {
  expect((await keys('add')).stdout).toContain('keys promote k2');
  expect(await ids()).toEqual(['k1', 'k2']);
  expect(await keys('promote', 'k2')).toMatchObject({ code: 0 });
  await keys('reseal');
  await onRegister((register) => register.db.execute(sql`update incident set status = 'open'`));
  expect((await keys('retire', 'k1')).stdout).toContain('Key k1 stays: 2 open incidents.');

  // As a start writes it, some days before these incidents were opened.
  await onRegister(async (register) => {
    await recordChange(register, {
      by: 'settings',
      via: 'start',
      area: 'keys',
      subject: KEYRING,
      from: { current: 'k1' },
      to: { current: 'k2' },
    });
    await register.db.execute(
      sql`update incident set opened_at = now() + interval '25 hours' where number like 'NEW%'`,
    );
  });
  expect((await keys('retire', 'k1')).stdout).toContain('Key k1 stays: 1 open incidents.');
}, 240_000);

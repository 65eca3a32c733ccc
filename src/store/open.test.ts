import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import { NO_ANCHOR } from '../incident/ids.ts';
import { append } from './append.ts';
import { auditRegister } from './audit.ts';
import { guarded } from './errors.ts';
import { formatNumber } from './number.ts';
import { openRegister } from './open.ts';
import { sampleIncident } from './sample-incident.ts';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fenghuo-register-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const keys = generateKey();

/** Writes incidents one after the other until it is killed, and says after each that the register has it. */
const WRITER = `
  import { parseKeyring } from './src/crypto/keyring.ts';
  import { NO_ANCHOR } from './src/incident/ids.ts';
  import { append } from './src/store/append.ts';
  import { openRegister } from './src/store/open.ts';
  import { sampleIncident } from './src/store/sample-incident.ts';
  const register = await openRegister({ dataDir: process.env.DATA, keyring: parseKeyring(process.env.KEYS) });
  for (;;) {
    await append(register, sampleIncident().batch(1), NO_ANCHOR);
    process.stdout.write('written\\n');
  }`;

async function writeUntilKilled(): Promise<number> {
  const writer = spawn('node', ['--import', 'tsx', '--input-type=module', '--eval', WRITER], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, DATA: dataDir, KEYS: keys },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let written = 0;
  writer.stdout.on('data', (chunk: Buffer) => {
    written += chunk.toString().split('\n').length - 1;
    if (written >= 5) writer.kill('SIGKILL');
  });
  await once(writer, 'exit');
  return written;
}

test('what was written before a kill is there after it, and nothing half written', async () => {
  const written = await writeUntilKilled();
  const register = await openRegister({ dataDir, keyring: parseKeyring(keys) });
  try {
    const { incidents, entries, problems } = await auditRegister(register);
    expect(problems).toEqual([]);
    expect(incidents).toBeGreaterThanOrEqual(written);
    expect(entries).toBe(incidents * sampleIncident().entries.length);
    const { number } = await append(register, sampleIncident().batch(1, 1), NO_ANCHOR);
    // The incident that the kill came upon may have its number already, and keeps it for when it is written.
    const next = [incidents + 1, incidents + 2].map((nr) =>
      formatNumber({ prefix: 'WS', year: 2026, drill: false }, nr),
    );
    expect(next).toContain(number);
  } finally {
    await register.close();
  }
}, 240_000);

test('the subjects of incidents of before 0.2.0 get their rows', async () => {
  const [before, after] = ['0000_register', '0001_whole_plan'].map((name) =>
    readFileSync(join(import.meta.dirname, `migrations/${name}.sql`), 'utf8'),
  );
  const database = await PGlite.create();
  try {
    await database.exec(before!);
    await database.exec(`insert into incident (id, drill, plan_key, plan_edition, plan_hash, office, status, received_at,
        opened_at, subjects, missing, marks, body_hash, api_key_id, last_seq)
      select gen_random_uuid(), false, 'wushen', '2025', '', 'jia', 'open', now(), now(), n, '[]', '[]', '', '', 1
      from generate_series(0, 2) n`);
    await database.exec(after!);
    const { rows } = await database.query(
      'select nr, safety, added_at is null as "noTime" from subject order by nr',
    );
    const unknown = { safety: 'unknown', noTime: false };
    expect(rows).toEqual([1, 1, 2].map((nr) => ({ nr, ...unknown })));
  } finally {
    await database.close();
  }
}, 240_000);

test('a failing statement shows neither its parameters nor its text', async () => {
  const register = await openRegister({ dataDir, keyring: parseKeyring(keys) });
  try {
    const failing = guarded(async () =>
      register.db.execute(sql`insert into entry (kind) values (${'PLANTED'})`),
    );
    const error = await failing.catch(
      (reason: unknown) => reason as Error & { code: string; sqlState: string },
    );
    expect(error).toMatchObject({ name: 'StoreError', code: 'DATABASE_FAILED', sqlState: '23502' });
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('PLANTED');
  } finally {
    await register.close();
  }
}, 240_000);

test('a server that is not there, or does not answer, is told as unreachable and without its password', async () => {
  const waiting: Socket[] = [];
  const silent = createServer((socket) => waiting.push(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  for (const host of [`127.0.0.1:${port}`, '127.0.0.1:1']) {
    const databaseUrl = `postgres://fenghuo:planted@${host}/fenghuo`;
    const error = await openRegister({ databaseUrl, keyring: parseKeyring(keys) }).catch(
      (reason: Error) => reason,
    );
    expect(error).toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    expect(String(error)).not.toContain('planted');
  }
  for (const socket of waiting) socket.destroy();
  silent.close();
});

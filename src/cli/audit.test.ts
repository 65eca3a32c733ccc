import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import { NO_ANCHOR } from '../incident/ids.ts';
import { append } from '../store/append.ts';
import { openRegister } from '../store/open.ts';
import { erasePersonal } from '../store/personal.ts';
import { sampleIncident } from '../store/sample-incident.ts';

let dataDir: string;
const incident = sampleIncident();
const erased = incident.entries.filter(({ personal }) => personal && 'evidence' in personal).length;
const first = incident.entries.find(({ personal }) => personal && 'evidence' in personal)!.seq;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fenghuo-audit-'));
  const keys = generateKey();
  await writeFile(join(dataDir, 'keys'), keys);
  const register = await openRegister({ dataDir, keyring: parseKeyring(keys) });
  await append(register, incident.batch(1), NO_ANCHOR);
  await erasePersonal(register, incident.id, ['evidence']);
  await register.db.execute(sql`update incident set status = 'open'`);
  await register.close();
}, 240_000);
afterAll(() => rm(dataDir, { recursive: true, force: true }));

test('the audit tells a row changed by hand, what was erased and what Temporal was not asked', async () => {
  const audit = promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'audit'], {
    env: { PATH: process.env.PATH, FENGHUO_DATA: dataDir },
  });
  const { code, stdout } = (await audit.catch((failed: { code: number; stdout: string }) => failed)) as {
    code: number;
    stdout: string;
  };
  expect(stdout.trim().split('\n')).toEqual([
    'No server runs: the register was read by itself.',
    `WS-2026-0001 entry ${first}: ERASED_UNRECORDED: a personal value of it was erased, and no erasure is on record`,
    'WS-2026-0001: CHANGED_PROJECTION: table incident: the row of the incident is not what the timeline says: status',
    `1 incidents, ${incident.entries.length} entries, 2 problems`,
    `${erased} personal values erased`,
    '1 incidents not compared with Temporal',
  ]);
  expect(code).toBe(1);
}, 240_000);

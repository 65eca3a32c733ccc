import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { readConfig } from '../config.ts';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { addRegisterMetrics } from '../metrics/register-metrics.ts';
import { lastBackup, noteBackup } from '../store/backups.ts';
import { listChanges } from '../store/changes.ts';
import { openRegister, type Register } from '../store/open.ts';
import { backUpFolder } from './back-up-folder.ts';

const key = generateKey();
const keyring = parseKeyring(key);
let place: string;
let dataDir: string;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'fenghuo-noted-'));
  dataDir = join(place, 'data');
  const register = await openRegister({ dataDir, keyring });
  await register.close();
  await writeFile(join(dataDir, 'temporal.db'), '');
});
afterAll(() => rm(place, { recursive: true, force: true }));

const backUp = async () =>
  backUpFolder(
    await mkdtemp(join(place, 'backups-')),
    readConfig({ FENGHUO_DATA: dataDir, FENGHUO_KEYS: key }),
  );

async function look<T>(at: (register: Register) => Promise<T>): Promise<T> {
  const register = await openRegister({ dataDir, keyring });
  try {
    return await at(register);
  } finally {
    await register.close();
  }
}

/** The age as Prometheus reads it; null where the metric has no value. */
async function ageShown(register: Register): Promise<number | null> {
  const metrics = createMetrics();
  addRegisterMetrics(metrics, register);
  const [, age] = /^fenghuo_backup_age_seconds (\S+)$/m.exec(await metrics.text()) ?? [];
  return age === undefined ? null : Number(age);
}

test('the register knows the last whole back-up and how old it is, and has no age where there was none', async () => {
  expect(await look(async (register) => [await lastBackup(register), await ageShown(register)])).toEqual([
    null,
    null,
  ]);

  const { folder, manifest, unnoted } = await backUp();
  expect(unnoted).toBeNull();
  const { begunAt, takenAt } = manifest;
  await look(async (register) => {
    expect(await lastBackup(register)).toMatchObject({ name: basename(folder), begunAt, takenAt });
    const [noted] = await listChanges(register, { area: 'operations', limit: 1 });
    expect(noted).toMatchObject({ via: 'cli', subject: 'register', to: { act: 'backedUp', begunAt } });

    // The newest counts, and its age is from its beginning: what came while it ran may not be in it.
    const [hourAgo, later] = [3_600_000, 0].map((ms) => new Date(Date.now() - ms).toISOString());
    await noteBackup(register, 'os:test', { name: 'older', begunAt: hourAgo!, takenAt: later! });
    expect((await lastBackup(register))!.name).toBe('older');
    expect(await ageShown(register)).toBeGreaterThanOrEqual(3_600);
  });
});

test('a back-up that cannot be noted is whole all the same, and it is said why', async () => {
  await look((register) => register.db.execute(sql`update change_head set hash = repeat('0', 64)`));
  const { folder, unnoted } = await backUp();
  expect(basename(folder)).toMatch(/^fenghuo-/);
  expect(unnoted).toContain('fenghuo changes verify');
});

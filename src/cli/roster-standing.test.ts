import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { openTestApi, type TestApi } from '../api/testing.ts';
import type { KeptLooking } from '../keep-looking.ts';
import { keepRostersLive } from '../live-rosters.ts';
import { liveOrganisation } from '../people/live-organisation.ts';
import { loadOrganisation } from '../people/organisation.ts';
import { addEdition } from '../store/rosters.ts';
import { commandOf } from './command.ts';
import { COMMANDS } from './commands.ts';

/** What the roster's commands say of rosters that were imported: a real server is asked for them. */
const FILE = 'plans/organisation.sample.yaml';
const live = liveOrganisation(loadOrganisation(FILE));
const environment = { ...process.env };
let api: TestApi;
let rosters: KeptLooking;

beforeAll(async () => {
  api = await openTestApi(live.organisation);
  rosters = keepRostersLive(api.register, live);
  await api.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = api.app.server.address() as AddressInfo;
  process.env = { ...environment, PORT: String(port), FENGHUO_API_KEY: api.key };
  const night = { name: '夜班', from: '17:30', to: '08:30' };
  const dated = [{ date: '2026-03-09', as: 'officer' as const, shift: 'night', people: ['jia-2'] }];
  const edition = { body: 'jia', json: { shifts: { night }, dated }, by: 'test', sourceHash: 'f'.repeat(64) };
  await addEdition(api.register, edition, 0, (nr) => ({
    area: 'roster',
    subject: 'roster jia',
    by: 'test',
    via: 'test',
    from: null,
    to: { edition: nr },
  }));
  await rosters.refresh();
});
afterAll(async () => {
  process.env = environment;
  rosters.stop();
  await api.close();
});

/** Runs a command in this process; gives its exit status and what it said. */
async function fenghuo(...words: string[]): Promise<{ code: number; said: string }> {
  const out = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  const err = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    const { command, rest } = commandOf(COMMANDS, words)!;
    const code = await command.run(rest);
    return { code, said: [...out.mock.calls, ...err.mock.calls].flat().join('\n') };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

const FROM = ['--from', '2026-03-09'];

test('roster show has the imported roster; of a file that is named, that alone', async () => {
  expect(await fenghuo('roster', 'show', 'jia', ...FROM, '--days', '1')).toEqual({
    code: 0,
    said: `甲镇司法所 (judicialOffice), Asia/Shanghai
  2026-03-09 00:00 – 2026-03-09 17:30  nobody
  2026-03-09 17:30 – 2026-03-10 00:00  测试甲二 (officer, 夜班, dated)
Told after them, in this order: 测试甲一、测试甲二`,
  });
  const { said } = await fenghuo('roster', 'show', 'jia', ...FROM, '--organisation', FILE);
  expect(said).toContain('no roster: the contacts below, at any hour');
});

test('roster guard finds the gaps of the imported roster; of a file that is named, its own alone', async () => {
  const { code, said } = await fenghuo('roster', 'guard', ...FROM, '--days', '2');
  expect(code).toBe(1);
  expect(said).toMatch(/^The rosters that stand: \d+ finding\(s\) in 2 day\(s\)\n/);
  expect(said).toContain('  gap: 甲镇司法所：3月10日 08:30至3月11日 00:00无人值班\n');
  expect(said).toContain('从未确认过能够送达'); // which only the register knows
  const offline = await fenghuo('roster', 'guard', ...FROM, '--days', '2', '--organisation', FILE);
  expect(offline.said).toMatch(/^plans\/organisation\.sample\.yaml: /);
  expect(offline.said).not.toContain('无人值班');
});

test('a body that is none is named with those there are, and without a server it is said what to do', async () => {
  const unknown = await fenghuo('roster', 'show', 'nowhere');
  expect([unknown.code, unknown.said]).toEqual([1, expect.stringContaining('UNKNOWN_BODY')]);
  process.env.PORT = '1';
  for (const words of [['show', 'jia'], ['guard']]) {
    const { code, said } = await fenghuo('roster', ...words);
    expect([code, said]).toEqual([1, expect.stringContaining('NO_SERVER')]);
    expect(said).toContain('--organisation FILE');
  }
});

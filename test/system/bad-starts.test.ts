import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { refusedStart } from '../harness/start-process.ts';
import { makeDataFolder, startSystem } from '../harness/system.ts';

/** Starts that cannot be: each ends with exit code 1 and says what is wrong, where, and what is expected. */
jest.setTimeout(240_000);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-starts-'));
  await makeDataFolder(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A server that nobody needs to reach: none of these starts gets as far. */
const settings = (more: Record<string, string>) => ({
  FENGHUO_DATA: join(folder, 'data'),
  TEMPORAL_ADDRESS: '127.0.0.1:9',
  SMTP_URL: 'smtp://127.0.0.1:9',
  PORT: '0',
  ...more,
});

/** A copy of a file with mistakes: each text stands there and is replaced where it stands first. */
async function spoilt(source: string, mistakes: [string, string][]): Promise<string> {
  let text = await readFile(source, 'utf8');
  for (const [right, wrong] of mistakes) {
    expect(text).toContain(right);
    text = text.replace(right, wrong);
  }
  const copy = join(folder, 'spoilt.yaml');
  await writeFile(copy, text);
  return copy;
}

/** Every mistake has its line in the message, and there are no others. */
async function expectNamed(said: string, code: string, file: string, mistakes: [string, string][]) {
  expect(said).toContain(`${mistakes.length} problem(s) [${code}]`);
  const text = await readFile(file, 'utf8');
  for (const [, wrong] of mistakes) {
    const line = text.slice(0, text.indexOf(wrong)).split('\n').length;
    expect(said).toMatch(new RegExp(`line ${line}, column \\d+, \\S+: .+; expected: .+`));
  }
}

test('ten mistakes in a plan are named all ten, each with its line', async () => {
  const mistakes: [string, string][] = [
    ['edition: 2026-01-01', 'edition: 2026-13-01'],
    ['timeZone: Asia/Shanghai', 'timeZone: Asia/Nowhere'],
    ['quietFor: PT30M', 'quietFor: half an hour'],
    ['reminders: 2', 'reminders: 9'],
    ['approvers: [leadingGroupOffice,', 'approvers: [leadingGroupOfice,'],
    ['judicialOffice: { name: 司法所 }', 'judicialOffice: { name: 社区矫正对象 }'],
    ['{ party: townshipDutyLeader, wait: PT6S }', '{ party: townshipDutyLeader }'],
    ['owner: judicialOffice', 'owner: nobody'],
    ['receiptWithin: PT8S', 'receiptWithin: P400D'],
    ['learnt: { name: 情况已了解,', 'closed: { name: 情况已了解,'],
  ];
  const FENGHUO_PLAN = await spoilt('plans/demonstration.yaml', mistakes);
  const { code, said } = await refusedStart(settings({ FENGHUO_PLAN }));
  expect(code).toBe(1);
  await expectNamed(said, 'PLAN_INVALID', FENGHUO_PLAN, mistakes);
});

test('ten mistakes in an organisation are named all ten', async () => {
  const mistakes: [string, string][] = [
    ['key: sample', 'key: Sample'],
    ['numberPrefix: YS', 'numberPrefix: 演示'],
    ['contacts: [jia-1, jia-2]', 'contacts: [jia-1, jia-9]'],
    ['name: 乙镇司法所', 'name: ""'],
    ['callBack: 000-0000-0301', 'callBack: none'],
    ['serves: [jia]', 'serves: [ding]'],
    ['party: bureauChief', 'party: bureau chief'],
    ['post: 所长', 'post: ""'],
    ['body: general-office', 'body: no-office'],
    ['email: city-1@example.invalid', 'email: city-1'],
  ];
  const FENGHUO_ORGANISATION = await spoilt('plans/organisation.sample.yaml', mistakes);
  const { code, said } = await refusedStart(settings({ FENGHUO_ORGANISATION }));
  expect(code).toBe(1);
  await expectNamed(said, 'ORGANISATION_INVALID', FENGHUO_ORGANISATION, mistakes);
});

test('a file that is not there, or not UTF-8, is named', async () => {
  const missing = await refusedStart(settings({ FENGHUO_PLAN: join(folder, 'none.yaml') }));
  expect([missing.code, missing.said]).toEqual([1, expect.stringContaining('cannot be read (ENOENT)')]);
  const gbk = join(folder, 'gbk.yaml');
  await writeFile(gbk, Buffer.from([0xd4, 0xa4, 0xb0, 0xb8]));
  const refused = await refusedStart(settings({ FENGHUO_PLAN: gbk }));
  expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('not UTF-8')]);
});

test('every bad setting is named at once with what is expected, and no secret is shown', async () => {
  const bad = {
    PORT: 'eighty',
    PUBLIC_URL: 'fenghuo.example',
    FENGHUO_API_KEY: 'short-secret',
    FENGHUO_KEYS: 'k1:c2VjcmV0LXRoYXQtaXMtdG9vLXNob3J0',
    DATABASE_URL: 'mysql://user:secret-of-the-database@127.0.0.1/x',
    TEMPORAL_ADDRESS: 'localhost',
    TEMPORAL_TLS_CERT: '/tmp/cert.pem',
    SMTP_URL: 'http://user:secret-of-the-mail@127.0.0.1',
    MAIL_FROM: 'nobody',
  };
  const { code, said } = await refusedStart(settings(bad));
  expect(code).toBe(1);
  expect(said).toContain('CONFIG_INVALID');
  for (const name of Object.keys(bad)) expect(said).toMatch(new RegExp(`^  ${name}: .+`, 'm'));
  for (const secret of ['short-secret', 'c2VjcmV0', 'secret-of']) expect(said).not.toContain(secret);
});

test('a Temporal command that does not run, a data folder that is none and a port that is taken are named', async () => {
  const { TEMPORAL_ADDRESS: _, ...embedded } = settings({
    FENGHUO_TEMPORAL_CLI: join(folder, 'no-temporal'),
  });
  const noCli = await refusedStart(embedded);
  expect([noCli.code, noCli.said]).toEqual([1, expect.stringContaining('FENGHUO_TEMPORAL_CLI')]);

  const file = join(folder, 'a-file');
  await writeFile(file, '');
  const noFolder = await refusedStart(settings({ FENGHUO_DATA: file }));
  expect([noFolder.code, noFolder.said]).toEqual([1, expect.stringContaining('DATA_FOLDER_NOT_WRITABLE')]);

  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const PORT = String((taken.address() as AddressInfo).port);
  const noPort = await refusedStart(settings({ PORT }));
  taken.close();
  expect([noPort.code, noPort.said]).toEqual([1, expect.stringMatching(/PORT: a free port.*EADDRINUSE/)]);
});

test('a second start on the same data folder ends naming the first, which goes on', async () => {
  const system = await startSystem();
  try {
    const second = await refusedStart(settings({ FENGHUO_DATA: system.dataDir }));
    expect(second.code).toBe(1);
    expect(second.said).toContain('DATA_FOLDER_IN_USE');
    expect(second.said).toContain(`pid ${system.pid()}`);
    expect((await system.get('/readyz')).status).toBe(200);
  } finally {
    await system.leave();
  }
});

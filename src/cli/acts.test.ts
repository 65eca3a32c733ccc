import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { helpOf, commandOf } from './command.ts';
import { COMMANDS } from './commands.ts';

/** What the commands ask of a server and what they make of its answers; the real one is asked in `test/system`. */
const ID = '00000000-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-4000-8000-000000000002';
const SECRET = 'fh_a-key-that-is-long-enough';

let folder: string;
let port: string;
let server: FastifyInstance;
let asked: { method: string; url: string; body: unknown; key: unknown }[];
let answer: { status: number; body: unknown };
const environment = { ...process.env };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fenghuo-acts-'));
  server = Fastify();
  server.get('/api/incidents', async () => [
    { id: OTHER, number: 'YS-2026-00010' },
    { id: ID, number: 'YS-2026-0001' },
  ]);
  server.all('/*', async ({ method, url, body, headers }, reply) => {
    asked.push({ method, url, body, key: headers['idempotency-key'] });
    if (headers.authorization !== `Bearer ${SECRET}`) return reply.code(401).send({ code: 'NO_KEY' });
    return reply.code(answer.status).send(answer.body);
  });
  const address = await server.listen({ port: 0, host: '127.0.0.1' });
  port = new URL(address).port;
  writeFileSync(join(folder, 'api-key'), `${SECRET}\n`);
});
afterAll(async () => {
  process.env = environment;
  await server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  process.env = { PORT: port, FENGHUO_DATA: folder };
  asked = [];
  answer = { status: 200, body: {} };
});

interface Run {
  code: number;
  out: string;
  err: string;
}

/** Runs a command in this process. Rejects where `fenghuo` ends with 2. */
async function fenghuo(...words: string[]): Promise<Run> {
  const out = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  const err = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const said = (spy: typeof out): string => spy.mock.calls.flat().join('\n');
  try {
    const { command, rest } = commandOf(COMMANDS, words)!;
    const code = await command.run(rest);
    return { code, out: said(out), err: said(err) };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

const by = ['--by', 'jia-1'];
const because = [...by, '--reason', '测试理由'];
const shown = [...by, '--evidence', '测试证据'];
const BECAUSE = { by: 'jia-1', reason: '测试理由' };
const SHOWN = { by: 'jia-1', evidence: '测试证据' };

test.each([
  [
    ['outcome', ID, '1.search', 'searchFailed', ...shown],
    'stages/1.search/outcome',
    { ...SHOWN, outcome: 'searchFailed' },
  ],
  [['switch', ID, 'violentAct', ...because], 'branch', { ...BECAUSE, branch: 'violentAct' }],
  [['still-responding', ID, ...by], 'still-responding', { by: 'jia-1' }],
  [['take-over', ID, ...because], 'take-over', { ...BECAUSE, stage: null }],
  [['take-over', ID, '1.search', ...because], 'take-over', { ...BECAUSE, stage: '1.search' }],
  [
    ['subjects', ID, ...by, '--subject', '测试一', '--subject', '测试二'],
    'subjects',
    { by: 'jia-1', subjects: [{ name: '测试一' }, { name: '测试二' }] },
  ],
  [
    ['states', ID, ...by, '--subject', '2', '--safety', 'safe'],
    'subjects/states',
    { by: 'jia-1', changes: [{ subject: 2, safety: 'safe', outcome: null, note: null }] },
  ],
  [
    ['facts', ID, 'enrolled=yes', 'place=a=b', ...by],
    'facts',
    { by: 'jia-1', facts: { enrolled: 'yes', place: 'a=b' } },
  ],
  [
    ['facts', ID, 'minor=no', ...by, '--subject', '3'],
    'facts',
    { by: 'jia-1', subjects: [{ subject: 3, minor: 'no' }] },
  ],
  [
    ['add-report', ID, 'followUpReport', ...by, '--place', '测试地点'],
    'reports',
    { by: 'jia-1', kind: 'followUpReport', elements: { place: '测试地点' } },
  ],
  [
    ['document', 'draft', ID, ...by, '--template', 'police-notice'],
    'documents',
    { by: 'jia-1', template: 'police-notice' },
  ],
  [
    ['document', 'sign', ID, OTHER, ...by, '--digest', 'abc'],
    `documents/${OTHER}/signature`,
    { by: 'jia-1', digest: 'abc' },
  ],
  [['merge', ID, OTHER, ...because], 'merge', { ...BECAUSE, into: OTHER }],
  [
    ['sub-case', ID, 'abscondingSearch', ...because, '--subject', '7', '--situation', '测试'],
    'sub-cases',
    { ...BECAUSE, branch: 'abscondingSearch', subjects: [7], situation: '测试' },
  ],
  [
    [
      'register-receipt',
      ID,
      '1.policeCall',
      'policeStation',
      ...by,
      '--channel',
      'phone',
      '--told',
      '2026-03-07T02:20:00+08:00',
      '--number',
      '139 0000 0001',
    ],
    'receipts',
    {
      by: 'jia-1',
      stage: '1.policeCall',
      party: 'policeStation',
      channel: 'phone',
      toldAt: '2026-03-07T02:20:00+08:00',
      caller: { name: null, number: '139 0000 0001' },
    },
  ],
  [['revoke-link', ID, 'a/1.b/1/c/0/0', ...because], 'messages/revoke', { ...BECAUSE, key: 'a/1.b/1/c/0/0' }],
  [
    ['call', ID, ...by, '--party', 'policeStation', '--number', '139 0000 0001', '--at', 'T', '--unanswered'],
    'calls',
    { by: 'jia-1', to: { party: 'policeStation' }, number: '139 0000 0001', at: 'T', answered: false },
  ],
  [['response-ended', ID, ...shown], 'response-ended', SHOWN],
  [['close', ID, ...shown, '--false-alarm'], 'closing', { ...SHOWN, as: 'falseAlarm' }],
  [['approve', ID, ...because, '--refuse'], 'closing/approval', { ...BECAUSE, approve: false }],
  [
    [
      'corrective-action',
      ID,
      ...by,
      '--owner',
      'judicialOffice',
      '--due',
      '2034-01-01T00:00:00Z',
      '--action',
      '测试',
    ],
    'corrective-actions',
    { by: 'jia-1', owner: 'judicialOffice', dueAt: '2034-01-01T00:00:00Z', action: '测试' },
  ],
])('%j is one act of the incident', async (words, path, body) => {
  const { code, out } = await fenghuo(...words, '--json');
  expect({ code, out }).toEqual({ code: 0, out: '{}' });
  expect(asked).toMatchObject([{ method: 'POST', url: `/api/incidents/${ID}/${path}`, body }]);
  expect(asked[0]!.body).toEqual(body);
});

test('a shift is handed over and accepted', async () => {
  const duty = {
    number: 'YS-2026-0001',
    stage: '1.search',
    stageName: '查找',
    dueAt: null,
    skipped: 'StageEnded',
  };
  answer.body = {
    id: OTHER,
    from: 'jia-1',
    to: 'jia-2',
    offeredAt: '2026-03-07T00:00:00.000Z',
    acceptedAt: null,
    note: null,
    duties: [duty],
  };
  const offered = await fenghuo('handover', '--from', 'jia-1', '--to', 'jia-2');
  expect(offered.out).toMatch(/jia-1 → jia-2 {2}offered 2026-03-07 08:00 {2}OPEN\n.*left: StageEnded/);
  await fenghuo('accept-handover', OTHER, '--by', 'jia-2');
  expect(asked.map(({ url, body }) => [url, body])).toEqual([
    ['/api/handovers', { from: 'jia-1', to: 'jia-2' }],
    [`/api/handovers/${OTHER}/accept`, { by: 'jia-2' }],
  ]);
  answer.body = [];
  await fenghuo('handovers', '--status', 'offered');
  expect(asked[2]!.url).toBe('/api/handovers?status=offered');
});

test('an incident is called by its whole number, or by nothing', async () => {
  answer.body = { until: '2026-03-07T00:00:00.000Z' };
  expect(await fenghuo('still-responding', 'YS-2026-0001', ...by)).toMatchObject({ code: 0 });
  expect(asked[0]!.url).toBe(`/api/incidents/${ID}/still-responding`);
  const { code, err } = await fenghuo('still-responding', 'YS-2026-000', ...by);
  expect(code).toBe(1);
  expect(err).toBe(
    'UNKNOWN_INCIDENT: no incident has the number YS-2026-000\n  Give its whole number or its id: fenghuo incidents lists both.',
  );
  expect(asked).toHaveLength(1);
});

test('a report carries what was typed over what its file holds, under a key of its own', async () => {
  const file = join(folder, 'report.json');
  writeFileSync(
    file,
    JSON.stringify({ office: 'yi', situation: '测试', subjects: [{ name: '测试一', file: '一' }] }),
  );
  answer.body = { id: ID, number: null, branches: [], missing: ['place'], marks: [] };
  const { code, out } = await fenghuo(
    'report',
    '--office',
    'jia',
    '--type',
    'riskSign',
    '--body',
    file,
    '--key',
    'one',
  );
  expect({ code, out }).toEqual({ code: 0, out: `accepted: the number follows\nid ${ID}\nmissing: place` });
  expect(asked).toEqual([
    {
      method: 'POST',
      url: '/api/incidents',
      key: 'one',
      body: {
        office: 'jia',
        eventType: 'riskSign',
        situation: '测试',
        subjects: [{ name: '测试一', file: '一' }],
      },
    },
  ]);
  await fenghuo('report', '--body', file);
  expect(asked[1]!.key).toMatch(/^[0-9a-f-]{36}$/);
});

test('a refusal shows its code, its title, what to do and what else the server says, and ends with 1', async () => {
  answer = {
    status: 422,
    body: {
      type: 'urn:x',
      status: 422,
      code: 'UNKNOWN_BRANCH',
      title: '预案没有此处置分支',
      detail: 'Choose one.',
      branches: ['riskSigns'],
    },
  };
  const words = ['switch', ID, 'flood', ...because];
  expect(await fenghuo(...words)).toEqual({
    code: 1,
    out: '',
    err: 'UNKNOWN_BRANCH: 预案没有此处置分支\n  Choose one.\n  branches: ["riskSigns"]',
  });
  const raw = await fenghuo(...words, '--json');
  expect(raw).toMatchObject({ code: 1, err: '' });
  expect(JSON.parse(raw.out)).toEqual(answer.body);
});

test('where nothing answers, an act that counts says how to send it again', async () => {
  answer = {
    status: 503,
    body: { status: 503, code: 'TEMPORAL_UNAVAILABLE', title: '系统暂时不可用', detail: 'Try again.' },
  };
  const words = ['report', '--office', 'jia', '--situation', '测试', '--key', 'one'];
  expect((await fenghuo(...words)).err).toContain(
    'Try again. Sent again with --key one it does not count twice.',
  );
  process.env.PORT = '1';
  const { code, err } = await fenghuo(...words);
  expect(code).toBe(1);
  expect(err).toMatch(/^NO_SERVER: no usable answer from http:\/\/127\.0\.0\.1:1\n.*--key one/);
});

test('without a key the command says where to get one', async () => {
  process.env.FENGHUO_DATA = join(folder, 'elsewhere');
  expect(await fenghuo('show', ID)).toMatchObject({
    code: 1,
    err: expect.stringContaining('FENGHUO_API_KEY'),
  });
});

test.each([
  [['switch', ID], 'switch takes INCIDENT BRANCH'],
  [['switch', ID, 'riskSigns', 'more', ...because], 'switch takes INCIDENT BRANCH'],
  [['switch', ID, 'riskSigns', '--by', 'jia-1'], 'switch needs --reason'],
  [['report'], 'report needs --office, --situation'],
  [['incidents', 'all'], 'incidents takes no words'],
  [['show', ID, '--loud'], "Unknown option '--loud'"],
  [['facts', ID, 'place', ...by], 'NAME=VALUE'],
  [['report', '--body', 'package.json'], 'report needs --office'],
  [['report', '--body', 'README.md'], 'expected a JSON object'],
])('%j cannot be meant', async (words, says) => {
  await expect(fenghuo(...words)).rejects.toThrow(says);
  expect(asked).toEqual([]);
});

test('every command tells its options and has an example', () => {
  for (const command of COMMANDS) {
    expect(command.example).toContain(`fenghuo ${command.name}`);
    const help = helpOf(command);
    expect(help).toContain(command.example);
    for (const line of command.help ?? []) expect(help).toContain(line);
  }
});

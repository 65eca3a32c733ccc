import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import JSZip from 'jszip';
import { addUser, PASSWORD } from '../harness/browser.ts';
import { createHttp } from '../harness/http.ts';
import { report, type LiveIncident } from '../harness/incident.ts';
import { LONG_PLAN, startSystem, type System } from '../harness/system.ts';
import { until } from '../harness/until.ts';

/** What remains of an incident when it is closed, and that nobody needs this system to believe it. */
let system: System;
let incident: LiveIncident;
let folder: string;
let bundle: Buffer;
let fingerprint: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-bundle-'));
  system = await startSystem({ plan: LONG_PLAN });
}, 240_000);
afterAll(async () => {
  await system?.leave();
  await rm(folder, { recursive: true, force: true });
});

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** The headers of a bureau leader's session. */
async function signedInLeader(): Promise<Record<string, string>> {
  await addUser(system, { name: 'chief', role: 'bureauLeader', person: 'chief', jurisdiction: 'banner' });
  const ours = { 'x-fenghuo': '1' };
  const body = { name: 'chief', password: PASSWORD };
  const { headers } = await createHttp(system.url, null).post('/api/session', body, ours);
  return { ...ours, cookie: String(headers.get('set-cookie')).split(';')[0]! };
}

/** The command as an inspector runs it: no server, no database, no key. */
async function audited(bytes: Buffer): Promise<{ code: number; lines: string[] }> {
  const path = join(folder, 'bundle.zip');
  await writeFile(path, bytes);
  const words = ['--import', 'tsx', 'src/cli.ts', 'audit', path, '--key', fingerprint];
  const env = { PATH: process.env.PATH, FENGHUO_DATA: join(folder, 'nothing-here') };
  const ran = promisify(execFile)(process.execPath, words, { env });
  const { code = 0, stdout } = (await ran.catch((failed: unknown) => failed)) as {
    code?: number;
    stdout: string;
  };
  return { code, lines: stdout.trim().split('\n') };
}

async function flipped(path: string): Promise<Buffer> {
  const zip = await JSZip.loadAsync(bundle);
  const content = await zip.file(path)!.async('nodebuffer');
  const at = Math.floor(content.length / 2);
  content[at] = content[at]! ^ 1;
  zip.file(path, content);
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

test('an incident is closed: its bundle is there by itself, with the histories of all its runs', async () => {
  incident = await report(system, { eventType: 'outOfSupervision' });
  const place = `/api/incidents/${incident.id}`;
  await until('the photo is taken', async () => {
    const { status } = await fetch(`${system.url}${place}/attachments?by=jia-1`, {
      method: 'POST',
      body: new Uint8Array(PNG),
      headers: {
        authorization: `Bearer ${system.apiKey}`,
        'content-type': 'image/png',
        'x-file-name': 'photo.png',
      },
    });
    return status === 200;
  });
  const drafted = await incident.act<{ id: string; digest: string }>('documents', {
    by: 'jia-1',
    template: 'police-notice',
  });
  expect(drafted.status).toBe(201);
  const { id, digest } = drafted.body;
  await until('it is signed, and the timeline says so', async () => {
    const { body } = await incident.act<object>(`documents/${id}/signature`, { by: 'deputy-1', digest });
    return 'onTimeline' in body && body.onTimeline === true;
  });
  await incident.close();
  const state = await until('the bundle is kept', async () => {
    const { body } = await system.get<{ bundle: { size: number } | null; key: { fingerprint: string } }>(
      `${place}/archive`,
    );
    return body.bundle && body;
  });
  fingerprint = state.key.fingerprint;
  const answer = await fetch(`${system.url}${place}/bundle`, {
    headers: { authorization: `Bearer ${system.apiKey}` },
  });
  bundle = Buffer.from(await answer.arrayBuffer());
  expect([answer.status, bundle.length]).toEqual([200, state.bundle?.size]);
  const names = Object.keys((await JSZip.loadAsync(bundle)).files);
  const histories = names.filter((name) => name.startsWith('histories/0')).map((name) => name.slice(13));
  expect(histories).toEqual(['abscondingSearch.json', 'aftermath.json']);
  expect((await system.post('/api/audit')).body).toMatchObject({ unanchored: 0, problems: [] });
}, 240_000);

test('two people erase it, from Temporal too; the register verifies, and the bundle from before is what it was', async () => {
  const place = `erasure`;
  const proposed = await incident.act<{ id: string }>(place, {
    by: 'jia-1',
    basis: 'law',
    legalBasis: '个人信息保护法第四十七条',
    reason: '测试理由',
  });
  expect(proposed.status).toBe(201);
  const decision = { erasure: proposed.body.id, approve: true };
  const byKey = await incident.act(`${place}/decision`, { ...decision, by: 'deputy-1' });
  expect(byKey.body).toMatchObject({ code: 'ACCOUNT_REQUIRED' });
  const leader = await signedInLeader();
  const anybody = createHttp(system.url, null);
  const decided = await anybody.post(`/api/incidents/${incident.id}/${place}/decision`, decision, leader);
  expect(decided.body).toMatchObject({ decision: 'approved', temporal: 'erased' });
  expect((await system.post('/api/audit')).body).toMatchObject({
    problems: [],
    erasures: [{ legalBasis: '个人信息保护法第四十七条' }],
  });
  expect(JSON.stringify((await incident.detail()).timeline)).not.toContain('测试情况');
}, 240_000);

test('without the server the bundle verifies, and one flipped byte in any file is named', async () => {
  await system.leave();
  const whole = await audited(bundle);
  expect([whole.code, whole.lines.at(-1)]).toEqual([0, '0 problems']);
  const names = Object.keys((await JSZip.loadAsync(bundle)).files);
  // Each kind of file once.
  const kinds = [
    'index.html',
    'timeline.jsonl',
    'plan.yaml',
    'signature.json',
    'manifest.json',
    ...[/^documents\/.*docx$/, /^documents\/0.*json$/, /^attachments\/0/, /^histories\/0/].map((kind) =>
      names.find((name) => kind.test(name))!,
    ),
  ];
  for (const name of kinds) {
    const { code, lines } = await audited(await flipped(name));
    const named = name === 'manifest.json' ? 'signature.json' : name; // it is not what was signed any more
    expect([name, code, lines.some((line) => line.startsWith(`${named}: `))]).toEqual([name, 1, true]);
  }
  const { code, lines } = await audited(bundle.subarray(0, bundle.length - 100));
  expect([code, lines[0]]).toEqual([1, expect.stringMatching(/^TRUNCATED: /)]);
}, 240_000);

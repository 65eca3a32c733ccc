import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import JSZip from 'jszip';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import { createHash } from 'node:crypto';
import type { SampleIncident } from '../store/sample-incident.ts';
import { ZIP_LIMITS } from './open-zip.ts';
import { makeBundle } from './make.ts';
import { bundleKey, signManifest } from './signing.ts';
import { archivedIncident, openTestArchive } from './testing.ts';
import { verifyBundle } from './verify.ts';

let archive: Awaited<ReturnType<typeof openTestArchive>>;
let incident: SampleIncident;
let folder: string;
let whole: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-bundle-'));
  archive = await openTestArchive();
  incident = await archivedIncident(archive.register);
  const made = await makeBundle(archive, incident.id);
  whole = await buffer(await made!.zip());
}, 240_000);
afterAll(async () => {
  await archive.close();
  await rm(folder, { recursive: true, force: true });
});

const keyOf = () => bundleKey(archive.register.keyring).fingerprint;

async function verified(bytes: Buffer, options: Parameters<typeof verifyBundle>[1] = {}) {
  const path = join(folder, 'bundle.zip');
  await writeFile(path, bytes);
  return verifyBundle(path, { key: keyOf(), ...options });
}
const codes = async (bytes: Buffer, options?: Parameters<typeof verifyBundle>[1]) =>
  (await verified(bytes, options)).problems.map(
    ({ code, file, seq }) => `${code} ${file ?? '-'}${seq === null ? '' : ` ${seq}`}`,
  );

/** The bundle with some files other than they were; null takes one away. */
async function changed(files: Record<string, ((old: string) => string | Buffer) | null>): Promise<Buffer> {
  const zip = await JSZip.loadAsync(whole);
  for (const [path, change] of Object.entries(files)) {
    if (change === null) zip.remove(path);
    else zip.file(path, change((await zip.file(path)?.async('string')) ?? ''));
  }
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

/** Somebody with our key: manifest and signature are made anew over what was changed. */
async function signedAnew(bytes: Buffer, keyring = archive.register.keyring): Promise<Buffer> {
  const zip = await JSZip.loadAsync(bytes);
  const manifest = JSON.parse(await zip.file('manifest.json')!.async('string'));
  manifest.files = manifest.files.filter(({ path }: { path: string }) => zip.file(path));
  for (const file of manifest.files) {
    const content = await zip.file(file.path)!.async('nodebuffer');
    file.size = content.length;
    file.sha256 = createHash('sha256').update(content).digest('hex');
  }
  const text = Buffer.from(JSON.stringify(manifest));
  zip.file('manifest.json', text);
  zip.file('signature.json', JSON.stringify(signManifest(keyring, text)));
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

test('a bundle as it was made holds', async () => {
  const report = await verified(whole);
  expect(report.problems).toEqual([]);
  expect(report.asWritten).toBe(true);
  expect(report).toMatchObject({ entries: incident.entries.length, erased: 0, erasures: [] });
  expect(report.manifest).toMatchObject({ number: 'WS-2026-0001', state: 'closed', incident: incident.id });
  const names = Object.keys((await JSZip.loadAsync(whole)).files);
  expect(names).toEqual([
    'index.html',
    'incident.json',
    'timeline.jsonl',
    'plan.yaml',
    'documents/documents.json',
    'documents/01-police-notice.json',
    'documents/01-police-notice.docx',
    'documents/01-police-notice-scan-01.pdf',
    'attachments/attachments.json',
    'attachments/01.jpg',
    'histories/runs.json',
    'histories/01-riskSigns.json',
    'histories/02-violentAct.json',
    'identity-readings.json',
    'erasures.json',
    'manifest.json',
    'signature.json',
  ]);
});

test('the page tells the incident in words, escapes what people wrote, and loads nothing from elsewhere', async () => {
  const page = await (await JSZip.loadAsync(whole)).file('index.html')!.async('string');
  for (const words of [
    'WS-2026-0001',
    '测试甲',
    '演司矫函〔2026〕1号',
    '启动 四（二） 苗头迹象',
    '如何核验',
    keyOf(),
  ])
    expect(page).toContain(words);
  expect(page).toContain('桥北 &lt;现场&gt;.jpg');
  expect(page).not.toMatch(/src=|https?:|<script|url\(/);
  expect(page).not.toMatch(/迟报|谎报|瞒报|漏报/);
  // A draft that nobody signed stays in the county.
  expect(whole.includes('草稿:不外传')).toBe(false);
  expect(page).toContain('另有 1 份草稿未经签发');
});

test('one flipped byte in any file is named', async () => {
  const zip = await JSZip.loadAsync(whole);
  for (const path of Object.keys(zip.files)) {
    const content = await zip.file(path)!.async('nodebuffer');
    const at = Math.floor(content.length / 2);
    content[at] = content[at]! ^ 1;
    const found = await codes(await changed({ [path]: () => content }));
    const named = path === 'manifest.json' ? 'signature.json' : path;
    expect([path, found.some((line) => line.split(' ')[1] === named)]).toEqual([path, true]);
  }
}, 240_000);

test('a byte that was flipped in the zip itself is named, wherever a file lies', async () => {
  const path = join(folder, 'flipped.zip');
  const everywhere = Array.from({ length: Math.ceil(whole.length / 499) }, (_, nr) => nr * 499);
  const around = Array.from({ length: 60 }, (_, nr) => [nr, whole.length - 1 - nr]).flat();
  for (const at of [...everywhere, ...around]) {
    const bytes = Buffer.from(whole);
    bytes[at] = bytes[at]! ^ 0x55;
    await writeFile(path, bytes);
    const { problems, asWritten } = await verifyBundle(path);
    expect([at, problems.length > 0 || !asWritten]).toEqual([at, true]);
  }
}, 240_000);

test('an entry that was changed is named by its number, also by somebody with our key', async () => {
  const found = changed({
    'timeline.jsonl': (old) => old.replace('"outcome":"called"', '"outcome":"other"'),
  });
  expect(await codes(await found)).toEqual([
    'CHANGED_FILE timeline.jsonl',
    'CHANGED_ENTRY timeline.jsonl 12',
  ]);
  expect(await codes(await signedAnew(await found))).toEqual(['CHANGED_ENTRY timeline.jsonl 12']);
});

test('personal values, documents, scans, attachments and the plan are held against the timeline', async () => {
  const swapped: [string, (old: string) => string, string][] = [
    ['timeline.jsonl', (old) => old.replace('测试甲', '测试乙'), 'CHANGED_PERSONAL timeline.jsonl 1'],
    ['documents/01-police-notice.json', (old) => old.replace('测试甲', '测试乙'), 'CHANGED_DOCUMENT documents/01-police-notice.json 26'],
    ['documents/01-police-notice-scan-01.pdf', (old) => `${old}!`, 'CHANGED_SCAN documents/01-police-notice-scan-01.pdf 27'],
    ['attachments/01.jpg', (old) => `${old}!`, 'CHANGED_ATTACHMENT attachments/01.jpg 28'],
    ['plan.yaml', (old) => `${old}\n#`, 'CHANGED_PLAN plan.yaml 1'],
    ['histories/02-violentAct.json', (old) => old.replace(/"seq": \d+/, '"seq": 3'), 'NOT_ANCHORED histories/runs.json 30'],
    ['histories/runs.json', (old) => JSON.stringify(JSON.parse(old).slice(1)), 'MISSING_HISTORY histories/runs.json'],
  ]; // prettier-ignore
  for (const [path, change, problem] of swapped)
    expect(await codes(await signedAnew(await changed({ [path]: change })))).toEqual([problem]);
});

test('a cut tail, a missing and a foreign file are named', async () => {
  const cut = (old: string) => `${old.trimEnd().split('\n').slice(0, -1).join('\n')}\n`;
  expect(await codes(await signedAnew(await changed({ 'timeline.jsonl': cut })))).toContain(
    'CUT_TAIL timeline.jsonl 30',
  );
  expect(await codes(await changed({ 'attachments/01.jpg': null }))).toEqual([
    'MISSING_FILE attachments/01.jpg',
  ]);
  expect(await codes(await changed({ 'more.txt': () => '?' }))).toEqual(['EXTRA_FILE more.txt']);
});

test('a file that every bundle has is missed also where the manifest does not name it', async () => {
  for (const path of ['index.html', 'incident.json', 'identity-readings.json', 'erasures.json'])
    expect(await codes(await signedAnew(await changed({ [path]: null })))).toEqual([`MISSING_FILE ${path}`]);
  const found = await codes(await signedAnew(await changed({ 'timeline.jsonl': null })));
  expect(found.slice(0, 2)).toEqual(['MISSING_FILE timeline.jsonl', 'CUT_TAIL timeline.jsonl 1']);
});

test('what somebody else made is told from ours', async () => {
  const forged = await signedAnew(whole, parseKeyring(generateKey()));
  expect(await codes(forged)).toEqual(['OTHER_KEY signature.json']);
  // Without our key's fingerprint it holds in itself, and says whose it is.
  const alone = await verified(forged, { key: undefined });
  expect(alone.problems).toEqual([]);
  expect(alone.signature?.fingerprint).not.toBe(keyOf());
  expect(await codes(await changed({ 'signature.json': null }))).toEqual([
    'MISSING_SIGNATURE signature.json',
  ]);
  expect(await codes(await changed({ 'manifest.json': null }))).toEqual(['MISSING_MANIFEST manifest.json']);
});

test('what is no bundle is refused before it is unpacked', async () => {
  expect(await codes(Buffer.from('no zip at all'))).toEqual(['NOT_A_ZIP -']);
  expect(await codes(Buffer.alloc(0))).toEqual(['NOT_A_ZIP -']);
  expect(await codes(whole.subarray(0, whole.length / 2))).toEqual(['TRUNCATED -']);

  const climbing = new JSZip();
  climbing.file('../outside.txt', '?', { createFolders: false });
  // The library that writes it cleans names, so the name is written over.
  const bytes = await climbing.generateAsync({ type: 'nodebuffer' });
  const evil = Buffer.from(bytes.toString('latin1').replaceAll('outside.txt', '../evil.txt'), 'latin1');
  expect((await codes(evil))[0]).toMatch(/^BAD_PATH .*\.\.\/evil\.txt$/);

  const bomb = new JSZip();
  bomb.file('manifest.json', Buffer.alloc(100 * 1024 ** 2));
  const packed = await bomb.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
  expect(await codes(packed)).toEqual(['TOO_LARGE -']);
  expect(await codes(whole, { limits: { ...ZIP_LIMITS, unpacked: 1_000 } })).toEqual(['TOO_LARGE -']);
  expect(await codes(whole, { limits: { ...ZIP_LIMITS, files: 3 } })).toEqual(['TOO_LARGE -']);
  await expect(readFile(join(folder, '../evil.txt'))).rejects.toThrow();
}, 240_000);

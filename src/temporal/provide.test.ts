import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { tempFolders } from '../../test/harness/temp-folders.ts';
import { provideTemporal, type TemporalUnavailableError, type ProvideOptions } from './provide.ts';

jest.setTimeout(60_000);

const RUNS = '#!/bin/sh\necho temporal version 1.5.1\n';
const BROKEN = '#!/bin/sh\necho no such machine >&2\nexit 126\n';

const newFolder = tempFolders();

let downloads: Server;
let origin: string;
/** What the download service answers with: an archive that holds this text as `temporal`; null is a 404. */
let offered: string | null = null;
let asked: string[] = [];

beforeAll(async () => {
  const scratch = newFolder('offer');
  downloads = createServer((request, response) => {
    asked.push(request.url!);
    if (offered === null) return void response.writeHead(404).end();
    if (request.url !== '/archive.tar.gz') {
      const body = { archiveUrl: `${origin}/archive.tar.gz`, fileToExtract: 'temporal' };
      return void response.end(JSON.stringify(body));
    }
    response.end(archiveOf(offered, scratch));
  });
  await new Promise<void>((done) => downloads.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(downloads.address() as AddressInfo).port}`;
});

afterAll(() => {
  downloads.close();
});

function archiveOf(script: string, scratch: string): Buffer {
  writeFileSync(join(scratch, 'temporal'), script);
  execFileSync('tar', ['-czf', 'offer.tar.gz', 'temporal'], { cwd: scratch });
  return readFileSync(join(scratch, 'offer.tar.gz'));
}

/** A machine of its own: what is on its PATH, what its cache folder holds, what the download service offers. */
async function machine(has: { onPath?: Record<string, string>; cached?: string; offered?: string }) {
  const path = newFolder('path');
  const cacheDir = newFolder('cache');
  for (const [name, script] of Object.entries(has.onPath ?? {})) await executable(join(path, name), script);
  if (has.cached !== undefined) {
    await mkdir(join(cacheDir, 'bin'));
    await executable(join(cacheDir, 'bin', 'temporal'), has.cached);
  }
  offered = has.offered ?? null;
  asked = [];
  const said: string[] = [];
  const options: ProvideOptions = { log: (line) => said.push(line), path, cacheDir, official: { origin } };
  return { path, cacheDir, said, kept: join(cacheDir, 'bin', 'temporal'), options };
}

async function executable(file: string, script: string): Promise<void> {
  await writeFile(file, script);
  await chmod(file, 0o755);
}

const refusal = (options: ProvideOptions): Promise<TemporalUnavailableError> =>
  provideTemporal(options).then(
    (file) => {
      throw new Error(`${file} was provided`);
    },
    (error: TemporalUnavailableError) => error,
  );

test('a given command is taken before all others, and nothing else is tried when it does not run', async () => {
  const { path, options } = await machine({ onPath: { temporal: RUNS, given: RUNS, broken: BROKEN } });
  expect(await provideTemporal({ ...options, cli: join(path, 'given') })).toBe(join(path, 'given'));
  const error = await refusal({ ...options, cli: join(path, 'broken') });
  expect(error.code).toBe('TEMPORAL_UNAVAILABLE');
  expect(error.message).toContain('no such machine');
  expect(error.message).toContain('FENGHUO_TEMPORAL_CLI');
});

test('a temporal on the PATH comes before the copy in the cache folder', async () => {
  const { path, options } = await machine({ onPath: { temporal: RUNS }, cached: RUNS, offered: RUNS });
  expect(await provideTemporal(options)).toBe(join(path, 'temporal'));
  expect(asked).toEqual([]);
});

test('one on the PATH that does not run is passed over for the copy in the cache folder', async () => {
  const { kept, options } = await machine({ onPath: { temporal: BROKEN }, cached: RUNS, offered: RUNS });
  expect(await provideTemporal(options)).toBe(kept);
  expect(asked).toEqual([]);
});

test('the official download replaces a broken copy and is kept for the next time', async () => {
  const { cacheDir, kept, options } = await machine({ cached: BROKEN, offered: RUNS });
  expect(await provideTemporal(options)).toBe(kept);
  expect(asked[0]).toMatch(/^\/cli\/v[0-9.]+\?arch=(amd64|arm64)&platform=(linux|darwin)&format=tar\.gz$/);
  expect(await readFile(kept, 'utf8')).toBe(RUNS);
  expect(await readdir(join(cacheDir, 'bin'))).toEqual(['temporal']);

  asked = [];
  expect(await provideTemporal(options)).toBe(kept);
  expect(asked).toEqual([]);
});

test('a download that does not run is not kept; Go then builds one', async () => {
  const go =
    '#!/bin/sh\necho "go: downloading modernc.org/sqlite" >&2\nprintf "#!/bin/sh\\n" > "$GOBIN/temporal"\n';
  const { cacheDir, kept, options, said } = await machine({ onPath: { go }, offered: BROKEN });
  expect(await provideTemporal(options)).toBe(kept);
  expect(await readdir(join(cacheDir, 'bin'))).toEqual(['temporal']);
  expect(said.join('\n')).toContain('about five minutes');
});

test('two builds at once leave one whole binary and nothing beside it', async () => {
  const go = '#!/bin/sh\nprintf "#!/bin/sh\\n" > "$GOBIN/temporal"\n';
  const { cacheDir, kept, options } = await machine({ onPath: { go } });
  const both = await Promise.all([provideTemporal(options), provideTemporal(options)]);
  expect(both).toEqual([kept, kept]);
  expect(await readdir(join(cacheDir, 'bin'))).toEqual(['temporal']);
});

test('what a killed build left is removed by the next', async () => {
  const { cacheDir, options } = await machine({ offered: RUNS });
  await mkdir(join(cacheDir, 'bin', '.work-4194399-left'), { recursive: true }); // above the highest pid
  await provideTemporal(options);
  expect(await readdir(join(cacheDir, 'bin'))).toEqual(['temporal']);
});

test('when every way failed, each is named with its reason and what to do', async () => {
  const go = '#!/bin/sh\necho "go: no space left on device" >&2\nexit 1\n';
  const { cacheDir, options } = await machine({ onPath: { temporal: BROKEN, go } });
  const error = await refusal(options);
  expect(error.code).toBe('TEMPORAL_UNAVAILABLE');
  expect(error.message).toMatch(/temporal on PATH: .*no such machine/);
  expect(error.message).toMatch(/cache folder: there is none/);
  expect(error.message).toMatch(/official download: .* answered 404/);
  expect(error.message).toMatch(/go install .*: go ended with 1: go: no space left on device/);
  expect(error.message).toMatch(/TEMPORAL_ADDRESS/);
  expect(await readdir(join(cacheDir, 'bin'))).toEqual([]);
});

test('a download service that cannot be reached or stays silent is given up soon', async () => {
  const { options } = await machine({ offered: RUNS });
  const deaf = createServer(() => {});
  await new Promise<void>((done) => deaf.listen(0, '127.0.0.1', done));
  const silent = `http://127.0.0.1:${(deaf.address() as AddressInfo).port}`;
  const unanswered = await refusal({ ...options, official: { origin: silent, silenceMs: 200 } });
  expect(unanswered.message).toContain(`no answer from ${silent} within 0.2 s`);
  deaf.closeAllConnections();
  await new Promise((done) => deaf.close(done));
  const refused = await refusal({ ...options, official: { origin: silent } });
  expect(refused.message).toMatch(/official download: fetch failed: .*ECONNREFUSED/);
});

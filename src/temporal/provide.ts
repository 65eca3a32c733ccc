import { spawn } from 'node:child_process';
import { access, chmod, constants, mkdir, rename } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cacheFolder, inWorkFolder } from './cache-folder.ts';
import { downloadOfficial, type OfficialSource } from './official-download.ts';
import { lastLines, runs } from './run-tool.ts';

/** Every way gives this release, so that a folder's database meets the same server whichever way served. */
const CLI_VERSION = 'v1.5.1';
const CLI_MODULE = 'github.com/temporalio/cli/cmd/temporal';
const PROGRESS_EVERY_MS = 5_000;

export interface ProvideOptions {
  log: (line: string) => void;
  /** A binary to take and nothing else: when it does not run there is no other try. */
  cli?: string;
  /** Where what was fetched is kept; the user's cache folder by default. */
  cacheDir?: string;
  /** Where commands are looked for, as `PATH` has it; this process's by default. */
  path?: string;
  /** Where the official download is asked for; for tests. */
  official?: OfficialSource;
}

/** No way gave a Temporal that runs; the message names each with its reason, and what to do. */
export class TemporalUnavailableError extends Error {
  override name = 'TemporalUnavailableError';
  readonly code = 'TEMPORAL_UNAVAILABLE';
}

/**
 * The path of a `temporal` command that runs, first that serves: `cli`, one on the `PATH`, the copy in the cache folder, the
 * official download, a build with Go (about five minutes, once; it says how far it is). What was downloaded
 * or built is kept in the cache folder. Throws {@link TemporalUnavailableError}.
 */
export async function provideTemporal({ log, ...options }: ProvideOptions): Promise<string> {
  const { cli, path = process.env.PATH ?? '', official, cacheDir = cacheFolder() } = options;
  if (cli !== undefined) return givenCli(cli);

  const bin = join(cacheDir, 'bin');
  const kept = join(bin, 'temporal');
  const failures: string[] = [];
  const ways: [name: string, attempt: () => Promise<string>][] = [
    ['temporal on PATH', async () => runs(await find('temporal', path), ['--version'])],
    ['the copy in the cache folder', async () => runs(await existing(kept), ['--version'])],
    ['the official download', () => keep(bin, kept, (work) => downloadCli(work, official, log))],
    [`go install ${CLI_MODULE}@${CLI_VERSION}`, () => keep(bin, kept, (work) => build(work, path, log))],
  ];
  for (const [name, attempt] of ways) {
    try {
      return await attempt();
    } catch (error) {
      failures.push(`  - ${name}: ${(error as Error).message}`);
    }
  }
  throw new TemporalUnavailableError(
    [
      'Temporal is needed and no way to it worked:',
      ...failures,
      'Do one of these and start again: put a `temporal` command on the PATH (https://docs.temporal.io/cli), name one in FENGHUO_TEMPORAL_CLI,',
      'install Go 1.25 or later (https://go.dev/dl), or set TEMPORAL_ADDRESS to a Temporal server that runs already.',
    ].join('\n'),
  );
}

async function givenCli(cli: string): Promise<string> {
  try {
    return await runs(cli, ['--version']);
  } catch (error) {
    throw new TemporalUnavailableError(
      `the Temporal command given, ${cli}, does not run (${(error as Error).message}): correct FENGHUO_TEMPORAL_CLI, or unset it to have one provided`,
    );
  }
}

async function existing(file: string): Promise<string> {
  await access(file, constants.X_OK).catch(() => {
    throw new Error(`there is none (${file})`);
  });
  return file;
}

async function find(command: string, path: string): Promise<string> {
  for (const folder of path.split(delimiter)) {
    if (folder === '') continue;
    const file = join(folder, command);
    if (
      await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  throw new Error('there is none');
}

/** Has `make` put a binary into a folder of its own and moves it to `kept` only when it runs: never half a binary. */
async function keep(bin: string, kept: string, make: (work: string) => Promise<string>): Promise<string> {
  await mkdir(bin, { recursive: true });
  return inWorkFolder(bin, async (work) => {
    const made = await make(work);
    await chmod(made, 0o755);
    await runs(made, ['--version']);
    await rename(made, kept);
    return kept;
  });
}

function downloadCli(work: string, source: OfficialSource | undefined, log: (line: string) => void) {
  return downloadOfficial({ artifact: 'cli', version: CLI_VERSION, folder: work, log, ...source });
}

/** Builds the CLI with Go into `work`. Go checks every module against its checksum database. */
async function build(work: string, path: string, log: (line: string) => void): Promise<string> {
  const go = await find('go', path).catch(() => {
    throw new Error('there is no go on the PATH');
  });
  log(`Building Temporal ${CLI_VERSION} with Go. This takes about five minutes, once; the result is kept.`);
  const child = spawn(go, ['install', '-v', `${CLI_MODULE}@${CLI_VERSION}`], {
    env: { ...process.env, PATH: path, GOBIN: work },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const started = Date.now();
  const seen = lastLines(child.stderr, 8);
  const progress = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    log(`  building Temporal, ${minutes(seconds)}: ${seen.lines.at(-1) ?? 'at work'}`);
  }, PROGRESS_EVERY_MS);
  try {
    const code = await new Promise<number | string>((done, failed) => {
      child.once('error', failed).once('close', (exit, signal) => done(exit ?? signal ?? 'no code'));
    });
    if (code !== 0) throw new Error(`go ended with ${code}: ${seen.lines.join(' | ')}`);
  } finally {
    clearInterval(progress);
  }
  log(`Temporal is built, in ${minutes(Math.round((Date.now() - started) / 1000))}.`);
  return join(work, 'temporal');
}

const minutes = (seconds: number): string => `${Math.floor(seconds / 60)} min ${seconds % 60} s`;

import { execFile } from 'node:child_process';
import { access, constants, cp, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, inWorkFolder } from '../../src/temporal/cache-folder.ts';
import { TEMPORAL_VERSION } from '../versions.ts';

const run = promisify(execFile);
const MODULE = 'go.temporal.io/server';

/** The server, its SQL tool and its tables' versions, by path. */
export interface TemporalServer {
  server: string;
  sqlTool: string;
  /** The folder that has `temporal/versioned` and `visibility/versioned`. */
  schema: string;
}

/** There is no Temporal server and none could be built; the message says what to do. */
export class TemporalServerMissing extends Error {
  override name = 'TemporalServerMissing';
  readonly code = 'TEMPORAL_SERVER_MISSING';
}

/**
 * The Temporal server of {@link TEMPORAL_VERSION}: the copy in the user's cache folder, else built with Go from its module, about five
 * minutes, once. Throws {@link TemporalServerMissing}.
 */
export async function provideTemporalServer(
  log: (line: string) => void,
  cacheDir = cacheFolder(),
): Promise<TemporalServer> {
  const kept = join(cacheDir, 'temporal-server', TEMPORAL_VERSION);
  const paths = (folder: string): TemporalServer => ({
    server: join(folder, 'server'),
    sqlTool: join(folder, 'sql'),
    schema: join(folder, 'schema'),
  });
  if (await isWhole(paths(kept))) return paths(kept);
  log(
    `Building the Temporal server ${TEMPORAL_VERSION} with Go. This takes about five minutes, once; the result is kept.`,
  );
  await mkdir(join(cacheDir, 'temporal-server'), { recursive: true });
  try {
    await inWorkFolder(join(cacheDir, 'temporal-server'), async (work) => {
      await build(work);
      await rename(work, kept);
    });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    const last = (stderr ?? message).trim().split('\n').at(-1);
    throw new TemporalServerMissing(
      `The Temporal server could not be built: ${last}\nInstall Go 1.25 or later (https://go.dev/dl) and see that Go modules can be fetched, then start again.`,
    );
  }
  return paths(kept);
}

/** Go checks every module against its checksum database. */
async function build(work: string): Promise<void> {
  const at = `@v${TEMPORAL_VERSION}`;
  const env = { ...process.env, GOBIN: work };
  await run('go', ['install', `${MODULE}/cmd/server${at}`, `${MODULE}/cmd/tools/sql${at}`], { env });
  const { stdout } = await run('go', ['mod', 'download', '-json', `${MODULE}${at}`], { env });
  const { Dir } = JSON.parse(stdout) as { Dir: string };
  await cp(join(Dir, 'schema/postgresql/v12'), join(work, 'schema'), { recursive: true });
  await run('chmod', ['-R', 'u+w', join(work, 'schema')]);
}

async function isWhole({ server, sqlTool, schema }: TemporalServer): Promise<boolean> {
  try {
    await Promise.all([access(server, constants.X_OK), access(sqlTool, constants.X_OK), access(schema)]);
    return true;
  } catch {
    return false;
  }
}

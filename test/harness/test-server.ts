import {
  TestWorkflowEnvironment,
  type TimeSkippingTestWorkflowEnvironmentOptions,
} from '@temporalio/testing';
import { access, chmod, constants, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, inWorkFolder } from '../../src/temporal/cache-folder.ts';
import { downloadOfficial, type OfficialSource } from '../../src/temporal/official-download.ts';
import { runs } from '../../src/temporal/run-tool.ts';

const VERSION = '1.38.0';
const ARTIFACT = 'temporal-test-server';
/** The SDK waits five seconds for its server; a JVM on a busy machine may need longer once. */
const STARTS = 3;

export interface TestServerOptions {
  log: (line: string) => void;
  /** A server to take and nothing else. */
  server?: string;
  /** Where what was fetched is kept; the user's cache folder by default. */
  cacheDir?: string;
  /** Where the official download is asked for; for tests. */
  official?: OfficialSource;
}

/**
 * The path of a time-skipping test server, first that serves: `server`, the copy in the cache folder, the official download,
 * the Maven artifact behind a wrapper that needs Java. Throws `Error` naming every way with its reason.
 */
export async function provideTestServer({ log, ...options }: TestServerOptions): Promise<string> {
  const { server, official, cacheDir = cacheFolder() } = options;
  if (server !== undefined) return server;

  const parent = join(cacheDir, 'test-server');
  const kept = join(parent, VERSION);
  const failures: string[] = [];
  const ways: [name: string, attempt: () => Promise<string>][] = [
    ['the copy in the cache folder', () => usable(kept)],
    ['the official download', () => keep(parent, kept, (work) => download(work, official, log))],
    [`Maven's io.temporal:${ARTIFACT}:${VERSION}`, () => keep(parent, kept, (work) => fromMaven(work, log))],
  ];
  for (const [name, attempt] of ways) {
    try {
      return await attempt();
    } catch (error) {
      failures.push(`  - ${name}: ${(error as Error).message}`);
    }
  }
  throw new Error(
    [
      'The time-skipping tests need a test server and no way to it worked:',
      ...failures,
      'Install Java 17 or later and Maven, or name a server in FENGHUO_TEST_SERVER, and run the tests again.',
    ].join('\n'),
  );
}

/** A workflow environment whose clock leaps; `FENGHUO_TEST_SERVER` names its server, else it is provided. */
export async function createTimeSkippingEnvironment(
  options: Omit<TimeSkippingTestWorkflowEnvironmentOptions, 'server'> = {},
): Promise<TestWorkflowEnvironment> {
  const path = await provideTestServer({ server: process.env.FENGHUO_TEST_SERVER, log: console.error });
  for (let start = 1; ; start++) {
    try {
      const server = { executable: { type: 'existing-path' as const, path } };
      return await TestWorkflowEnvironment.createTimeSkipping({ ...options, server });
    } catch (error) {
      if (start === STARTS) throw error;
    }
  }
}

/** The server in `folder`; throws `Error` when there is none, or one that needs Java and there is no Java. */
async function usable(folder: string): Promise<string> {
  const file = join(folder, ARTIFACT);
  await access(file, constants.X_OK).catch(() => {
    throw new Error(`there is none (${file})`);
  });
  const needsJava = await access(join(folder, 'jars')).then(
    () => true,
    () => false,
  );
  if (needsJava) await runs('java', ['-version']);
  return file;
}

/** Has `fill` fill a folder of its own and moves it whole to `kept`: never half a server. */
async function keep(parent: string, kept: string, fill: (work: string) => Promise<void>): Promise<string> {
  await mkdir(parent, { recursive: true });
  return inWorkFolder(parent, async (work) => {
    const whole = join(work, VERSION);
    await mkdir(whole);
    await fill(whole);
    await usable(whole);
    await rename(whole, kept).catch(async (error: NodeJS.ErrnoException) => {
      // Another run was first: its server is as good.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
    return usable(kept);
  });
}

async function download(
  work: string,
  source: OfficialSource | undefined,
  log: (line: string) => void,
): Promise<void> {
  const file = await downloadOfficial({
    artifact: ARTIFACT,
    version: `v${VERSION}`,
    folder: work,
    log,
    ...source,
  });
  await chmod(file, 0o755);
  await rename(file, join(work, ARTIFACT));
}

async function fromMaven(work: string, log: (line: string) => void): Promise<void> {
  await runs('java', ['-version']);
  log(`Fetching ${ARTIFACT} ${VERSION} with Maven (about 40 MB, once; the result is kept).`);
  const pom = join(work, 'pom.xml');
  await writeFile(pom, POM);
  const args = ['-B', '-q', '-f', pom, 'dependency:copy-dependencies', '-DincludeScope=runtime'];
  await runs('mvn', [...args, `-DoutputDirectory=${join(work, 'jars')}`], { timeoutMs: 10 * 60_000 });
  await writeFile(join(work, ARTIFACT), WRAPPER, { mode: 0o755 });
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>fenghuo</groupId><artifactId>test-server</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>io.temporal</groupId><artifactId>${ARTIFACT}</artifactId><version>${VERSION}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`;

/** The flags shorten the start, which the SDK does not wait for long. */
const WRAPPER = `#!/bin/sh
exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$(dirname "$0")/jars/*" io.temporal.testserver.TestServer "$@"
`;

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildConsole } from './build-console.mjs';
import { prepare, root } from './prepare.mjs';

/**
 * `npm test`: everything, unit tests beside each other and drills two files at a time, then whole-system cases and the console in a
 * browser one after the other, since each of those starts servers and some kill them. `npm test -- <jest's arguments>`: one run of jest with these.
 * The last line is `N passed, N failed`, with `, N skipped` where some were.
 */
await prepare({ development: true });
const chosen = process.argv.slice(2);
const provided = await provide();
if (provided.failed && chosen.length === 0) finish({ passed: 0, failed: 1, skipped: 0 });

const runs =
  chosen.length > 0
    ? [chosen]
    : [
        ['--selectProjects', 'unit', '--maxWorkers=2'],
        ['--selectProjects', 'drills', '--maxWorkers=2'],
        ['--selectProjects', 'system', '--runInBand'],
        ['--selectProjects', 'browser', '--runInBand'],
      ];
const total = { passed: 0, failed: 0, skipped: 0 };
for (const args of runs) {
  const counted = await jest(args, provided.env);
  for (const key of Object.keys(total)) total[key] += counted[key];
}
finish(total);

/** Has servers, browser and console at hand before any test waits for one, and says to the tests where they are. */
async function provide() {
  const { register } = await import('tsx/esm/api');
  register();
  const { provideTemporal } = await import('../src/temporal/provide.ts');
  const { provideTestServer } = await import('../test/harness/test-server.ts');
  const { provideChromium } = await import('../test/harness/chromium.ts');
  const {
    FENGHUO_TEMPORAL_CLI: cli,
    FENGHUO_TEST_SERVER: server,
    FENGHUO_CHROMIUM: browser,
    CI,
  } = process.env;
  const ways = {
    FENGHUO_TEMPORAL_CLI: () => provideTemporal({ cli, log: console.log }),
    FENGHUO_TEST_SERVER: () => provideTestServer({ server, log: console.log }),
    FENGHUO_CHROMIUM: () => provideChromium({ browser, mayInstall: CI === 'true', log: console.log }),
  };
  const env = {};
  let failed = false;
  await buildConsole().catch((error) => {
    console.error(`The console was not built: ${error.message}`);
    failed = true;
  });
  for (const [name, way] of Object.entries(ways)) {
    try {
      env[name] = await way();
    } catch (error) {
      console.error(error.message);
      failed = true;
    }
  }
  return { env, failed };
}

async function jest(args, env) {
  const folder = mkdtempSync(join(tmpdir(), 'fenghuo-test-'));
  const results = join(folder, 'results.json');
  const bin = createRequire(import.meta.url).resolve('jest/bin/jest');
  // A suite that failed may leave a server behind; the count is said all the same.
  const command = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', bin, '--forceExit'];
  try {
    const code = await new Promise((done) => {
      spawn(process.execPath, [...command, ...args, '--json', `--outputFile=${results}`], {
        cwd: root,
        // jest prints the results as JSON to its output too; what people read goes to its error output.
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, ...env },
      })
        .once('error', (error) => done(error.message))
        .once('exit', (exit, signal) => done(exit ?? signal));
    });
    return count(results, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A suite that could not run, or a run that failed without a failed test, counts as one failure. */
function count(results, code) {
  let counted;
  try {
    const read = JSON.parse(readFileSync(results, 'utf8'));
    counted = {
      passed: read.numPassedTests,
      failed: read.numFailedTests + read.numRuntimeErrorTestSuites,
      skipped: read.numPendingTests + read.numTodoTests,
    };
  } catch {
    counted = { passed: 0, failed: 0, skipped: 0 };
  }
  if (code !== 0 && counted.failed === 0) {
    console.error(`jest ended with ${code}`);
    counted.failed = 1;
  }
  return counted;
}

function finish({ passed, failed, skipped }) {
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exit(failed > 0 ? 1 : 0);
}

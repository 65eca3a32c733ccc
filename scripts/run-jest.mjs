import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './prepare.mjs';

/** What a drill says whose server's clock has stopped (test/harness/leaping-clock.ts): the machine was too busy, which says nothing of the drill. */
const CLOCK_STOPPED = "the test server's clock has stopped";

/**
 * One run of jest with these arguments; gives how many tests passed, failed and were skipped, and the files with a failure, each with
 * its own counts and whether a server's clock `stopped` in it.
 */
export async function jest(args, env) {
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
      broken: read.testResults.filter(({ status }) => status === 'failed').map(countOf),
    };
  } catch {
    counted = { passed: 0, failed: 0, skipped: 0, broken: [] };
  }
  if (code !== 0 && counted.failed === 0) {
    console.error(`jest ended with ${code}`);
    counted.failed = 1;
  }
  return counted;
}

function countOf({ name: file, message, assertionResults }) {
  const number = (status) => assertionResults.filter((each) => each.status === status).length;
  return {
    file,
    stopped: message.includes(CLOCK_STOPPED),
    passed: number('passed'),
    failed: number('failed') || 1, // a suite that could not run has no tests
    skipped: number('pending'),
  };
}

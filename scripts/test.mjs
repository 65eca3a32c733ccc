import { relative } from 'node:path';
import { buildConsole } from './build-console.mjs';
import { prepare, root } from './prepare.mjs';
import { jest } from './run-jest.mjs';

/**
 * `npm test`: everything, unit tests beside each other, then drills, whole-system cases and the console in a browser one after the
 * other, since each of those starts servers, some kill them, and a leaping clock outruns a machine that does several things. `npm test -- <jest's arguments>`: one run of jest with these.
 * In a whole run a file that failed runs once more by itself, where few did: servers are killed here, and a machine that stands still for seconds does that
 * to a sound system too. A drill's file whose server's clock has stopped runs again some more times. What passes only then is named at the end.
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
        ['--selectProjects', 'drills', '--runInBand'],
        ['--selectProjects', 'system', '--runInBand'],
        ['--selectProjects', 'browser', '--runInBand'],
      ];
const FEW = 5;
const TRIES = 4;
const total = { passed: 0, failed: 0, skipped: 0 };
const unsteady = [];
const add = (counts) => {
  for (const key of Object.keys(total)) total[key] += counts[key];
};
for (const args of runs) {
  const counted = await jest(args, provided.env);
  add(counted);
  const few = chosen.length === 0 && counted.broken.length <= FEW;
  for (const file of counted.broken) if (few || file.stopped) add(await again(file, args.slice(0, 2)));
}
for (const file of unsteady) console.log(`Failed at first, passed by itself: ${file}`);
finish(total);

/** Runs a file that failed by itself, and gives what that changes in the counts. One that fails again has failed. */
async function again({ file, stopped, ...first }, project) {
  const args = [...(chosen.length > 0 ? ['--selectProjects', 'drills'] : project), '--runInBand'];
  let last;
  for (let tries = 0; tries < (stopped ? TRIES : 1); tries += 1) {
    console.log(`It runs once more by itself: ${file}`);
    last = await jest([...args, '--runTestsByPath', file], provided.env);
    if (!last.broken.some((broken) => broken.stopped)) break;
  }
  if (last.failed === 0) unsteady.push(relative(root, file));
  const change = {};
  for (const key of Object.keys(first)) change[key] = last[key] - first[key];
  return change;
}

/** Has servers, browser and console at hand before any test waits for one, and says to the tests where they are. */
async function provide() {
  const { register } = await import('tsx/esm/api');
  register();
  const { provideTemporal } = await import('../src/temporal/provide.ts');
  const { provideTestServer } = await import('../test/harness/test-server.ts');
  const { provideChromium } = await import('../test/harness/chromium.ts');
  const { installPackages } = await import('../test/harness/debian-packages.ts');
  const { findPostgres } = await import('../deploy/native/find-tools.ts');
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
  // Where there is none, the faults are skipped: they take it.
  if (CI === 'true' && !(await findPostgres()))
    await installPackages(['postgresql', 'faketime'], console.log);
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

function finish({ passed, failed, skipped }) {
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exit(failed > 0 ? 1 : 0);
}

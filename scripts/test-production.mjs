import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildConsole } from './build-console.mjs';
import { prepare } from './prepare.mjs';
import { jest } from './run-jest.mjs';

/**
 * `npm run test:production`: starts PostgreSQL and Temporal's server as in production, and runs on them the tests of test/production and those of
 * test/system that do not kill or restart a server of their own. `npm run test:production -- <jest's arguments>`: these alone.
 */

/** Why the others are left out is said in docs/operations.md. */
const SYSTEM = [
  'bad-receipts',
  'bad-requests',
  'case-6',
  'edition',
  'flood',
  'mail-trouble',
  'operations',
  'publication',
  'scenarios',
  'whole-plan',
];

await prepare({ development: true });
await buildConsole();
const { register } = await import('tsx/esm/api');
register();
const { startTopology } = await import('../deploy/native/start-topology.ts');

const chosen = process.argv.slice(2);
const runs =
  chosen.length > 0
    ? [chosen]
    : [
        ['--selectProjects', 'production', '--runInBand'],
        [
          '--selectProjects',
          'system',
          '--runInBand',
          '--testPathPatterns',
          `test/system/(${SYSTEM.join('|')})\\.test`,
        ],
      ];
const data = mkdtempSync(join(tmpdir(), 'fenghuo-topology-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const topology = await start({
  data,
  only: ['postgres', 'temporal-schema', 'temporal'],
  log: console.log,
});
try {
  const { temporalAddress, postgresUrl, certificate } = topology;
  const env = {
    FENGHUO_TOPOLOGY: JSON.stringify({ data, temporalAddress, postgresUrl }),
    NODE_EXTRA_CA_CERTS: certificate,
  };
  for (const args of runs) {
    const counted = await jest(args, env);
    for (const key of Object.keys(total)) total[key] += counted[key];
  }
} finally {
  await topology.stop();
  rmSync(data, { recursive: true, force: true });
}
console.log(
  `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
);
process.exit(total.failed > 0 ? 1 : 0);

/** What is missing is said in a sentence, and counts as a failure. */
function start(options) {
  return startTopology(options).catch((error) => {
    console.error(error.message);
    console.log('0 passed, 1 failed');
    process.exit(1);
  });
}

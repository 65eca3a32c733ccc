import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { addUser } from '../harness/browser.ts';
import { LONG_PLAN, startSystem } from '../harness/system.ts';
import { provideSchemathesis, runSchemathesis } from './schemathesis.ts';
import { sampleThings, sessionOf } from './sample-things.ts';
import { settingsFile } from './settings-file.ts';

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    /** Seconds for each of the three runs, and made-up cases for each route: at the pace of the rate limits these take about ten minutes. */
    'max-time': { type: 'string', default: '900' },
    'max-examples': { type: 'string', default: '20' },
    phases: { type: 'string', default: 'coverage,fuzzing' },
  },
});

/** No answer of a server error, none that the document does not describe, nothing without a right. */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'ignored_auth',
];

const command = await provideSchemathesis();
const system = await startSystem({ plan: LONG_PLAN });
const folder = await mkdtemp(join(tmpdir(), 'fenghuo-contract-'));
const codes: number[] = [];
try {
  const things = await sampleThings(system);
  await addUser(system, {
    name: 'contract',
    role: 'leadingGroupOffice',
    jurisdiction: 'banner',
    person: 'leading-1',
  });
  const session = [`Cookie: ${await sessionOf(system, 'contract')}`, 'x-fenghuo: 1', 'x-reason: contract'];
  // Below the floods that the API refuses, or all it says is 429.
  const runs: { name: string; headers: string[]; rate: string[] }[] = [
    { name: 'with an API key', headers: [`Authorization: Bearer ${system.apiKey}`], rate: [] },
    { name: 'with a session', headers: session, rate: ['--rate-limit', '590/m'] },
    { name: 'with neither', headers: [], rate: ['--rate-limit', '290/m'] },
  ];
  const settings = join(folder, 'schemathesis.toml');
  await writeFile(settings, settingsFile(things));
  for (const { name, headers, rate } of runs) {
    console.log(`\n# ${name}`);
    const args = [
      '--config-file',
      settings,
      'run',
      `${system.url}/api/openapi.json`,
      ...headers.flatMap((header) => ['--header', header]),
      '--phases',
      options.phases,
      '--seed',
      options.seed,
      '--max-time',
      options['max-time'],
      '--max-examples',
      options['max-examples'],
      '--checks',
      CHECKS.filter((check) => check !== 'ignored_auth' || headers.length === 1).join(','),
      ...rate,
      // A stream that never ends, and what would sign the runner off.
      '--exclude-path',
      '/api/events',
      '--exclude-path-regex',
      '^/api/(session|api-keys)',
      '--continue-on-failure',
      '--request-timeout',
      '30',
      '--warnings',
      'off',
    ];
    const env = {
      CONTRACT_KNOWN: JSON.stringify({ by: things.person, template: things.template }),
      PYTHONPATH: fileURLToPath(new URL('.', import.meta.url)),
      SCHEMATHESIS_HOOKS: 'hooks',
    };
    codes.push(await runSchemathesis(command, args, { cwd: folder, env }));
  }
} finally {
  await system.leave();
  await rm(folder, { recursive: true, force: true });
}
process.exit(codes.some((code) => code !== 0) ? 1 : 0);

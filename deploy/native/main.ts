import { parseArgs } from 'node:util';
import { failStart, toldToStop } from '../../src/until-told.ts';
import { composePlace } from '../compose-place.ts';
import { findTools } from './find-tools.ts';
import { provideSecrets } from './secrets.ts';
import { startTopology } from './start-topology.ts';

const USAGE = `npm run topology [-- --data FOLDER --smtp URL --build NAME --check | --secrets FOLDER --smtp URL]

  Production on this machine: PostgreSQL, Temporal's server, two workers, two APIs and nginx with TLS, as docker-compose.yml has them.
  --data FOLDER  where all of it lies; .fenghuo-topology if left out
  --smtp URL     where mail goes; without it a mail sink takes it
  --build NAME   which build of the workers this checkout is; the package's version if left out
  --secrets FOLDER  make the secrets of docker-compose.yml there instead, and start nothing; what is there stays
  --check        start, say that it is well, and stop`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '.fenghuo-topology' },
      smtp: { type: 'string' },
      build: { type: 'string' },
      check: { type: 'boolean', default: false },
      secrets: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  if (values.secrets) return makeSecrets(values.secrets, values.smtp);
  const stopped = toldToStop();
  console.log('Starting the topology …');
  const topology = await startTopology({
    data: values.data,
    smtpUrl: values.smtp,
    log: console.log,
    settings: values.build ? { WORKER_BUILD_ID: values.build } : {},
  });
  try {
    const said = await topology.fenghuo(['migrate', '--administrator']);
    const administrator = said.split('\n').find((line) => line.startsWith('First administrator'));
    console.log(`
Fenghuo 烽火 runs as in production. Ctrl-C stops it.

  Address     ${topology.publicUrl}   (certificate: ${topology.certificate})
  Console     ${topology.publicUrl}/console/
  Mailbox     ${topology.mailboxUrl ?? 'none: mail goes to --smtp'}
  Temporal    ${topology.temporalAddress}
  PostgreSQL  ${new URL(topology.postgresUrl).host}
  API key     ${topology.apiKey}
  Logs        ${topology.logs}
`);
    if (administrator) console.log(`  ${administrator}\n`);
    if (!values.check) await stopped;
  } finally {
    console.log('Stopping …');
    await topology.stop();
  }
}

/** For containers, whose users read them: the folder is closed to others, the files are not. */
async function makeSecrets(folder: string, smtpUrl = 'smtp://mailbox:1025'): Promise<void> {
  const { openssl } = await findTools();
  await provideSecrets(folder, { place: composePlace, smtpUrl, openssl, mode: 0o644 });
  console.log(
    `The secrets are in ${folder}. Keep fenghuo_keys safe: without it nothing sealed can be read. tls_certificate is one of this machine's own: put the bureau's there.`,
  );
}

await main().catch(failStart);
process.exit(0);

import { addressOf, type Place, type ServiceName } from './places.ts';
import { fenghuo, ours } from './our-services.ts';
import type { Service } from './service.ts';
import {
  NGINX_IMAGE,
  POSTGRES_IMAGE,
  TEMPORAL_IMAGE,
  TEMPORAL_TOOLS_IMAGE,
  TEMPORAL_UI_IMAGE,
} from './versions.ts';

/** Temporal's databases and ours have one server and three databases, made by `deploy/postgres-init.sh`. */
export const DATABASES = { fenghuo: 'fenghuo', temporal: 'temporal', visibility: 'temporal_visibility' };

/** Incidents are kept apart from whatever else may run on the cluster. */
export const NAMESPACE = 'fenghuo';

/** What the versions of our workers are versions of. */
export const DEPLOYMENT = 'fenghuo';

/** The same process as often as needed: each stands on the register and Temporal alone. */
export const APIS: ServiceName[] = ['api-1', 'api-2'];
export const WORKERS: ServiceName[] = ['worker-1', 'worker-2'];

/**
 * The one description of production: `docker-compose.yml` is written from it, and `npm run topology` starts the same from it on
 * one machine. What differs is said by `place`.
 */
export const topologyAt = (place: Place): Service[] => [
  {
    name: 'postgres',
    image: POSTGRES_IMAGE,
    command: ['postgres', '-c', 'max_connections=200', '-c', 'shared_buffers=256MB'],
    environment: {
      POSTGRES_PASSWORD_FILE: place.secret('postgres_password'),
      POSTGRES_INITDB_ARGS: '--data-checksums --encoding=UTF8 --locale=C.UTF-8 --auth-host=scram-sha-256',
      ...databasePasswords(place),
    },
    secrets: ['postgres_password', 'temporal_database_password', 'fenghuo_database_password'],
    files: { '/docker-entrypoint-initdb.d/10-fenghuo.sh': 'deploy/postgres-init.sh' },
    health: { command: ['pg_isready', '--quiet', '--host=127.0.0.1', `--port=${place.port('postgres')}`] },
    user: '999:999',
    scratch: ['/tmp', '/var/run/postgresql'],
    keeps: '/var/lib/postgresql/data',
    memory: '2g',
    cpus: '2.0',
    stopWithin: 60,
  },
  {
    name: 'temporal-schema',
    image: TEMPORAL_TOOLS_IMAGE,
    command: ['sh', place.file('deploy/temporal-schema.sh')],
    environment: {
      SQL_HOST: place.host('postgres'),
      SQL_PORT: String(place.port('postgres')),
      SQL_USER: 'temporal',
      SQL_PASSWORD_FILE: place.secret('temporal_database_password'),
    },
    secrets: ['temporal_database_password'],
    files: { [place.file('deploy/temporal-schema.sh')]: 'deploy/temporal-schema.sh' },
    needs: { postgres: 'healthy' },
    isJob: true,
    user: '1000:1000',
    scratch: ['/tmp'],
    memory: '256m',
    cpus: '0.5',
    stopWithin: 10,
  },
  {
    name: 'temporal',
    image: TEMPORAL_IMAGE,
    command: ['temporal-server', '--config-file', place.made('temporal.yaml'), '--allow-no-auth', 'start'],
    secrets: ['temporal_database_password'],
    files: {
      [place.made('temporal.yaml')]: 'deploy/made/temporal.yaml',
      [place.file('deploy/temporal-dynamic.yaml')]: 'deploy/temporal-dynamic.yaml',
    },
    needs: { 'temporal-schema': 'through' },
    health: { port: place.port('temporal') },
    user: '1000:1000',
    scratch: ['/tmp'],
    memory: '2g',
    cpus: '2.0',
    stopWithin: 30,
  },
  {
    name: 'temporal-ui',
    image: TEMPORAL_UI_IMAGE,
    environment: {
      TEMPORAL_ADDRESS: addressOf(place, 'temporal'),
      TEMPORAL_UI_PORT: String(place.port('temporal-ui')),
      TEMPORAL_DEFAULT_NAMESPACE: NAMESPACE,
      TEMPORAL_CODEC_ENDPOINT: `${place.publicUrl}/codec`,
      TEMPORAL_CODEC_INCLUDE_CREDENTIALS: 'true',
      TEMPORAL_DISABLE_WRITE_ACTIONS: 'true',
    },
    needs: { temporal: 'healthy' },
    writes: 'its entry point writes its configuration',
    user: '1000:1000',
    memory: '256m',
    cpus: '0.5',
    stopWithin: 10,
    leftOutNatively: "Temporal's UI has no build of its own among Go modules; its image has.",
  },
  {
    ...fenghuo(place, 'migrate'),
    command: ['node', 'bin/fenghuo.mjs', 'migrate'],
    needs: { postgres: 'healthy', temporal: 'healthy' },
    isJob: true,
  },
  ...WORKERS.map((name) => ours(place, name, 'src/worker.ts')),
  workerBefore(place),
  {
    // Nobody waits for it: an alarm is taken before, and goes out once there is a current version.
    ...fenghuo(place, 'rollout'),
    command: ['node', 'bin/fenghuo.mjs', 'rollout', 'ensure'],
    needs: { 'worker-1': 'started', 'worker-2': 'started' }, // one that works is enough
    isJob: true,
    mayFail: true,
  },
  ...APIS.map((name) => ours(place, name, 'src/server.ts')),
  {
    name: 'proxy',
    image: NGINX_IMAGE,
    command: ['nginx', '-c', place.made('proxy.conf'), '-g', 'daemon off;'],
    secrets: ['tls_certificate', 'tls_key'],
    files: { [place.made('proxy.conf')]: 'deploy/made/proxy.conf' },
    needs: { 'api-1': 'healthy', 'api-2': 'healthy', 'temporal-ui': 'started' },
    health: { port: place.port('proxy') },
    // Temporal's UI asks nobody who they are: from this machine alone.
    published: [
      { from: '443', to: place.port('proxy') },
      { from: '127.0.0.1:8443', to: place.port('proxy', 'ui') },
    ],
    user: '101:101',
    scratch: ['/tmp'],
    memory: '128m',
    cpus: '0.5',
    stopWithin: 30,
  },
  {
    ...fenghuo(place, 'mailbox'),
    command: ['node', '--import', 'tsx', 'src/mail-sink.ts'],
    environment: {
      HOST: place.listenOn,
      PORT: String(place.port('mailbox')),
      PAGE_PORT: String(place.port('mailbox', 'page')),
    },
    secrets: [],
    health: { http: `http://127.0.0.1:${place.port('mailbox', 'page')}/` },
    published: [{ from: '127.0.0.1:1026', to: place.port('mailbox', 'page') }],
    isDevOnly: true,
  },
];

/** A worker of the last image, while incidents that began with it are open. */
const workerBefore = (place: Place): Service => {
  const worker = ours(place, 'worker-before', 'src/worker.ts');
  return {
    ...worker,
    environment: { ...worker.environment, WORKER_BUILD_ID: place.buildBefore },
    isBefore: true,
    leftOutNatively: 'One checkout has one build: a worker of the last is started from that checkout.',
  };
};

const databasePasswords = (place: Place): Record<string, string> => ({
  TEMPORAL_PASSWORD_FILE: place.secret('temporal_database_password'),
  FENGHUO_PASSWORD_FILE: place.secret('fenghuo_database_password'),
});

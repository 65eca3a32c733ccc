import { stringify } from 'yaml';
import { composePlace } from './compose-place.ts';
import { SECRETS } from './places.ts';
import type { Health, Service } from './service.ts';
import { topologyAt } from './topology.ts';
import { FENGHUO_IMAGE } from './versions.ts';

const HEAD = `# Made from deploy/topology.ts by \`node scripts/compose.mjs\`: change that one. Read docs/operations.md, "Production", first.
`;

/** Docker's own word for how a service is waited for. */
const CONDITIONS = {
  healthy: 'service_healthy',
  through: 'service_completed_successfully',
  started: 'service_started',
} as const;

/** The text of `docker-compose.yml`. */
export function composeFile(): string {
  const services = topologyAt(composePlace);
  const kept = services.flatMap(({ name, keeps }) => (keeps ? [[`${name}-data`, {}]] : []));
  return (
    HEAD +
    stringify(
      {
        services: Object.fromEntries(services.map((service) => [service.name, entryOf(service)])),
        secrets: Object.fromEntries(SECRETS.map((name) => [name, { file: `./secrets/${name}` }])),
        volumes: Object.fromEntries(kept),
        networks: { inside: {} },
      },
      { lineWidth: 0, aliasDuplicateObjects: false },
    )
  );
}

function entryOf(service: Service): Record<string, unknown> {
  const { image, command, environment, secrets, user, scratch = [], isJob, stopWithin } = service;
  return {
    image: imageOf(service),
    // The image of the last build is there; built anew it would be of this one.
    ...(image === FENGHUO_IMAGE && !service.isBefore ? { build: { context: '.' } } : {}),
    ...(service.isDevOnly ? { profiles: ['dev'] } : {}),
    ...(service.isBefore ? { profiles: ['rollout'] } : {}),
    ...(command ? { command } : {}),
    ...(environment ? { environment } : {}),
    ...(secrets?.length ? { secrets } : {}),
    ...(service.needs ? { depends_on: needsOf(service) } : {}),
    ...(service.health ? { healthcheck: healthOf(service.health) } : {}),
    ...(user ? { user } : {}),
    ...mountsOf(service),
    ...(service.published ? { ports: service.published.map(({ from, to }) => `${from}:${to}`) } : {}),
    networks: ['inside'],
    ...(service.writes ? {} : { read_only: true }),
    ...(scratch.length > 0 ? { tmpfs: scratch } : {}),
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    restart: isJob ? 'on-failure' : 'unless-stopped',
    stop_grace_period: `${stopWithin}s`,
    deploy: { resources: { limits: { memory: service.memory, cpus: service.cpus } } },
    logging: { driver: 'json-file', options: { 'max-size': '20m', 'max-file': '5' } },
  };
}

/** Our own is named after its build, as its workers are. */
function imageOf({ image, isBefore }: Service): string {
  if (image !== FENGHUO_IMAGE) return image;
  return `fenghuo:${isBefore ? composePlace.buildBefore : composePlace.build}`;
}

const needsOf = ({ needs }: Service) =>
  Object.fromEntries(Object.entries(needs!).map(([name, how]) => [name, { condition: CONDITIONS[how] }]));

const healthOf = (health: Health) => ({
  test: ['CMD', ...commandOf(health).map(asIs)],
  interval: '5s',
  timeout: '5s',
  retries: 12,
  start_period: '60s',
});

/** With what the images have: ours has Node, Temporal's and nginx's have nc. */
function commandOf(health: Health): string[] {
  if ('command' in health) return health.command;
  if ('port' in health) return ['nc', '-z', '127.0.0.1', String(health.port)];
  const ask = `fetch('${health.http}').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`;
  return ['node', '-e', ask];
}

/** In a compose file a dollar sign begins a variable. */
const asIs = (text: string): string => text.replaceAll('$', '$$$$');

function mountsOf({ name, files = {}, keeps }: Service): { volumes?: string[] } {
  const volumes = [
    ...(keeps ? [`${name}-data:${keeps}`] : []),
    ...Object.entries(files).map(([inside, from]) => `./${from}:${inside}:ro`),
  ];
  return volumes.length > 0 ? { volumes } : {};
}

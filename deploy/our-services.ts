import { addressOf, type Place, type ServiceName } from './places.ts';
import type { Service } from './service.ts';
import { DEPLOYMENT, NAMESPACE } from './topology.ts';
import { FENGHUO_IMAGE } from './versions.ts';

/** What all processes of ours have in common: settings, secrets as files, limits. */
export const fenghuo = (place: Place, name: ServiceName): Service => ({
  name,
  image: FENGHUO_IMAGE,
  environment: {
    PUBLIC_URL: place.publicUrl,
    TEMPORAL_ADDRESS: addressOf(place, 'temporal'),
    TEMPORAL_NAMESPACE: NAMESPACE,
    WORKER_DEPLOYMENT: DEPLOYMENT,
    WORKER_BUILD_ID: place.build,
    // The same for all: what one start finds otherwise than the last is put on record as a change of settings.
    TEMPORAL_UI_ORIGIN: place.uiOrigin,
    DATABASE_URL_FILE: place.secret('database_url'),
    SMTP_URL_FILE: place.secret('smtp_url'),
    FENGHUO_KEYS_FILE: place.secret('fenghuo_keys'),
  },
  secrets: ['database_url', 'smtp_url', 'fenghuo_keys'],
  user: '1000:1000',
  scratch: ['/tmp'],
  memory: '1g',
  cpus: '1.0',
  stopWithin: 45,
});

/** A worker or an API. Both wait until the tables are there, and say how they are over HTTP. */
export function ours(place: Place, name: ServiceName, entry: 'src/worker.ts' | 'src/server.ts'): Service {
  const common = fenghuo(place, name);
  const isApi = entry === 'src/server.ts';
  return {
    ...common,
    command: ['node', '--import', 'tsx', entry],
    environment: {
      ...common.environment,
      HOST: place.listenOn,
      ...(isApi
        ? {
            PORT: String(place.port(name)),
            TRUSTED_PROXIES: place.proxies,
            FENGHUO_API_KEY_FILE: place.secret('fenghuo_api_key'),
          }
        : { WORKER_HEALTH_PORT: String(place.port(name, 'health')), FENGHUO_CACHE: place.cache }),
    },
    secrets: [...common.secrets!, ...(isApi ? (['fenghuo_api_key'] as const) : [])],
    needs: { migrate: 'through' },
    // An API takes alarms even while mail is down: what its /readyz then says is for people and monitors.
    health: {
      http: `http://127.0.0.1:${isApi ? place.port(name) : place.port(name, 'health')}${isApi ? '/healthz' : '/readyz'}`,
    },
  };
}

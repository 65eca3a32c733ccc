import { BUILD } from './versions.ts';
import type { Place, PortName, ServiceName } from './places.ts';

/** Ports inside the containers; each has its own address, so that they need not differ. */
const PORTS: Partial<Record<ServiceName, Partial<Record<PortName, number>>>> = {
  postgres: { main: 5432 },
  temporal: { main: 7233 },
  'temporal-ui': { main: 8080 },
  'api-1': { main: 8420 },
  'api-2': { main: 8420 },
  'worker-1': { health: 8421 },
  'worker-2': { health: 8421 },
  'worker-before': { health: 8421 },
  proxy: { main: 8443, ui: 8444 },
  mailbox: { main: 1025, page: 1026 },
};

/** What the operator sets in `.env`: the names under which people reach the system, and an administrator Temporal's UI. */
const PUBLIC_URL = '${PUBLIC_URL:-https://localhost}';
const UI_ORIGIN = '${TEMPORAL_UI_ORIGIN:-https://localhost:8443}';

/** Between containers: services by their names, secrets where the engine puts them. */
export const composePlace: Place = {
  host: (service) => service,
  port(service, name = 'main') {
    const port = PORTS[service]?.[name];
    if (port === undefined) throw new Error(`${service} has no port ${name}`);
    return port;
  },
  listenOn: '0.0.0.0',
  secret: (name) => `/run/secrets/${name}`,
  file: (path) => `/etc/fenghuo/${path.replace(/^deploy\//, '')}`,
  made: (name) => `/etc/fenghuo/${name}`,
  publicUrl: PUBLIC_URL,
  uiOrigin: UI_ORIGIN,
  proxies: '172.16.0.0/12,192.168.0.0/16,10.0.0.0/8',
  build: `\${FENGHUO_BUILD:-${BUILD}}`,
  buildBefore: `\${FENGHUO_BUILD_BEFORE:-${BUILD}}`,
  cache: '/app/cache',
};

/** Among Temporal's own parts, within its container. */
export const COMPOSE_PARTS = {
  frontend: { grpc: 7233, membership: 6933 },
  history: { grpc: 7234, membership: 6934 },
  matching: { grpc: 7235, membership: 6935 },
  worker: { grpc: 7239, membership: 6939 },
};

/** What runs in production, each under the name by which the others reach it. */
export const SERVICES = [
  'postgres',
  'temporal-schema',
  'temporal',
  'temporal-ui',
  'migrate',
  'worker-1',
  'worker-2',
  'worker-before',
  'rollout',
  'api-1',
  'api-2',
  'proxy',
  'mailbox',
] as const;
export type ServiceName = (typeof SERVICES)[number];

/** What stands in files that only the services named in {@link topologyAt} read. */
export const SECRETS = [
  'postgres_password',
  'temporal_database_password',
  'fenghuo_database_password',
  'database_url',
  'smtp_url',
  'fenghuo_keys',
  'fenghuo_api_key',
  'tls_certificate',
  'tls_key',
] as const;
export type SecretName = (typeof SECRETS)[number];

/** Which of a service's ports. */
export type PortName = 'main' | 'health' | 'page' | 'ui';

/** Where a topology stands: between containers, or on one machine. */
export interface Place {
  /** The host under which the others reach a service. */
  host(service: ServiceName): string;
  port(service: ServiceName, name?: PortName): number;
  /** The address a service listens on. */
  listenOn: string;
  /** A secret's file, as the service that reads it sees it. */
  secret(name: SecretName): string;
  /** A file or folder of the repository, as services see it. */
  file(path: string): string;
  /** A file that was made from the description, as services see it. */
  made(name: MadeName): string;
  /** What people reach the system under, and Temporal's UI. */
  publicUrl: string;
  uiOrigin: string;
  /** Whose word on where a request comes from is believed: the proxy's. */
  proxies: string;
  /** Which build our images are, and the one that workers are kept of while incidents end with it. */
  build: string;
  buildBefore: string;
  /** Where bundled workflows lie. */
  cache: string;
}

/** Files that are made from the description. */
export type MadeName = 'temporal.yaml' | 'proxy.conf';

/** As others write it: `host:port`. */
export const addressOf = (place: Place, service: ServiceName, name?: PortName): string =>
  `${place.host(service)}:${place.port(service, name)}`;

import { stringify } from 'yaml';
import { addressOf, type Place } from './places.ts';
import { DATABASES } from './topology.ts';

/** How many parts the histories of a cluster are kept in: it can never be changed, and bounds how many nodes can share the work. */
const HISTORY_SHARDS = 128;

/** Where the server's parts listen: gRPC, and how they find each other. */
type Parts = Record<'frontend' | 'history' | 'matching' | 'worker', { grpc: number; membership: number }>;

/** The server's configuration. Its password comes from a file by a command, so that it stands in none. */
export function temporalConfig(place: Place, parts: Parts): string {
  const main = parts.frontend.grpc;
  const part = (name: keyof Parts, bindOnIP = '127.0.0.1') => ({
    rpc: { grpcPort: parts[name].grpc, membershipPort: parts[name].membership, bindOnIP },
  });
  return stringify({
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'postgres',
      visibilityStore: 'visibility',
      numHistoryShards: HISTORY_SHARDS,
      datastores: {
        postgres: { sql: sqlAt(place, DATABASES.temporal, 40) },
        visibility: { sql: sqlAt(place, DATABASES.visibility, 10) },
      },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: {
      frontend: part('frontend', place.listenOn),
      history: part('history'),
      matching: part('matching'),
      worker: part('worker'),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `127.0.0.1:${main}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: place.file('deploy/temporal-dynamic.yaml'), pollInterval: '60s' },
  });
}

const sqlAt = (place: Place, databaseName: string, maxConns: number) => ({
  pluginName: 'postgres12',
  databaseName,
  connectAddr: addressOf(place, 'postgres'),
  connectProtocol: 'tcp',
  user: 'temporal',
  passwordCommand: { command: 'cat', args: [place.secret('temporal_database_password')] },
  maxConns,
  maxIdleConns: maxConns,
  maxConnLifetime: '1h',
});

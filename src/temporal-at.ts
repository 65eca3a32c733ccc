import type { Config } from './config.ts';
import type { TemporalAddress } from './temporal/connect.ts';

/** The server at `address`, with the namespace and certificates that the settings name. */
export function temporalAt(config: Config, address: string): TemporalAddress {
  const {
    TEMPORAL_TLS_CERT: cert,
    TEMPORAL_TLS_KEY: key,
    TEMPORAL_TLS_CA: ca,
    TEMPORAL_NAMESPACE: namespace,
  } = config;
  return { address, namespace, ...(cert || ca ? { tls: { cert, key, ca } } : {}) };
}

import { readFile } from 'node:fs/promises';
import { Client, Connection, type ClientInterceptors } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { NativeConnection } from '@temporalio/worker';

export interface TemporalAddress {
  address: string;
  namespace: string;
  /** Files in PEM. */
  tls?: { cert?: string; key?: string; ca?: string };
}

async function connectionOptions({ address, tls }: TemporalAddress) {
  if (!tls) return { address };
  const read = async (path?: string): Promise<Buffer | undefined> => (path ? readFile(path) : undefined);
  const [crt, key, serverRootCACertificate] = await Promise.all([
    read(tls.cert),
    read(tls.key),
    read(tls.ca),
  ]);
  return {
    address,
    tls: { serverRootCACertificate, ...(crt && key ? { clientCertPair: { crt, key } } : {}) },
  };
}

/** A client that connects when it is first used: the API answers for itself even while Temporal is down. */
export async function createClient(
  at: TemporalAddress,
  dataConverter: DataConverter,
  interceptors?: ClientInterceptors,
): Promise<Client> {
  const connection = Connection.lazy(await connectionOptions(at));
  return new Client({
    connection,
    namespace: at.namespace,
    dataConverter,
    ...(interceptors ? { interceptors } : {}),
  });
}

/** A worker's connection. Rejects while the server cannot be reached. */
export const connectWorker = async (at: TemporalAddress): Promise<NativeConnection> =>
  NativeConnection.connect(await connectionOptions(at));

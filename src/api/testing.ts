import { Client, Connection } from '@temporalio/client';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import { loadOrganisation } from '../people/organisation.ts';
import { loadPlan } from '../plan/load.ts';
import type { Register } from '../store/open.ts';
import { openTestRegister } from '../store/testing.ts';
import { createDataConverter } from '../temporal/data-converter.ts';
import { buildApp } from './app.ts';
import { admitApiKey } from './auth.ts';
import type { ApiDeps } from './deps.ts';

export interface TestApi {
  app: FastifyInstance;
  register: Register;
  deps: ApiDeps;
  /** An API key that may do all. */
  key: string;
  close(): Promise<void>;
}

/** The whole API on a fresh register, with the sample's people and a Temporal that is not there. */
export async function openTestApi(): Promise<TestApi> {
  const keyring = parseKeyring(generateKey());
  const register = await openTestRegister(keyring);
  const connection = Connection.lazy({ address: '127.0.0.1:1' });
  const deps: ApiDeps = {
    register,
    client: new Client({ connection, dataConverter: createDataConverter(keyring) }),
    plan: loadPlan('plans/wushen-2025.yaml'),
    organisation: loadOrganisation('plans/organisation.sample.yaml'),
    keyring,
    checkMail: async () => undefined,
    log: pino({ level: 'silent' }),
  };
  const key = 'fh_test-key-that-may-do-everything';
  await admitApiKey(register, key, 'test');
  const app = await buildApp(deps);
  return {
    ...{ app, register, deps, key },
    async close() {
      await app.close();
      await connection.close();
      await register.close();
    },
  };
}

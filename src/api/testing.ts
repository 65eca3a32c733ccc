import { once } from 'node:events';
import { createServer, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import { loadOrganisation, type Organisation } from '../people/organisation.ts';
import { keepPlanLive } from '../live-plan.ts';
import { livePlan } from '../plan/live-plan.ts';
import { loadPlan } from '../plan/load.ts';
import { addAccount, changeAccount, type AccountRow, type NewAccount } from '../store/accounts.ts';
import { append } from '../store/append.ts';
import { NO_ANCHOR } from '../incident/ids.ts';
import type { Register } from '../store/open.ts';
import { sampleIncident, type SampleIncident } from '../store/sample-incident.ts';
import { savePlanEdition } from '../store/plans.ts';
import { openTestRegister } from '../store/testing.ts';
import { createDataConverter } from '../temporal/data-converter.ts';
import { buildApp } from './app.ts';
import { admitApiKey } from './auth.ts';
import { SESSION_COOKIE } from './known-sessions.ts';
import { hashPassword } from './passwords.ts';
import { OWN_HEADER } from './same-origin.ts';
import type { ApiDeps } from './deps.ts';

export interface TestApi {
  app: FastifyInstance;
  register: Register;
  deps: ApiDeps;
  /** An API key that may do all. */
  key: string;
  close(): Promise<void>;
}

/** What every test account signs in with. */
export const PASSWORD = 'a-password-for-tests';
let passwordHash: Promise<string> | undefined;

/** Adds an account that has changed its one-time password already. */
export async function testAccount(
  { register }: Pick<TestApi, 'register'>,
  values: Pick<NewAccount, 'name' | 'role' | 'jurisdiction'> & Partial<NewAccount>,
): Promise<AccountRow> {
  passwordHash ??= hashPassword(PASSWORD);
  const account = await addAccount(
    register,
    { person: null, expiresAt: null, ...values, passwordHash: await passwordHash },
    '2026-03-01T00:00:00.000Z',
  );
  return (await changeAccount(register, account!.id, { mustChangePassword: false }))!;
}

/** Signs in by HTTP; gives the headers with which that session asks. */
export async function signedIn({ app }: Pick<TestApi, 'app'>, name: string, password = PASSWORD) {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { [OWN_HEADER]: '1' },
    payload: { name, password },
  });
  const cookie = answer.cookies.find((each) => each.name === SESSION_COOKIE);
  if (!cookie) throw new Error(`not signed in: ${answer.body}`);
  return { cookie: `${SESSION_COOKIE}=${cookie.value}`, [OWN_HEADER]: '1' };
}

/** Keeps an incident of an office in the register: closed, unless it is to end after so many entries. */
export async function testIncident(
  register: Register,
  office: string,
  entries?: number,
): Promise<SampleIncident> {
  const incident = sampleIncident();
  const reported = incident.entries[0]!;
  if (reported.kind === 'incidentReported') reported.data = { ...reported.data, office };
  await append(register, incident.batch(1, entries), NO_ANCHOR);
  return incident;
}

/** gRPC's UNIMPLEMENTED, which no client tries again. */
const UNIMPLEMENTED = '12';

/** Speaks gRPC and refuses every call at once: what asks Temporal learns without delay that it cannot. */
async function startRefusingTemporal(): Promise<{ address: string; close(): Promise<unknown> }> {
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer();
  server.on('session', (session) => sessions.add(session));
  server.on('stream', (stream) => {
    const refusal = { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': UNIMPLEMENTED };
    stream.respond(refusal, { endStream: true });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const session of sessions) session.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The whole API on a fresh register, with the sample's people and a Temporal that refuses everything. */
export async function openTestApi(
  organisation?: Organisation,
  more: Partial<ApiDeps> = {},
): Promise<TestApi> {
  const keyring = parseKeyring(generateKey());
  const register = await openTestRegister(keyring);
  const temporal = await startRefusingTemporal();
  const connection = Connection.lazy({ address: temporal.address });
  const { plan, show } = livePlan(loadPlan('plans/wushen-2025.yaml'));
  await savePlanEdition(register, plan.pin, plan.text);
  const published = keepPlanLive(register, { plan, show });
  const deps: ApiDeps = {
    register,
    client: new Client({ connection, dataConverter: createDataConverter(keyring) }),
    plan,
    organisation: organisation ?? loadOrganisation('plans/organisation.sample.yaml'),
    keyring,
    checkMail: async () => undefined,
    refreshRosters: async () => undefined,
    refreshPlan: published.refresh,
    log: pino({ level: 'silent' }),
    ...more,
  };
  const key = 'fh_test-key-that-may-do-everything';
  await admitApiKey(register, key, 'test');
  const app = await buildApp(deps);
  return {
    app,
    register,
    deps,
    key,
    async close() {
      published.stop();
      await app.close();
      await connection.close();
      await temporal.close();
      await register.close().catch(() => undefined); // a test may have done so
    },
  };
}

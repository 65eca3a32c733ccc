import type { Client } from '@temporalio/client';
import type { FastifyBaseLogger } from 'fastify';
import type { Keyring } from '../crypto/keyring.ts';
import type { Organisation } from '../people/organisation.ts';
import type { Plan } from '../plan/load.ts';
import type { Register } from '../store/open.ts';

/** What the API stands on. */
export interface ApiDeps {
  register: Register;
  client: Client;
  /** The plan new incidents start under. */
  plan: Plan;
  organisation: Organisation;
  keyring: Keyring;
  /** Whether mail can be handed over now; rejects with the reason when not. */
  checkMail: () => Promise<void>;
  log: FastifyBaseLogger;
  /** What people reach the API under. Where it is https, cookies go over nothing else. */
  publicUrl?: string | undefined;
  /** Whose `X-Forwarded-For` is believed: addresses of proxies, comma separated. */
  trustedProxies?: string | undefined;
}

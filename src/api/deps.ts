import type { Client } from '@temporalio/client';
import type { FastifyBaseLogger } from 'fastify';
import type { Keyring } from '../crypto/keyring.ts';
import type { Organisation } from '../people/organisation.ts';
import type { Plan } from '../plan/load.ts';
import type { Register } from '../store/open.ts';
import type { DocumentDeps } from './document-desk.ts';

/** What the API stands on. */
export interface ApiDeps {
  register: Register;
  client: Client;
  /** The plan new incidents start under. */
  plan: Plan;
  organisation: Organisation;
  /** Brings imported rosters into `organisation` at once; never rejects. */
  refreshRosters: () => Promise<void>;
  keyring: Keyring;
  /** Where Temporal's own UI is opened; without it nobody reads payloads in clear. */
  temporalUiOrigin?: string | undefined;
  /** Whether mail can be handed over now; rejects with the reason when not. */
  checkMail: () => Promise<void>;
  /** With which the gateway signs its delivery reports; without one none are taken. */
  gatewaySecret?: string | undefined;
  /** Templates of documents, and what makes PDFs of them; the sample bureau's and LibreOffice where left out. */
  documents?: DocumentDeps | undefined;
  log: FastifyBaseLogger;
  /** What people reach the API under. Where it is https, cookies go over nothing else. */
  publicUrl?: string | undefined;
  /** Whose `X-Forwarded-For` is believed: addresses of proxies, comma separated. */
  trustedProxies?: string | undefined;
}

import type { Floods } from './floods.ts';
import type { Client } from '@temporalio/client';
import type { FastifyBaseLogger } from 'fastify';
import type { Channels } from '../activities/compose.ts';
import type { Retention } from '../archive/retention.ts';
import type { Scenario } from '../drills/scenario.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { MethodName } from '../people/methods.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Organisation } from '../people/organisation.ts';
import type { Plan } from '../plan/load.ts';
import type { OidcSettings } from './identity-provider.ts';
import type { Register } from '../store/open.ts';
import type { DocumentDeps } from './document-desk.ts';

/** What the API stands on. */
export interface ApiDeps {
  register: Register;
  client: Client;
  /** The plan new incidents start under, always the edition of now: `{ ...plan }` keeps one. */
  plan: Plan;
  /** Brings what two people put in force into `plan` at once; never rejects. */
  refreshPlan: () => Promise<void>;
  /** What people are told by; all methods where it is left out. */
  channels?: Channels | undefined;
  organisation: Organisation;
  /** Brings imported rosters into `organisation` at once; never rejects. */
  refreshRosters: () => Promise<void>;
  /** The methods that there are channels for; all of them if left out. */
  served?: readonly MethodName[] | undefined;
  keyring: Keyring;
  /** Where Temporal's own UI is opened; without it nobody reads payloads in clear. */
  temporalUiOrigin?: string | undefined;
  /** Whether mail can be handed over now; rejects with the reason when not. */
  checkMail: () => Promise<void>;
  /** With which the gateway signs its delivery reports; without one none are taken. */
  gatewaySecret?: string | undefined;
  /** Where people may sign in besides; without it by password alone. */
  oidc?: OidcSettings | undefined;
  /** What stands in the address that providers report to; without it they cannot. */
  reportsSecret?: string | undefined;
  /** Templates of documents, and what makes PDFs of them; the sample bureau's and LibreOffice where left out. */
  documents?: DocumentDeps | undefined;
  /** How long closed incidents are kept, by kind; none where left out: nothing is erased because of its age. */
  retention?: Retention | undefined;
  /** The kept scenarios of drills, by key; the sample bureau's where left out. */
  scenarios?: Map<string, Scenario> | undefined;
  /** How old the last beat may be; three minutes where it is left out. */
  watchAfterSeconds?: number | undefined;
  log: FastifyBaseLogger;
  /** Counts requests there; nowhere without it. */
  metrics?: Metrics | undefined;
  /** Whether requests begin traces. */
  traced?: boolean | undefined;
  /** What people reach the API under. Where it is https, cookies go over nothing else. */
  publicUrl?: string | undefined;
  /** Whose `X-Forwarded-For` is believed: addresses of proxies, comma separated. */
  trustedProxies?: string | undefined;
  /** Other floods than those refused by default, requests a minute. */
  floods?: Partial<Floods>;
}

import { fileURLToPath } from 'node:url';
import type { Watched } from './processes.ts';

/** Fenghuo as it runs, with Temporal beneath it, in one topology or the other. */
export interface Standing {
  /** What it is made of, for a heading. */
  words: string;
  temporalAddress: string;
  namespace: string;
  /** A keyring as text. */
  keys: string;
  /** Where the API listens, and a key to it. */
  address: string;
  apiKey: string;
  processes: Watched[];
  /** Where each worker process has its metrics; none where they are not served. */
  metrics: string[];
  /** PostgreSQL as its superuser; null where there is none. */
  postgresUrl: string | null;
}

export const MAIL_DOMAIN = 'example.invalid';
export const MAIL_FROM = `fenghuo@${MAIL_DOMAIN}`;

/** What both sides' second mail waits by. */
export const PLAN = fileURLToPath(new URL('./plan.yaml', import.meta.url));

export const ORGANISATION = fileURLToPath(new URL('../plans/organisation.sample.yaml', import.meta.url));

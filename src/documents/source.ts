import type { Instant } from '../incident/instant.ts';
import type { Organisation } from '../people/organisation.ts';
import type { Plan } from '../plan/load.ts';
import type { KnownIncident, KnownReport } from './known-incident.ts';
import type { PaperBodies } from './template.ts';

/** A signed document that another one names. */
export interface OldDocument {
  number: string | null;
  title: string;
  date: string;
}

/** Everything a template is filled from. */
export interface DocumentSource {
  incident: KnownIncident;
  organisation: Organisation;
  plan: Plan;
  bodies: PaperBodies;
  /** What whoever drafts has written, by the template's fields. */
  fields: Record<string, string>;
  /** A person's id. */
  drafter: string;
  old: (OldDocument & { act: 'corrects' | 'withdraws' }) | null;
  /** When the incident was looked at. */
  asOf: Instant;
  /** The report of the chain that the paper was drafted for; left out before it is. */
  draftedFor?: number | undefined;
}

/** The same for one template: with the report that its paper is of. */
export interface PaperSource extends DocumentSource {
  report: KnownReport | null;
}

import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { IncidentId, StageId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { bytes, instant } from './columns.ts';

/** An open duty as it stood when it was offered. The plan's words alone. */
export interface HandedDuty {
  incidentId: IncidentId;
  number: string | null;
  office: string;
  stageId: StageId;
  stageName: string;
  clause: string;
  duty: string;
  owner: string;
  openedAt: Instant;
  dueAt: Instant | null;
  overdueAt: Instant | null;
  holder: string | null;
  /** The officer's own, or their body's: reminders move with it. False: their body was told of another's duty, so the next officer is to know it. */
  own: boolean;
}

/** What acceptance did to one duty: reminders go to the next officer, or why it was left (a refusal's code). */
export interface HandedResult {
  incidentId: IncidentId;
  stageId: StageId;
  takenOver: boolean;
  skipped: string | null;
}

/**
 * 值班交接: offered by one officer, accepted by the next. Of no single incident, so it stands beside their record; what it does to
 * them is in their timelines. `note` is sealed: nobody can promise what an officer writes.
 */
export const handover = pgTable(
  'handover',
  {
    id: uuid('id').primaryKey(),
    from: text('from_person').notNull(),
    to: text('to_person').notNull(),
    /** Only incidents of this office; null: of all. */
    office: text('office'),
    noteKeyId: text('note_key_id'),
    note: bytes('note'),
    duties: jsonb('duties').$type<HandedDuty[]>().notNull(),
    offeredAt: instant('offered_at')
      .notNull()
      .default(sql`now()`),
    acceptedAt: instant('accepted_at'),
    /** When its giver took the offer back. */
    withdrawnAt: instant('withdrawn_at'),
    results: jsonb('results').$type<HandedResult[]>(),
  },
  (t) => [index('handover_offered').on(t.offeredAt, t.id)],
);

import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { DrillStatus } from '../drills/order.ts';
import type { DrillScore } from '../drills/score.ts';
import type { IncidentId } from '../incident/ids.ts';
import { bytes, instant } from './columns.ts';

/**
 * Drill orders (演练方案). What an order says is sealed, though everybody in it is invented: nobody can promise what its author
 * types. What happens in a drill stands in the timelines of its incidents, which are drills' and counted apart.
 */
export const drill = pgTable(
  'drill',
  {
    id: uuid('id').primaryKey(),
    status: text('status').$type<DrillStatus>().notNull(),
    startsAt: instant('starts_at').notNull(),
    pace: integer('pace').notNull(),
    order: bytes('sealed_order').notNull(),
    keyId: text('key_id').notNull(),
    draftedBy: text('drafted_by').notNull(),
    draftedAt: instant('drafted_at').notNull(),
    approvedBy: text('approved_by'),
    approvedAt: instant('approved_at'),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
    withdrawnBy: text('withdrawn_by'),
    /** As it stood when somebody confirmed it: the plan's words, instants, ids. */
    score: jsonb('score').$type<DrillScore>(),
    scoredBy: text('scored_by'),
    scoredAt: instant('scored_at'),
    finishedBy: text('finished_by'),
    finishedAt: instant('finished_at'),
  },
  (t) => [index('drill_starts').on(t.startsAt, t.id)],
);

/**
 * - `waiting`: approved, and its time has not come
 * - `notStarted`: left out at the start, `code` says why
 * - `running`, `ended`
 * - `replaced`: what really happened needed its people
 */
export type DrillOfficeStatus = 'waiting' | 'notStarted' | 'running' | 'ended' | 'replaced';

/** An approved drill at one of its offices. */
export const drillOffice = pgTable(
  'drill_office',
  {
    drillId: uuid('drill_id').notNull(),
    office: text('office').notNull(),
    status: text('status').$type<DrillOfficeStatus>().notNull(),
    participants: jsonb('participants').$type<string[]>().notNull(),
    /** The drill's incidents there, the first first. */
    incidents: jsonb('incidents').$type<IncidentId[]>().notNull(),
    /** Scenes that were played in, by number from 1. */
    injects: jsonb('injects').$type<number[]>().notNull(),
    code: text('code'),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
    /** A person, or null: its time was over, or an alarm came in. */
    endedBy: text('ended_by'),
    /** The real incident it gave way to. */
    realIncident: uuid('real_incident').$type<IncidentId>(),
  },
  (t) => [
    primaryKey({ columns: [t.drillId, t.office] }),
    index('drill_office_status').on(t.status),
    index('drill_office_year').on(t.office, t.startedAt),
  ],
);

/** Written consents of outside parties that a drill tells: sealed, with the hash of the file. Only grows. */
export const drillConsent = pgTable(
  'drill_consent',
  {
    id: uuid('id').primaryKey(),
    drillId: uuid('drill_id').notNull(),
    office: text('office').notNull(),
    party: text('party').notNull(),
    /** Hex SHA-256 of the file. */
    sha256: text('sha256').notNull(),
    size: integer('size').notNull(),
    type: text('type').notNull(),
    file: bytes('file').notNull(),
    keyId: text('key_id').notNull(),
    by: text('by').notNull(),
    at: instant('at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [unique('drill_consent_once').on(t.drillId, t.office, t.party, t.sha256)],
);

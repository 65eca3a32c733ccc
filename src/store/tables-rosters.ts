import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { RosterEdition } from '../people/live-organisation.ts';
import { instant } from './columns.ts';

/** Rosters as they were imported, body by body. Only grows: an edition that was undone stays, and its number is not used again. */
export const rosterEdition = pgTable(
  'roster_edition',
  {
    body: text('body').notNull(),
    nr: integer('nr').notNull(),
    json: jsonb('json').$type<RosterEdition>().notNull(),
    by: text('by').notNull(),
    at: instant('at')
      .notNull()
      .default(sql`now()`),
    /** SHA-256 of the file. */
    sourceHash: text('source_hash').notNull(),
    undoneBy: text('undone_by'),
    undoneAt: instant('undone_at'),
  },
  (t) => [primaryKey({ columns: [t.body, t.nr] })],
);

/** What the roster guard found and told, from its first sight until it is mended. */
export const guardFinding = pgTable(
  'guard_finding',
  {
    /** What it is about, the same each day: code, body, person, and the day it begins. */
    key: text('key').notNull(),
    firstSeen: instant('first_seen').notNull(),
    lastSeen: instant('last_seen').notNull(),
    mendedAt: instant('mended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.key, t.firstSeen] }),
    index('guard_finding_open')
      .on(t.key)
      .where(sql`${t.mendedAt} is null`),
  ],
);

import { bigserial, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { EntryKind } from '../incident/entry.ts';
import type { IncidentId } from '../incident/ids.ts';
import { instant } from './columns.ts';

/**
 * That something happened, over all incidents in one order: whoever watches asks for what is after a `pos`. Written with the
 * entries it tells of, and no part of the record: it says neither what happened nor to whom, and may be emptied at any time.
 */
export const happening = pgTable(
  'happening',
  {
    /** Grows; a transaction that failed leaves a gap, and one under way may fill its own a moment later. */
    pos: bigserial('pos', { mode: 'number' }).primaryKey(),
    incidentId: uuid('incident_id').$type<IncidentId>().notNull(),
    seq: integer('seq').notNull(),
    office: text('office').notNull(),
    kind: text('kind').$type<EntryKind>().notNull(),
    at: instant('at').notNull(),
  },
  (t) => [index('happening_office').on(t.office, t.pos)],
);

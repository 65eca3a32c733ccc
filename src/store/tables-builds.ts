import { sql } from 'drizzle-orm';
import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Which code a build's name stands for: the first that workers ran under it. And the last that was not it, for as long as a worker says so. */
export const build = pgTable(
  'build',
  {
    deployment: text('deployment').notNull(),
    buildId: text('build_id').notNull(),
    /** A fingerprint of what decides what a workflow does (temporal/workflow-code.ts). */
    code: text('code').notNull(),
    firstSeenAt: instant('first_seen_at')
      .notNull()
      .default(sql`now()`),
    otherCode: text('other_code'),
    /** When a worker last said that it runs other code, by the database's clock. */
    otherSeenAt: instant('other_seen_at'),
  },
  (t) => [primaryKey({ columns: [t.deployment, t.buildId] })],
);

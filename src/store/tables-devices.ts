import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Devices on which somebody has signed in: an alarm from one is taken when the session has ended. The token is in the browser alone. */
export const device = pgTable(
  'device',
  {
    tokenHash: text('token_hash').primaryKey(),
    accountId: uuid('account_id').notNull(),
    knownAt: instant('known_at').notNull(),
  },
  (t) => [index('device_account').on(t.accountId)],
);

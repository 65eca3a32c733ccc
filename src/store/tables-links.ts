import { index, pgTable, text } from 'drizzle-orm/pg-core';
import type { MessageKey } from '../incident/ids.ts';
import { instant } from './columns.ts';

/** Short links in texts, each for one receipt. Of the code only its hash stands here: whoever reads the table opens none. */
export const shortLink = pgTable(
  'short_link',
  {
    hash: text('hash').primaryKey(),
    key: text('key').$type<MessageKey>().notNull(),
    person: text('person').notNull(),
    issuedAt: instant('issued_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('short_link_expires').on(t.expiresAt)],
);

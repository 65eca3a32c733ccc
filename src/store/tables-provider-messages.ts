import { sql } from 'drizzle-orm';
import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { MessageKey } from '../incident/ids.ts';
import { instant } from './columns.ts';

/** Under which id of its own a provider took a message: some report under that alone. No number and no person stands here. */
export const providerMessage = pgTable(
  'provider_message',
  {
    channel: text('channel').notNull(),
    providerId: text('provider_id').notNull(),
    key: text('key').$type<MessageKey>().notNull(),
    at: instant('at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [primaryKey({ columns: [t.channel, t.providerId] })],
);

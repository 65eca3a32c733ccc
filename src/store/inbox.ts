import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { MessageKey } from '../incident/ids.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { inbox } from './tables-inbox.ts';

export type InboxMessage = typeof inbox.$inferSelect;

/** Lays a message before a person. The same once more stays as it is. */
export function putInInbox(
  { db }: Register,
  message: Pick<InboxMessage, 'person' | 'key' | 'subject' | 'text'>,
): Promise<void> {
  return guarded(async () => {
    await db.insert(inbox).values(message).onConflictDoNothing();
  });
}

/** What lies before a person, the newest first. */
export const inboxOf = (
  { db }: Register,
  person: string,
  { unreadOnly, limit }: { unreadOnly: boolean; limit: number },
): Promise<InboxMessage[]> =>
  guarded(async () =>
    db
      .select()
      .from(inbox)
      .where(and(eq(inbox.person, person), unreadOnly ? isNull(inbox.readAt) : undefined))
      .orderBy(desc(inbox.at))
      .limit(limit),
  );

/** Marks a message as read, once. False when the person has none under this key. */
export function readFromInbox({ db }: Register, person: string, key: MessageKey): Promise<boolean> {
  return guarded(async () => {
    const read = await db
      .update(inbox)
      .set({ readAt: sql`coalesce(${inbox.readAt}, now())` })
      .where(and(eq(inbox.person, person), eq(inbox.key, key)))
      .returning({ key: inbox.key });
    return read.length > 0;
  });
}

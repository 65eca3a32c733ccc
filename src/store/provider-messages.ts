import { and, eq } from 'drizzle-orm';
import type { MessageKey } from '../incident/ids.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { providerMessage } from './tables-provider-messages.ts';

/** A message as its provider knows it. */
export interface ProviderMessage {
  /** `sms` or `voice`. */
  channel: string;
  /** The provider's own id, as it answered the send. */
  providerId: string;
  key: MessageKey;
}

/** Notes under which id a provider took a message; the first word on an id stands. */
export const noteProviderMessage = ({ db }: Register, taken: ProviderMessage): Promise<void> =>
  guarded(async () => {
    await db.insert(providerMessage).values(taken).onConflictDoNothing();
  });

/** Which message a provider means by its own id; null when it is none of ours. */
export const keyOfProviderMessage = (
  { db }: Register,
  { channel, providerId }: Omit<ProviderMessage, 'key'>,
): Promise<MessageKey | null> =>
  guarded(async () => {
    const meant = and(eq(providerMessage.channel, channel), eq(providerMessage.providerId, providerId));
    const [row] = await db.select({ key: providerMessage.key }).from(providerMessage).where(meant);
    return row?.key ?? null;
  });

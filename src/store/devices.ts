import { and, eq, gte, lt } from 'drizzle-orm';
import type { Instant } from '../incident/instant.ts';
import type { AccountRow } from './accounts.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { account } from './tables-accounts.ts';
import { device } from './tables-devices.ts';

/** Whose device this is, by its token's hash; null where it is nobody's, or was known before `since`. */
export const deviceAccount = (
  { db }: Register,
  tokenHash: string,
  since: Instant,
): Promise<AccountRow | null> =>
  guarded(async () => {
    const [row] = await db
      .select({ account })
      .from(device)
      .innerJoin(account, eq(account.id, device.accountId))
      .where(and(eq(device.tokenHash, tokenHash), gte(device.knownAt, since)));
    return row?.account ?? null;
  });

/** Notes a device; those not signed in on since `forget` go at the same time. */
export const addDevice = (
  { db }: Register,
  { forget, ...values }: { tokenHash: string; accountId: string; knownAt: Instant; forget: Instant },
): Promise<void> =>
  guarded(async () => {
    await db.delete(device).where(lt(device.knownAt, forget));
    await db.insert(device).values(values);
  });

export const forgetDevice = ({ db }: Register, tokenHash: string): Promise<void> =>
  guarded(async () => {
    await db.delete(device).where(eq(device.tokenHash, tokenHash));
  });

export const forgetDevicesOf = ({ db }: Register, accountId: string): Promise<void> =>
  guarded(async () => {
    await db.delete(device).where(eq(device.accountId, accountId));
  });

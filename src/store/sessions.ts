import { and, eq, inArray, isNull, lt, ne } from 'drizzle-orm';
import type { Instant } from '../incident/instant.ts';
import type { AccountRow } from './accounts.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { account, session } from './tables-accounts.ts';

export type SessionRow = typeof session.$inferSelect;

/** Who is signed in with this token, by its hash; null when nobody is. */
export function sessionByHash(
  { db }: Register,
  tokenHash: string,
): Promise<{ session: SessionRow; account: AccountRow } | null> {
  return guarded(async () => {
    const [row] = await db
      .select({ session, account })
      .from(session)
      .innerJoin(account, eq(account.id, session.accountId))
      .where(eq(session.tokenHash, tokenHash));
    return row ?? null;
  });
}

/** The same of many tokens, by hash; those of nobody are left out. */
export function sessionsByHash(
  { db }: Register,
  hashes: string[],
): Promise<Map<string, { session: SessionRow; account: AccountRow }>> {
  return guarded(async () => {
    const rows = await db
      .select({ session, account })
      .from(session)
      .innerJoin(account, eq(account.id, session.accountId))
      .where(inArray(session.tokenHash, hashes));
    return new Map(rows.map((row) => [row.session.tokenHash, row]));
  });
}

/** Signs in; sessions that nobody can use any more go at the same time. */
export function openSession(
  { db }: Register,
  {
    tokenHash,
    accountId,
    at,
    forget,
  }: { tokenHash: string; accountId: string; at: Instant; forget: Instant },
): Promise<void> {
  return guarded(async () => {
    await db.delete(session).where(lt(session.signedInAt, forget));
    await db
      .insert(session)
      .values({ tokenHash, accountId, signedInAt: at, tokenAt: at, seenAt: at, replacedAt: null });
  });
}

/** Gives a session a new token. False when another request has done so already. */
export function replaceToken(
  { db }: Register,
  was: SessionRow,
  { tokenHash, at }: { tokenHash: string; at: Instant },
): Promise<boolean> {
  return guarded(() =>
    db.transaction(async (tx) => {
      const still = and(eq(session.tokenHash, was.tokenHash), isNull(session.replacedAt));
      const replaced = await tx.update(session).set({ replacedAt: at }).where(still).returning();
      if (replaced.length === 0) return false;
      await tx.insert(session).values({ ...was, tokenHash, tokenAt: at, seenAt: at, replacedAt: null });
      return true;
    }),
  );
}

export const sessionSeen = ({ db }: Register, tokenHash: string, at: Instant): Promise<void> =>
  guarded(async () => {
    await db.update(session).set({ seenAt: at }).where(eq(session.tokenHash, tokenHash));
  });

export const endSession = ({ db }: Register, tokenHash: string): Promise<void> =>
  guarded(async () => {
    await db.delete(session).where(eq(session.tokenHash, tokenHash));
  });

/** Ends all sessions of an account, but for the one with the token hash `except`. */
export const endSessionsOf = ({ db }: Register, accountId: string, except = ''): Promise<void> =>
  guarded(async () => {
    await db.delete(session).where(and(eq(session.accountId, accountId), ne(session.tokenHash, except)));
  });

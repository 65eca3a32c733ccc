import { eq, sql } from 'drizzle-orm';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { signInBrake } from './tables-accounts.ts';

/**
 * Counts a try to sign in as failed until {@link releaseBrake} says otherwise, so that tries side by side are counted as well.
 * Gives how many have failed in a row, this one with them, or until when nothing is tried. After `forget` they count anew.
 */
export function brake(
  { db }: Register,
  key: string,
  { at, forget }: { at: Instant; forget: Instant },
): Promise<{ failures: number; lockedUntil: null } | { failures: null; lockedUntil: Instant }> {
  const again = sql`case when ${signInBrake.lastAt} < ${forget}::timestamptz then 1 else ${signInBrake.failures} + 1 end`;
  return guarded(async () => {
    const [counted] = await db
      .insert(signInBrake)
      .values({ key, failures: 1, lastAt: at })
      .onConflictDoUpdate({
        target: signInBrake.key,
        set: { failures: again, lastAt: at, lockedUntil: null },
        setWhere: sql`${signInBrake.lockedUntil} is null or ${signInBrake.lockedUntil} <= ${at}::timestamptz`,
      })
      .returning();
    if (counted) return { failures: counted.failures, lockedUntil: null };
    const [locked] = await db.select().from(signInBrake).where(eq(signInBrake.key, key));
    return { failures: null, lockedUntil: locked?.lockedUntil ?? at };
  });
}

export const lockUntil = ({ db }: Register, key: string, lockedUntil: Instant): Promise<void> =>
  guarded(async () => {
    await db.update(signInBrake).set({ lockedUntil }).where(eq(signInBrake.key, key));
  });

export const releaseBrake = ({ db }: Register, key: string): Promise<void> =>
  guarded(async () => {
    await db.delete(signInBrake).where(eq(signInBrake.key, key));
  });

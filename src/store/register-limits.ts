import { eq, sql } from 'drizzle-orm';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { registerLimit as table } from './tables-registers.ts';

export type LimitName = (typeof table.$inferSelect)['name'];

/** The bureau's own limits: within what an edition is studied, how often an office screens. Null: 未载明. */
export type RegisterLimits = Record<LimitName, { period: string; setAt: Instant } | null>;

export const registerLimits = ({ db }: Register): Promise<RegisterLimits> =>
  guarded(async () => {
    const rows = await db.select().from(table);
    const of = (name: LimitName) => rows.find((row) => row.name === name) ?? null;
    return { study: of('study'), screening: of('screening') };
  });

/** Sets one; null takes it away. A period that changes counts from the same day on as the one before. */
export const setRegisterLimit = (
  { db }: Register,
  name: LimitName,
  period: string | null,
  setAt: Instant,
): Promise<void> =>
  guarded(async () => {
    if (period === null) await db.delete(table).where(eq(table.name, name));
    else
      await db
        .insert(table)
        .values({ name, period, setAt })
        .onConflictDoUpdate({ target: table.name, set: { period: sql`excluded.period` } });
  });

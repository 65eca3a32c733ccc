import { and, eq } from 'drizzle-orm';
import type { PlanPin } from '../incident/entry.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { planEdition as table } from './tables.ts';

/** Keeps a plan's text, so that an incident's plan can be read for as long as its record. Keeping it again changes nothing. */
export function savePlanEdition(
  { db }: Register,
  { key, edition, hash }: PlanPin,
  text: string,
): Promise<void> {
  return guarded(async () => {
    await db.insert(table).values({ key, edition, hash, text }).onConflictDoNothing();
  });
}

/** The text of exactly this edition; null when the register never saw it. */
export function planEdition({ db }: Register, pin: PlanPin): Promise<string | null> {
  const same = and(eq(table.key, pin.key), eq(table.edition, pin.edition), eq(table.hash, pin.hash));
  return guarded(async () => {
    const [row] = await db.select({ text: table.text }).from(table).where(same);
    return row?.text ?? null;
  });
}

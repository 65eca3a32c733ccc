import { and, desc, eq, sql } from 'drizzle-orm';
import type { Instant } from '../incident/instant.ts';
import { recordChange } from './changes.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { changeEntry } from './tables-changes.ts';

/** A back-up of this register that was made and seen to be whole. Where it lies now nobody here knows. */
export interface BackupMade {
  /** The name of its folder. */
  name: string;
  /** Everything recorded before this is in it. */
  begunAt: Instant;
  /** Nothing recorded after this is in it. */
  takenAt: Instant;
}

const ACT = 'backedUp';

/** Puts on the change record that `by` made a whole back-up: a copy of everything has left the register. */
export async function noteBackup(register: Register, by: string, made: BackupMade): Promise<void> {
  const { name, begunAt, takenAt } = made;
  await recordChange(register, {
    by,
    via: 'cli',
    area: 'operations',
    subject: 'register',
    from: null,
    to: { act: ACT, name, begunAt, takenAt },
  });
}

/** The last one that was noted, and how many seconds ago it began by the database's clock; null where none was. A restored register knows those of its time. */
export const lastBackup = ({
  db,
}: Pick<Register, 'db'>): Promise<(BackupMade & { ageSeconds: number }) | null> =>
  guarded(async () => {
    const { area, to, seq } = changeEntry;
    const [row] = await db
      .select({
        made: sql<BackupMade>`${to}`,
        ageSeconds: sql<number>`greatest(0, extract(epoch from now() - (${to}->>'begunAt')::timestamptz))::float8`,
      })
      .from(changeEntry)
      .where(and(eq(area, 'operations'), sql`${to}->>'act' = ${ACT}`))
      .orderBy(desc(seq))
      .limit(1);
    if (!row) return null;
    const { name, begunAt, takenAt } = row.made;
    return { name, begunAt, takenAt, ageSeconds: row.ageSeconds };
  });

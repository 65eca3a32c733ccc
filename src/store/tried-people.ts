import { inArray } from 'drizzle-orm';
import type { MessageKey } from '../incident/ids.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { deliveryClaim } from './tables.ts';

/** Whom messages were meant for, by their keys: sent, under way or refused. What was never claimed has nobody. */
export const triedPeople = ({ db }: Register, keys: readonly MessageKey[]): Promise<string[]> =>
  guarded(async () => {
    if (keys.length === 0) return [];
    const rows = await db
      .selectDistinct({ person: deliveryClaim.person })
      .from(deliveryClaim)
      .where(inArray(deliveryClaim.key, [...keys]));
    return rows.flatMap(({ person }) => person ?? []);
  });

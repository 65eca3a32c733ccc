import { and, inArray, isNotNull } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { message } from './tables.ts';

/** Everybody whom a message of these incidents has reached, by id. */
export const peopleTold = ({ db }: Register, incidents: IncidentId[]): Promise<string[]> =>
  guarded(async () => {
    if (incidents.length === 0) return [];
    const rows = await db
      .selectDistinct({ person: message.person })
      .from(message)
      .where(
        and(inArray(message.incidentId, incidents), isNotNull(message.person), isNotNull(message.acceptedAt)),
      );
    return rows.map(({ person }) => person!);
  });

import { eq } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { incident } from './tables.ts';

/** Whose an incident is. Neither ever changes. */
export interface IncidentPlace {
  office: string;
  /** The API key, or `account-<id>`, that it was reported with. */
  apiKeyId: string;
}

/** Null when the register has no incident of this id (yet). */
export const incidentPlace = ({ db }: Register, id: IncidentId): Promise<IncidentPlace | null> =>
  guarded(async () => {
    const { office, apiKeyId } = incident;
    return (await db.select({ office, apiKeyId }).from(incident).where(eq(incident.id, id)))[0] ?? null;
  });

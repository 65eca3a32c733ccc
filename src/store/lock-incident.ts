import { eq } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import type { Db } from './open.ts';
import { incident } from './tables.ts';

/** Within a transaction: waits for whoever archives or erases of this incident, and has others wait until it ends. */
export async function lockIncident(tx: Db, id: IncidentId): Promise<void> {
  await tx.select({ id: incident.id }).from(incident).where(eq(incident.id, id)).for('update');
}

import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { openOrder, type SealedOrder } from './drills.ts';
import { drill, drillOffice } from './tables-drills.ts';
import { incident } from './tables.ts';

/** Where drills run now, with whom, and who directs them: null where the order cannot be read. */
export const runningDrillOffices = (register: Register) =>
  guarded(async () => {
    const rows = await register.db
      .select({
        drillId: drillOffice.drillId,
        office: drillOffice.office,
        status: drillOffice.status,
        participants: drillOffice.participants,
        order: drill.order,
        keyId: drill.keyId,
      })
      .from(drillOffice)
      .innerJoin(drill, eq(drill.id, drillOffice.drillId))
      .where(eq(drillOffice.status, 'running'));
    return rows.map(({ order, keyId, ...row }) => ({
      ...row,
      director: directorOf(register, { id: row.drillId, order, keyId }),
    }));
  });

function directorOf(register: Register, row: SealedOrder): string | null {
  try {
    return openOrder(register, row).director;
  } catch {
    return null; // a drill gives way all the same where its office or those who take part are needed
  }
}

/** A real incident whose response goes on. */
export interface RealIncident {
  id: IncidentId;
  number: string | null;
  office: string;
}

/** What is really happening, oldest first: the aftermath of a response keeps nobody from a drill. */
export const openRealIncidents = ({ db }: Register): Promise<RealIncident[]> =>
  guarded(async () =>
    db
      .select({ id: incident.id, number: incident.number, office: incident.office })
      .from(incident)
      .where(and(eq(incident.drill, false), eq(incident.status, 'open'), isNull(incident.responseEndedAt)))
      .orderBy(incident.receivedAt),
  );

/** Sub-cases of a drill's incidents that are still open, and theirs, level by level: the deepest, which are closed first, come last. */
export async function openDrillSubCases(register: Register, ids: IncidentId[]): Promise<IncidentId[][]> {
  const levels: IncidentId[][] = [];
  for (let level = ids; level.length > 0;) {
    const known = [...ids, ...levels.flat()];
    level = (await openDrillsUnder(register, level)).filter((id) => !known.includes(id));
    if (level.length > 0) levels.push(level);
  }
  return levels;
}

const openDrillsUnder = ({ db }: Register, ids: IncidentId[]): Promise<IncidentId[]> =>
  guarded(async () => {
    const rows = await db
      .select({ id: incident.id })
      .from(incident)
      .where(and(eq(incident.drill, true), eq(incident.status, 'open'), inArray(incident.parent, ids)));
    return rows.map(({ id }) => id);
  });

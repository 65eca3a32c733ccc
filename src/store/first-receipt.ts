import { sql } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import { guarded } from './errors.ts';
import { rowsOf, type Register } from './open.ts';
import { entry, incident } from './tables.ts';

/** The first receipt of an incident: which entry it is, and how many seconds after the report it came. */
export interface FirstReceipt {
  seq: number;
  drill: boolean;
  seconds: number;
}

/** Null while nobody has confirmed anything. */
export const firstReceipt = ({ db }: Register, id: IncidentId): Promise<FirstReceipt | null> =>
  guarded(async () => {
    const [row] = await rowsOf<FirstReceipt>(
      db,
      sql`select e.seq, i.drill, greatest(0, extract(epoch from e.at - i.received_at))::float8 as seconds
          from ${entry} e join ${incident} i on i.id = e.incident_id
          where e.incident_id = ${id} and e.kind in ('acknowledged', 'arrived', 'receiptRegistered')
          order by e.seq limit 1`,
    );
    return row ?? null;
  });

import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { EntryKind } from '../incident/entry.ts';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { instantOf, rowsOf } from './open.ts';
import { happening } from './tables-happenings.ts';
import { incident } from './tables.ts';

/** That something was written of an incident: neither what nor of whom. */
export interface Happening {
  pos: number;
  incidentId: IncidentId;
  number: string | null;
  office: string;
  kind: EntryKind;
  at: Instant;
}

interface Written {
  incidentId: IncidentId;
  seq: number;
  kind: EntryKind;
  at: Instant;
}

/** The statement that tells of new entries of one incident. `office` is left out once the register has the incident. */
export function happeningWrite(entries: Written[], office: string | undefined): SQL {
  const id = entries[0]!.incidentId;
  const at =
    office === undefined ? sql`(select office from ${incident} where id = ${id}::uuid)` : sql`${office}`;
  const told = entries.map(({ seq, kind, at }) => ({ seq, kind, at }));
  return sql`
    insert into ${happening} (incident_id, seq, office, kind, at)
    select ${id}::uuid, t.seq, coalesce(${at}, ''), t.kind, t.at
    from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as t(seq int, kind text, at timestamptz) order by t.seq`;
}

/** The newest of these offices (null: of all): its place and instant; null where there is none yet. */
export const newestHappening = (
  { db }: Register,
  among: string[] | null,
): Promise<{ pos: number; at: Instant } | null> =>
  guarded(async () => {
    if (among?.length === 0) return null;
    const newest = sql`select pos, at from ${happening}`;
    const [row] = await rowsOf<{ pos: number | string; at: string }>(
      db,
      among === null
        ? sql`${newest} order by pos desc limit 1`
        : sql`select n.pos, n.at from (values ${sql.join(
            among.map((office) => sql`(${office}::text)`),
            sql`, `,
          )}) as o(office) cross join lateral (
            ${newest} where office = o.office order by pos desc limit 1) n order by n.pos desc limit 1`,
    );
    return row ? { pos: Number(row.pos), at: instantOf(row.at) } : null;
  });

/** At most `limit` after a place, in their order. */
export const happeningsAfter = ({ db }: Register, pos: number, limit: number): Promise<Happening[]> =>
  guarded(async () => {
    const rows = await rowsOf<Happening>(
      db,
      sql`select h.pos, h.incident_id as "incidentId", i.number, h.office, h.kind, h.at
          from ${happening} h left join ${incident} i on i.id = h.incident_id
          where h.pos > ${pos} order by h.pos limit ${limit}`,
    );
    return rows.map((row) => ({ ...row, pos: Number(row.pos), at: instantOf(row.at) }));
  });

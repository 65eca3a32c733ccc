import { sql } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import type { NumberSeries } from '../incident/notice.ts';
import { StoreError, guarded } from './errors.ts';
import type { Register } from './open.ts';
import { rowsOf } from './open.ts';
import { incidentNumber, numberSeries } from './tables.ts';

/** `WS-2026-0001`, drills `WS-D-2026-0001`; from the ten-thousandth on with more digits. */
export const formatNumber = ({ prefix, year, drill }: NumberSeries, nr: number): string =>
  [prefix, ...(drill ? ['D'] : []), year, String(nr).padStart(4, '0')].join('-');

/**
 * The incident's number in `series`, the next free one when it has none yet. Asking again gives the same number, whatever
 * the series. Each series counts without gaps or doubles. Needs no entry of the incident in the register.
 */
export function allotNumber(
  register: Register,
  incidentId: IncidentId,
  series: NumberSeries,
): Promise<string> {
  return guarded(() => allot(register, incidentId, series));
}

async function allot(register: Register, id: IncidentId, series: NumberSeries, tries = 3): Promise<string> {
  try {
    const taken = await takeNumber(register, id, series);
    return formatNumber(taken, taken.nr);
  } catch (error) {
    const raced = error instanceof StoreError && error.sqlState === UNIQUE_VIOLATION;
    if (raced && tries > 1) return allot(register, id, series, tries - 1);
    throw error;
  }
}

type Allotted = NumberSeries & { nr: number };

/**
 * One statement, so that a number counted up is a number given. When somebody else allots one to this incident at the same
 * time, the whole statement is undone by a unique violation, and asking again finds theirs.
 */
async function takeNumber(register: Register, id: IncidentId, series: NumberSeries): Promise<Allotted> {
  const { prefix, year, drill } = series;
  const statement = sql`
    with known as (
      select prefix, year, drill, nr from ${incidentNumber} where incident_id = ${id}
    ), next as (
      insert into ${numberSeries} as series (prefix, year, drill, last)
      select ${prefix}::text, ${year}::int, ${drill}::boolean, 1 where not exists (select from known)
      on conflict (prefix, year, drill) do update set last = series.last + 1
      returning prefix, year, drill, last
    ), taken as (
      insert into ${incidentNumber} (incident_id, prefix, year, drill, nr)
      select ${id}::uuid, prefix, year, drill, last from next
      returning prefix, year, drill, nr
    )
    select * from known union all select * from taken`;
  const [row] = await guarded(() => rowsOf<Allotted>(register.db, statement));
  return row!;
}

const UNIQUE_VIOLATION = '23505';

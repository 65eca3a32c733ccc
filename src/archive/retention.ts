import { DateTime } from 'luxon';
import type { Instant } from '../incident/instant.ts';
import { SHOWN_TIME_ZONE, toInstant } from '../incident/instant.ts';
import type { IncidentRow } from '../store/incidents.ts';

export const RETENTION_KINDS = ['incident', 'falseAlarm', 'drill'] as const;
export type RetentionKind = (typeof RETENTION_KINDS)[number];

/** How many years after the closing an incident's personal values are kept, by kind; a kind without a term is kept. */
export type Retention = Partial<Record<RetentionKind, number>>;

/** Reads `incident=30,falseAlarm=5,drill=3`. Throws `RangeError` saying which part is wrong. */
export function parseRetention(text: string): Retention {
  const retention: Retention = {};
  for (const part of text.split(',')) {
    const [, name = '', years = ''] = /^\s*(\w+)\s*=\s*(\d{1,3})\s*$/.exec(part) ?? [];
    const kind = RETENTION_KINDS.find((known) => known === name);
    if (!kind || Number(years) < 1 || retention[kind] !== undefined)
      throw new RangeError(`"${part.trim()}": each of ${RETENTION_KINDS.join(', ')} once, as kind=years`);
    retention[kind] = Number(years);
  }
  return retention;
}

export const retentionKind = ({ drill, closedAs }: Pick<IncidentRow, 'drill' | 'closedAs'>): RetentionKind =>
  drill ? 'drill' : closedAs === 'falseAlarm' ? 'falseAlarm' : 'incident';

/** Until when an incident is kept, by the calendar of Asia/Shanghai; null while it is open, and where no term is set. */
export function keptUntil(
  incident: Pick<IncidentRow, 'drill' | 'closedAs' | 'closedAt'>,
  retention: Retention,
): Instant | null {
  const years = retention[retentionKind(incident)];
  if (years === undefined || incident.closedAt === null) return null;
  return toInstant(DateTime.fromISO(incident.closedAt, { zone: SHOWN_TIME_ZONE }).plus({ years }).toMillis());
}

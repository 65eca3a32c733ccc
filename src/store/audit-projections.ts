import type { AnyColumn } from 'drizzle-orm';
import { eq, getTableColumns, getTableName } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Entry } from '../incident/entry.ts';
import type { IncidentId } from '../incident/ids.ts';
import type { Db } from './open.ts';
import type { Changes } from './project.ts';
import { project } from './project.ts';
import { incident, incidentBranch, message, report, stage, subCase, subject } from './tables.ts';

type Row = Record<string, unknown>;

/** A table that is made from the timeline, and what the timeline makes of it. */
interface Projection {
  table: PgTable;
  /** The column that says whose row it is. */
  owner: PgColumn;
  /** A row's key within its incident, in words. */
  key: (row: Row) => string;
  said: (changes: Changes) => Iterable<object>;
}

const PROJECTIONS: Projection[] = [
  {
    table: incident,
    owner: incident.id,
    key: () => 'of the incident',
    said: (changes) => (changes.incident ? [changes.incident] : []),
  },
  {
    table: incidentBranch,
    owner: incidentBranch.incidentId,
    key: (row) => `of entry ${String(row['entry'])}`,
    said: ({ branches }) => branches,
  },
  {
    table: stage,
    owner: stage.incidentId,
    key: (row) => `of ${String(row['stageId'])} opening ${String(row['opening'])}`,
    said: ({ stages }) => stages.values(),
  },
  {
    table: message,
    owner: message.incidentId,
    key: (row) => String(row['key']),
    said: ({ messages }) => messages.values(),
  },
  {
    table: subject,
    owner: subject.incidentId,
    key: (row) => `of subject ${String(row['nr'])}`,
    said: ({ subjects }) => subjects.values(),
  },
  {
    table: report,
    owner: report.incidentId,
    key: (row) => `of report ${String(row['nr'])}`,
    said: ({ reports }) => reports,
  },
  {
    table: subCase,
    owner: subCase.incidentId,
    key: (row) => `of sub-case ${String(row['subCase'])}`,
    said: ({ subCases }) => subCases.values(),
  },
];

/**
 * What API and pages read, against what the timeline says: one line for each row that was changed, added or removed, with table,
 * row and columns. Values are not told. `entries` is the whole timeline, `number` the one that was allotted.
 */
export async function changedRows(
  db: Db,
  id: IncidentId,
  entries: Entry[],
  number: string | null,
): Promise<string[]> {
  const changes = project(id, entries, number);
  const texts: string[] = [];
  for (const { table, owner, key, said } of PROJECTIONS) {
    const there = byKey(await db.select().from(table).where(eq(owner, id)), key);
    const expected = byKey(said(changes), key);
    const name = getTableName(table);
    for (const [ref, row] of expected) {
      const found = there.get(ref);
      const columns = found && differing(table, row, found).join(', ');
      if (!found) texts.push(`table ${name}: the row ${ref} was removed`);
      else if (columns) texts.push(`table ${name}: the row ${ref} is not what the timeline says: ${columns}`);
    }
    for (const ref of there.keys()) {
      if (!expected.has(ref)) texts.push(`table ${name}: the row ${ref} does not come from the timeline`);
    }
  }
  return texts;
}

const byKey = (rows: Iterable<object>, key: Projection['key']): Map<string, Row> =>
  new Map(Array.from(rows as Iterable<Row>, (row) => [key(row), row]));

/** The names of the columns in which two rows would not be stored alike. */
const differing = (table: PgTable, expected: Row, found: Row): string[] =>
  Object.entries(getTableColumns(table))
    .filter(([field, column]) => stored(column, expected[field]) !== stored(column, found[field]))
    .map(([, column]) => column.name);

/** A value as its column's driver is given it, so that an instant is the same however it was written. */
const stored = (column: AnyColumn, value: unknown): unknown =>
  value === undefined || value === null ? null : column.mapToDriverValue(value);

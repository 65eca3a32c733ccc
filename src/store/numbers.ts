import { sql, type SQL } from 'drizzle-orm';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import { rowsOf, type Register } from './open.ts';
import { stageOfPlan } from './stage-of-plan.ts';
import { entry, incident, message, stage } from './tables.ts';

/** Which incidents are counted: received in a period, of these offices (null: of all), sub-cases left out. */
export interface Counted {
  since: Instant;
  /** Not part of it. */
  until: Instant;
  among: string[] | null;
  office?: string | undefined;
}

export const TIMES = ['firstReceipt', 'arrival', 'responseEnded', 'closed'] as const;
export type TimeName = (typeof TIMES)[number];

/** Seconds from when the report was received; null where there is none. */
export interface Spread {
  count: number;
  p50: number | null;
  p90: number | null;
}

export interface TimesRow {
  drill: boolean;
  /** Null: all of them together. */
  office: string | null;
  incidents: number;
  open: number;
  times: Record<TimeName, Spread>;
}

export interface OverdueRow {
  drill: boolean;
  office: string;
  stage: string;
  stageName: string;
  /** How often it was opened, and how many of these were overdue at any time. */
  opened: number;
  overdue: number;
}

/** The SQL of who is counted, as `i`. */
export const countedIn = ({ since, until, among, office }: Counted): SQL => {
  const wanted = [
    sql`i.received_at >= ${since}::timestamptz and i.received_at < ${until}::timestamptz`,
    ...(office === undefined ? [] : [sql`i.office = ${office}`]),
    ...(among === null
      ? []
      : [sql`i.office = any(${sql.param(`{${among.map(quoted).join(',')}}`)}::text[])`]),
  ];
  return sql.join(wanted, sql` and `);
};

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

/** How long things took, for each office and for all, drills apart. */
export const timesIn = ({ db }: Register, counted: Counted): Promise<TimesRow[]> =>
  guarded(() =>
    rowsOf<TimesRow>(
      db,
      sql`with t as (select i.drill, i.office, i.status,
          ${since(sql`(select min(m.acknowledged_at) from ${message} m where m.incident_id = i.id)`)} as "firstReceipt",
          ${since(sql`least((select min(m.arrived_at) from ${message} m where m.incident_id = i.id),
            (select min(s.resolved_at) from ${stage} s where s.incident_id = i.id and s.outcome = 'arrived'))`)} as arrival,
          case when i.closed_as is distinct from 'merged'
            then ${since(sql`coalesce(i.response_ended_at, i.closed_at)`)} end as "responseEnded",
          case when i.closed_as is distinct from 'merged' then ${since(sql`i.closed_at`)} end as closed
        from ${incident} i where ${countedIn(counted)} and i.parent_id is null)
      select drill, office, count(*)::int as incidents, count(*) filter (where status = 'open')::int as open,
        json_build_object(${sql.join(
          TIMES.map((name) => sql`${sql.raw(`'${name}'`)}, ${spread(sql.identifier(name))}`),
          sql`, `,
        )}) as times
      from t group by grouping sets ((drill), (drill, office)) order by drill, office nulls first`,
    ),
  );

const since = (instant: SQL): SQL => sql`extract(epoch from ${instant} - i.received_at)`;

const spread = (
  name: ReturnType<typeof sql.identifier>,
): SQL => sql`json_build_object('count', count(${name}),
  'p50', percentile_cont(0.5) within group (order by ${name}), 'p90', percentile_cont(0.9) within group (order by ${name}))`;

/** Which duties were overdue at any time, by stage and office, the most often first. */
export const overdueIn = ({ db }: Register, counted: Counted): Promise<OverdueRow[]> =>
  guarded(() =>
    rowsOf<OverdueRow>(
      db,
      sql`with i as (select i.id, i.drill, i.office from ${incident} i where i.parent_id is null and ${countedIn(counted)}),
        late as (select distinct e.incident_id, e.data ->> 'stageId' as stage_id, (e.data ->> 'opening')::int as opening
          from ${entry} e join i on i.id = e.incident_id where e.kind = 'stageOverdue')
      select i.drill, i.office, ${stageOfPlan} as stage, min(s.stage_name) as "stageName", count(*)::int as opened,
        count(late.incident_id)::int as overdue
      from i join ${stage} s on s.incident_id = i.id
        left join late on late.incident_id = s.incident_id and late.stage_id = s.stage_id and late.opening = s.opening
      group by i.drill, i.office, ${stageOfPlan} having count(late.incident_id) > 0
      order by i.drill, overdue desc, stage, i.office`,
    ),
  );

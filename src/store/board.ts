import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { IncidentId, StageId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { instantOf, rowsOf } from './open.ts';
import { entry, incident, message, stage } from './tables.ts';

/** A duty that waits, as the board draws it. */
export interface BoardStage {
  stageId: StageId;
  stage: string;
  stageName: string;
  owner: string;
  holder: string | null;
  openedAt: Instant;
  dueAt: Instant | null;
  overdue: boolean;
}

/** An open incident on the board, without any identity. */
export interface BoardRow {
  id: IncidentId;
  number: string | null;
  drill: boolean;
  office: string;
  eventType: string | null;
  branch: string | null;
  branchName: string | null;
  parent: IncidentId | null;
  status: 'open';
  openedAt: Instant;
  responseEndedAt: Instant | null;
  lastEventAt: Instant;
  /** Nobody has confirmed a message of it, recorded anything or taken it over. */
  isNew: boolean;
  /** `done`: ended with an outcome of the plan. */
  done: number;
  /** The soonest deadline of an open stage; null where none has one. */
  dueAt: Instant | null;
  /** Open stages, the soonest deadline first. */
  open: BoardStage[];
}

export interface BoardFilter {
  office?: string | undefined;
  branch?: string | undefined;
  overdue?: boolean | undefined;
  drill?: boolean | undefined;
  /** What stands anywhere in the number. */
  q?: string | undefined;
}

/** Where a page ended: the order's own columns, so that the next goes on there whatever has come in before it. */
export type BoardPlace = [dueAt: Instant | null, openedAt: Instant, id: string];

interface Asked {
  /** Only of these offices; null: of all. */
  among: string[] | null;
  at: Instant;
}

/**
 * A page of the open incidents: overdue ones first, then by the soonest deadline, which is one order; without a deadline last,
 * the newest first. What is overdue is so at `at`, whether or not the incident's own clock has said so yet.
 */
export function boardPage(
  { db }: Register,
  {
    filter,
    after,
    limit,
    ...asked
  }: Asked & { filter: BoardFilter; after: BoardPlace | null; limit: number },
): Promise<BoardRow[]> {
  const { at } = asked;
  const order = (due: SQL, opened: SQL) =>
    sql`coalesce(${due}, 'infinity'::timestamptz), -extract(epoch from ${opened})`;
  const place = order(sql`b.due_at`, sql`b.opened_at`);
  const beyond = after
    ? sql`(${place}, b.id) > (${order(sql`${after[0]}::timestamptz`, sql`${after[1]}::timestamptz`)}, ${after[2]}::uuid)`
    : sql`true`;
  return guarded(async () => {
    const rows = await rowsOf<Raw>(
      db,
      sql`with b as (${openIncidents(asked)}),
        page as (select * from b where ${matching(filter, at)} and ${beyond} order by ${place}, b.id limit ${limit})
        select b.id, b.number, b.drill, b.office, b.event_type as "eventType", b.branch, b.branch_name as "branchName",
          b.parent_id as parent, b.opened_at as "openedAt", b.response_ended_at as "responseEndedAt", b.due_at as "dueAt",
          (select e.at from ${entry} e where e.incident_id = b.id and e.seq = b.last_seq) as "lastEventAt",
          s.done, s.open, not (s.touched or exists (
            select 1 from ${message} m where m.incident_id = b.id and m.acknowledged_at is not null)) as "isNew"
        from page b cross join lateral (${stagesOf(at)}) s
        order by ${place}, b.id`,
    );
    return rows.map(boardRow);
  });
}

/** What the board counts besides: real incidents, and drills apart. `matching` are those of the filter, drills among them. */
export interface BoardCounts {
  open: number;
  overdue: number;
  openedToday: number;
  drills: number;
  matching: number;
}

/** `since` is when today began. */
export const boardCounts = (
  { db }: Register,
  { filter, since, ...asked }: Asked & { filter: BoardFilter; since: Instant },
): Promise<BoardCounts> =>
  guarded(async () => {
    const [row] = await rowsOf<BoardCounts>(
      db,
      sql`with b as (${openIncidents(asked)})
        select count(*) filter (where not drill)::int as open,
          count(*) filter (where not drill and due_at <= ${asked.at}::timestamptz)::int as overdue,
          count(*) filter (where drill)::int as drills,
          count(*) filter (where ${matching(filter, asked.at)})::int as matching,
          (select count(*)::int from ${incident} i
            where i.opened_at >= ${since}::timestamptz and not i.drill and ${within(asked)}) as "openedToday"
        from b`,
    );
    return row!;
  });

const within = ({ among }: Asked): SQL =>
  among === null
    ? sql`true`
    : among.length === 0
      ? sql`false`
      : sql`i.office in (${sql.join(
          among.map((office) => sql`${office}`),
          sql`, `,
        )})`;

const openIncidents = (asked: Asked): SQL => sql`
  select i.*, d.due_at from ${incident} i left join (
    select incident_id, min(due_at) as due_at from ${stage} where resolved_at is null group by incident_id
  ) d on d.incident_id = i.id
  where i.status = 'open' and ${within(asked)}`;

function matching({ office, branch, overdue, drill, q }: BoardFilter, at: Instant): SQL {
  const isOverdue = sql`coalesce(due_at <= ${at}::timestamptz, false)`;
  const wanted = [
    ...(office === undefined ? [] : [sql`office = ${office}`]),
    ...(branch === undefined ? [] : [sql`branch = ${branch}`]),
    ...(drill === undefined ? [] : [sql`drill = ${drill}`]),
    ...(overdue === undefined ? [] : [overdue ? isOverdue : sql`not ${isOverdue}`]),
    ...(q === undefined ? [] : [sql`strpos(lower(coalesce(number, '')), lower(${q})) > 0`]),
  ];
  return wanted.length ? sql.join(wanted, sql` and `) : sql`true`;
}

/** How a stage may have ended without having been done. */
const NOT_DONE = sql`('superseded', 'lapsed', 'closed')`;

const stagesOf = (at: Instant): SQL => sql`
  select count(*) filter (where resolved_at is not null and outcome not in ${NOT_DONE})::int as done,
    coalesce(bool_or(resolved_by is not null or continued > 0 or holder is not null), false) as touched,
    coalesce(json_agg(json_build_object('stageId', stage_id, 'stage', stage, 'stageName', stage_name, 'owner', owner,
      'holder', holder, 'openedAt', opened_at, 'dueAt', due_at, 'overdue', coalesce(due_at <= ${at}::timestamptz, false))
      order by due_at nulls last, opened_at, stage_id) filter (where resolved_at is null), '[]') as open
  from ${stage} where incident_id = b.id`;

type Raw = Omit<BoardRow, 'status' | 'open'> & { open: BoardStage[] };

const boardRow = ({ open, ...row }: Raw): BoardRow => ({
  ...row,
  status: 'open',
  openedAt: instantOf(row.openedAt),
  responseEndedAt: row.responseEndedAt && instantOf(row.responseEndedAt),
  lastEventAt: instantOf(row.lastEventAt),
  dueAt: row.dueAt && instantOf(row.dueAt),
  open: open.map((each) => ({
    ...each,
    openedAt: instantOf(each.openedAt),
    dueAt: each.dueAt && instantOf(each.dueAt),
  })),
});

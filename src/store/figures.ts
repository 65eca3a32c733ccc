import { sql } from 'drizzle-orm';
import { guarded } from './errors.ts';
import { rowsOf, type Register } from './open.ts';
import { stageOfPlan } from './stage-of-plan.ts';
import { guardFinding } from './tables-rosters.ts';
import { incident, message, stage } from './tables.ts';
import { waitingChange } from './tables-waiting-changes.ts';

/** Open incidents of a branch (null: none is chosen yet), and how many of them wait in each of its stages. */
export interface OpenFigure {
  drill: boolean;
  branch: string | null;
  /** Null: the branch as a whole. */
  stage: string | null;
  incidents: number;
}

/** What waits, drills apart. Ages in seconds by the database's clock, 0 where nothing waits. */
export interface WaitingFigure {
  drill: boolean;
  overdueDuties: number;
  oldestOverdue: number;
  /** Deadlines that passed more than a minute ago and of which no workflow has said so: nobody is processing. */
  unsaidDeadlines: number;
  waitingMessages: number;
  oldestMessage: number;
  unconfirmedIncidents: number;
  oldestUnconfirmed: number;
}

/** What of the register stands on a dashboard: counts alone, no id, number, name or office. */
export interface Figures {
  open: OpenFigure[];
  waiting: WaitingFigure[];
  rosterFindings: number;
  /** Rights taken away that are not on the change record yet. */
  waitingChanges: number;
}

/** Reads open incidents, open stages and unsettled messages by their indexes: what is closed costs nothing. */
export const figures = ({ db }: Register): Promise<Figures> =>
  guarded(async () => {
    const open = await rowsOf<OpenFigure>(
      db,
      sql`select i.drill, i.branch, s.stage, count(distinct i.id)::int as incidents
          from ${incident} i left join lateral (select ${stageOfPlan} as stage from ${stage} s
            where s.incident_id = i.id and s.resolved_at is null) s on true
          where i.status = 'open' group by grouping sets ((i.drill, i.branch), (i.drill, i.branch, s.stage))
          having grouping(s.stage) = 1 or s.stage is not null`,
    );
    const waiting = await rowsOf<WaitingFigure>(db, WAITING);
    const [rest] = await rowsOf<Pick<Figures, 'rosterFindings' | 'waitingChanges'>>(
      db,
      sql`select (select count(*)::int from ${guardFinding} where mended_at is null) as "rosterFindings",
          (select count(*)::int from ${waitingChange}) as "waitingChanges"`,
    );
    return { open, waiting, ...rest! };
  });

const WAITING = sql`
  with duty as (
    select i.drill, s.due_at, s.overdue_at from ${stage} s join ${incident} i on i.id = s.incident_id
    where s.resolved_at is null and s.due_at <= now() and i.status = 'open'
  ), waiting as (
    select i.drill, m.sent_at from ${message} m join ${incident} i on i.id = m.incident_id
    where m.result is null and i.status = 'open'
  ), unconfirmed as (
    select i.drill, i.opened_at from ${incident} i where i.status = 'open' and not exists (
      select 1 from ${message} m where m.incident_id = i.id and m.acknowledged_at is not null)
  )
  select d.drill,
    (select count(*)::int from duty where drill = d.drill) as "overdueDuties",
    (select ${age('min(due_at)')} from duty where drill = d.drill) as "oldestOverdue",
    (select count(*)::int from duty where drill = d.drill and overdue_at is null
      and due_at < now() - interval '1 minute') as "unsaidDeadlines",
    (select count(*)::int from waiting where drill = d.drill) as "waitingMessages",
    (select ${age('min(sent_at)')} from waiting where drill = d.drill) as "oldestMessage",
    (select count(*)::int from unconfirmed where drill = d.drill) as "unconfirmedIncidents",
    (select ${age('min(opened_at)')} from unconfirmed where drill = d.drill) as "oldestUnconfirmed"
  from (values (false), (true)) as d (drill)`;

function age(instant: string) {
  return sql.raw(`coalesce(greatest(0, extract(epoch from now() - ${instant})), 0)::float8`);
}

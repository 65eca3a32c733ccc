import { sql } from 'drizzle-orm';
import { guarded } from './errors.ts';
import { instantOf, rowsOf, type Register } from './open.ts';
import { entry, incident } from './tables.ts';

/** What a back-up says of the incidents in it, without anything personal. */
export interface IncidentsNow {
  all: number;
  /** Numbers of open ones, or ids where there is none yet; drills too. */
  open: string[];
  lastEntryAt: string | null;
}

/** Whether a restore could be noted in this register: an older one lacks the table until its tables are brought up to date. */
export const canNoteRestores = ({ db }: Register): Promise<boolean> =>
  guarded(async () => {
    const [found] = await rowsOf<{ is: boolean }>(db, sql`select to_regclass('restored') is not null as is`);
    return found!.is;
  });

/** How many incidents there are, which are open, and when the newest entry was recorded. */
export const incidentsNow = ({ db }: Register): Promise<IncidentsNow> =>
  guarded(async () => {
    const [counted] = await rowsOf<{ all: number; last: string | null }>(
      db,
      sql`select (select count(*) from ${incident})::int as all, (select max(at) from ${entry})::text as last`,
    );
    const open = await rowsOf<{ name: string }>(
      db,
      sql`select coalesce(number, id::text) as name from ${incident} where status = 'open' order by opened_at, id`,
    );
    const { all, last } = counted!;
    return { all, open: open.map(({ name }) => name), lastEntryAt: last === null ? null : instantOf(last) };
  });

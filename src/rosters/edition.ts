import { createHash } from 'node:crypto';
import { laidOver, type RosterEdition, withEditions } from '../people/live-organisation.ts';
import type { Body, Organisation } from '../people/organisation.ts';
import { type Role } from '../people/roster-schema.ts';
import { type Watch, watchesOn } from '../people/watch.ts';
import { personById } from '../people/organisation.ts';
import type { SheetProblem } from './sheet-problem.ts';
import { readRoster } from './read-roster.ts';

/** One shift of one date that an import changes; names of people, null where there was or will be no such shift. */
export interface DutyChange {
  date: string;
  as: Role;
  shift: string;
  before: string[] | null;
  after: string[] | null;
}

/** What an import would do. */
export interface RosterPreview {
  /** Names this file upon what stands now: whoever applies it says so, and gets exactly this or nothing. */
  preview: string;
  sourceHash: string;
  problems: SheetProblem[];
  notices: string[];
  /** First and last date; null when nothing could be read. */
  from: string | null;
  to: string | null;
  turns: number;
  changes: DutyChange[];
  /** What stands afterwards; null while there are problems: nothing is imported halfway. */
  edition: RosterEdition | null;
}

/** The newest edition of a body, and its number; 0 and nothing where there is none. */
export interface Standing {
  nr: number;
  edition: RosterEdition | null;
}

/** Reads a sheet for a body and says what would change. Writes nothing. Throws {@link SheetRefused}. */
export async function previewRoster(
  bytes: Uint8Array,
  organisation: Organisation,
  bodyId: string,
  standing: Standing,
): Promise<RosterPreview> {
  // One snapshot, whatever is imported meanwhile.
  const now: Organisation = { ...organisation };
  const body = now.bodies.find(({ id }) => id === bodyId)!;
  const { turns, shifts, problems, notices } = await readRoster(bytes, now, body);
  const sourceHash = createHash('sha256').update(bytes).digest('hex');
  const edition: RosterEdition = {
    shifts: { ...standing.edition?.shifts, ...shifts },
    dated: laidOver(standing.edition?.dated ?? [], turns),
  };
  const dates = [...new Set(turns.map(({ date }) => date))].toSorted();
  const place = { bodyId, nr: standing.nr, edition, calendar: now.calendar ?? null };
  return {
    preview: createHash('sha256').update(sourceHash).update(JSON.stringify(place)).digest('hex'),
    sourceHash,
    problems,
    notices,
    from: dates[0] ?? null,
    to: dates.at(-1) ?? null,
    turns: turns.length,
    changes: problems.length > 0 ? [] : changesOn(dates, now, body, edition),
    edition: problems.length > 0 ? null : edition,
  };
}

/** What differs between two rosters of a body on some dates. */
function changesOn(dates: string[], now: Organisation, body: Body, edition: RosterEdition): DutyChange[] {
  const then = withEditions(now, new Map([[body.id, edition]]));
  const bodyThen = then.bodies.find(({ id }) => id === body.id)!;
  return dates.flatMap((date) => {
    const [before, after] = [dutyOn(now, body, date), dutyOn(then, bodyThen, date)];
    return [...new Map([...before, ...after]).values()]
      .map(({ as, shift, key }) => ({
        date,
        as,
        shift,
        before: before.get(key)?.names ?? null,
        after: after.get(key)?.names ?? null,
      }))
      .filter((change) => change.before?.join('、') !== change.after?.join('、'));
  });
}

interface Duty {
  key: string;
  as: Role;
  shift: string;
  names: string[];
}

const dutyOn = (organisation: Organisation, body: Body, date: string): Map<string, Duty> =>
  new Map(
    watchesOn(organisation, body, date).map((watch: Watch) => {
      const key = `${watch.as} ${watch.shift}`;
      const names = watch.people.map(({ person }) => personById(organisation, person)?.name ?? person);
      return [key, { key, as: watch.as, shift: body.roster!.shifts[watch.shift]!.name, names }];
    }),
  );

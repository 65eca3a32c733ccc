import type { DatedTurn, Roster } from './roster-schema.ts';
import type { Body, Organisation } from './schema.ts';

/** What an imported sheet puts into a body's roster. */
export type RosterEdition = Pick<Roster, 'shifts' | 'dated'>;

/** The newest edition of each body that has one, by the body's id. */
export type RosterEditions = ReadonlyMap<string, RosterEdition>;

/** The organisation of the file with the imported rosters in it. Pure: bodies without an edition are the very same objects. */
export function withEditions(file: Organisation, editions: RosterEditions): Organisation {
  const known = new Set(file.people.map(({ id }) => id));
  const bodies = file.bodies.map((body) => {
    const edition = editions.get(body.id);
    return edition ? { ...body, roster: rosterOf(body, edition, known) } : body;
  });
  return { ...file, bodies };
}

function rosterOf({ roster }: Body, edition: RosterEdition, known: ReadonlySet<string>): Roster {
  const file = roster ?? { shifts: {}, rotations: [], dated: [], overrides: [], swaps: [] };
  // Somebody who has left the file since leaves a gap, which the guard names; never a person whom nobody knows.
  const dated = edition.dated.map((turn) => ({ ...turn, people: turn.people.filter((id) => known.has(id)) }));
  return {
    ...file,
    shifts: { ...file.shifts, ...edition.shifts },
    dated: laidOver(file.dated, dated),
  };
}

/** Turns by date with others laid over them: on a date that the others speak of for a role, only they stand. */
export function laidOver(turns: readonly DatedTurn[], over: readonly DatedTurn[]): DatedTurn[] {
  const spokenOf = new Set(over.map(placeOf));
  return [...turns.filter((turn) => !spokenOf.has(placeOf(turn))), ...over];
}

const placeOf = ({ date, as }: DatedTurn): string => `${date} ${as}`;

/** An organisation whose fields are always those of the present snapshot. */
export interface LiveOrganisation {
  /** To be handed around like any other; what is read of it between two awaits is of one snapshot. */
  organisation: Organisation;
  /** From now on the file stands with these editions. Those that have not changed keep their objects. */
  show(editions: RosterEditions): void;
}

/** Makes the organisation of a file live. Without a {@link LiveOrganisation.show} it is the file's. */
export function liveOrganisation(file: Organisation): LiveOrganisation {
  let present = file;
  const organisation = {} as Organisation;
  for (const field of Object.keys(file) as (keyof Organisation)[])
    Object.defineProperty(organisation, field, { enumerable: true, get: () => present[field] });
  return {
    organisation,
    show(editions) {
      present = withEditions(file, editions);
    },
  };
}

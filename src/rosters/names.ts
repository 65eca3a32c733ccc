import { peopleOf } from '../people/bodies.ts';
import type { Body, Organisation, Person } from '../people/organisation.ts';
import { nearest } from '../plan/nearest.ts';

/** Somebody named in a cell: a person, or why it is not known who. `near` is a name that is known, `among` ids to choose from. */
export type Named =
  | { name: string; person: Person }
  | { name: string; code: 'UNKNOWN_PERSON'; near: string | null }
  | { name: string; code: 'AMBIGUOUS_PERSON'; among: string[] };

const plain = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '');

/** Finds people by name. Of two who share one, the one who stands for the body; else whoever is written with an id: 张三（jia-1）. */
export function peopleByName(
  { people }: Organisation,
  body: Body,
): {
  split(cell: string): string[];
  find(name: string): Named;
} {
  const byName = new Map<string, Person[]>();
  for (const person of people)
    byName.set(plain(person.name), [...(byName.get(plain(person.name)) ?? []), person]);
  const ours = new Set([
    ...peopleOf(body),
    ...people.filter((person) => person.body === body.id).map(({ id }) => id),
  ]);
  const isKnown = (piece: string): boolean => byName.has(plain(piece).replace(ID, ''));
  return {
    /** Names stand behind 、 or a line break or, unless the spaces are within a name (张 三), a space. */
    split: (cell) =>
      cell
        .normalize('NFKC')
        .split(/[、,;/\n\r]+/)
        .flatMap((piece) => (isKnown(piece) ? [piece] : piece.split(/\s+/)))
        .map(plain)
        .filter((name) => name !== ''),
    find(name) {
      const id = ID.exec(name)?.[1];
      const bare = name.replace(ID, '');
      const candidates = (byName.get(bare) ?? []).filter((one) => id === undefined || one.id === id);
      const [first, ...others] = candidates;
      if (!first) return { name, code: 'UNKNOWN_PERSON', near: nearest(bare, byName.keys()) };
      if (others.length === 0) return { name, person: first };
      const [one, ...more] = candidates.filter((person) => ours.has(person.id));
      if (one && more.length === 0) return { name, person: one };
      return { name, code: 'AMBIGUOUS_PERSON', among: candidates.map((person) => person.id) };
    },
  };
}

const ID = /\(([a-z][a-z0-9-]{0,39})\)$/;

/** How somebody is written so that the name is found again. */
export const writtenName = ({ people }: Organisation, { name, id }: Person): string =>
  people.filter((other) => plain(other.name) === plain(name)).length > 1 ? `${name}（${id}）` : name;

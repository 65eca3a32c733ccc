import type { Body, Organisation, Person } from './schema.ts';

export const OFFICE = 'judicialOffice';

/** The body that is `party` for incidents of `office`; null when there is none. */
export const bodyFor = (org: Organisation, party: string, office: string): Body | null =>
  org.bodies.find((body) => body.party === party && serves(body, office)) ?? null;

/** A body by id; null when there is none. */
export const bodyById = (org: Organisation, id: string): Body | null =>
  org.bodies.find((body) => body.id === id) ?? null;

/** A person by id; null when nobody has it. */
export const personById = (org: Organisation, id: string): Person | null =>
  org.people.find((person) => person.id === id) ?? null;

/** Who is told what is to be mended in a body's roster: its administrator, else its first contact; null when it has neither. */
export const administratorOf = (org: Organisation, body: Body): Person | null => {
  const id = body.administrator ?? body.contacts[0];
  return id === undefined ? null : personById(org, id);
};

/** Everybody who may be told for a body, by id: its contacts, and whoever its roster names. */
export const peopleOf = ({ contacts, roster }: Body): string[] => [
  ...new Set([
    ...contacts,
    ...(roster?.rotations.flatMap(({ turns }) => turns.flat()) ?? []),
    ...(roster?.dated.flatMap(({ people }) => people) ?? []),
    ...(roster?.overrides.flatMap(({ people }) => people) ?? []),
    ...(roster?.swaps.flatMap(({ between }) => between.map(({ person }) => person)) ?? []),
  ]),
];

const serves = (body: Body, office: string): boolean =>
  body.party === OFFICE ? body.id === office : (body.serves?.includes(office) ?? true);

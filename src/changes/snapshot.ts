import { createHash } from 'node:crypto';
import type { Change, ChangeArea, Json } from '../store/change-entry.ts';

/** One thing as it stands in a file or a setting. */
export interface Thing {
  area: ChangeArea;
  /** What may be read by everybody who reads the change record. */
  fields: Record<string, Json>;
  /** Names, phones, mails: sealed on record. */
  personal?: Record<string, string>;
  /** Hex SHA-256 of what is never kept, not even sealed: whether it changed is all that is told. */
  secrets?: Record<string, string>;
}

/** All things of one source by subject, as it was last looked at. Kept sealed. */
export interface Snapshot {
  /** What it was read from, with the hash of its bytes. */
  source: string;
  /** Which plan or organisation it is: another one is not told thing by thing. */
  of: string;
  things: Record<string, Thing>;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What an entry says instead of a secret: the same mark for the same secret, and no way back without the key. */
export type MarkOf = (sha: string) => string;

/**
 * What changed from one look to the next: a change for each thing, with only those of its fields that differ. The first look at a
 * plan or organisation is one change for each area.
 */
export function changesBetween(before: Snapshot | null, after: Snapshot, markOf: MarkOf): Change[] {
  const made = { by: after.source, via: 'start' };
  if (before?.of !== after.of) return firstLook(before, after).map((change) => ({ ...change, ...made }));
  const subjects = [...new Set([...Object.keys(before.things), ...Object.keys(after.things)])];
  return subjects.flatMap((subject) => {
    const [a, b] = [before.things[subject], after.things[subject]];
    const [from, to] = [sides(a, markOf), sides(b, markOf)];
    const changed = differing(from, to);
    if (changed.length === 0) return [];
    const side = (s: Side | null) => s && picked(s.clear, changed);
    const personal = { ...personalOf('from', from, changed), ...personalOf('to', to, changed) };
    return [{ ...made, area: (b ?? a)!.area, subject, from: side(from), to: side(to), personal }];
  });
}

function firstLook(before: Snapshot | null, after: Snapshot): Omit<Change, 'by' | 'via'>[] {
  const areas = [...new Set(Object.values(after.things).map(({ area }) => area))];
  const told = ({ of, source, things }: Snapshot, area: ChangeArea) => ({
    of,
    source,
    things: Object.values(things).filter((thing) => thing.area === area).length,
  });
  return areas.map((area) => ({
    area,
    subject: 'firstSeen',
    from: before && told(before, area),
    to: told(after, area),
  }));
}

interface Side {
  clear: Record<string, Json>;
  personal: Record<string, string>;
}

const sides = (thing: Thing | undefined, markOf: MarkOf): Side | null =>
  thing
    ? {
        clear: {
          ...thing.fields,
          ...Object.fromEntries(Object.entries(thing.secrets ?? {}).map(([n, sha]) => [n, markOf(sha)])),
        },
        personal: thing.personal ?? {},
      }
    : null;

function differing(from: Side | null, to: Side | null): string[] {
  const names = new Set(
    [from, to].flatMap((side) => (side ? [...Object.keys(side.clear), ...Object.keys(side.personal)] : [])),
  );
  if (!from || !to) return [...names, ...(names.size === 0 ? ['exists'] : [])];
  return [...names].filter(
    (name) =>
      JSON.stringify(from.clear[name]) !== JSON.stringify(to.clear[name]) ||
      from.personal[name] !== to.personal[name],
  );
}

const picked = (clear: Record<string, Json>, names: string[]): Record<string, Json> =>
  Object.fromEntries(names.filter((name) => name in clear).map((name) => [name, clear[name]!]));

const personalOf = (end: 'from' | 'to', side: Side | null, names: string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = side?.personal[name];
      return value === undefined ? [] : [[`${end}.${name}`, value]];
    }),
  );

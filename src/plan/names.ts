import { suggestion } from './nearest.ts';
import { entriesOf, fieldOf, itemsOf } from './raw.ts';
import type { Path, Report } from './yaml-file.ts';

/** What is declared in a plan file and referred to again and again. */
export interface Names {
  parties: string[];
  outside: Set<string>;
  chains: string[];
  branches: string[];
  /** What each branch carries on with. */
  carries: Map<string, unknown[]>;
  documents: string[];
  /** Keys of the stages that come with every branch. */
  firstResponse: string[];
  shared: string[];
}

/** Reads the names off a file, right or wrong. */
export function namesOf(raw: unknown): Names {
  const parties = entriesOf(fieldOf(raw, 'parties'));
  return {
    parties: parties.map(([key]) => key),
    outside: new Set(parties.filter(([, p]) => fieldOf(p, 'outside') === true).map(([key]) => key)),
    chains: keysOf(raw, 'chains'),
    branches: keysOf(raw, 'branches'),
    carries: new Map(
      entriesOf(fieldOf(raw, 'branches')).map(([key, branch]) => [key, itemsOf(fieldOf(branch, 'carries'))]),
    ),
    documents: keysOf(raw, 'documents'),
    firstResponse: keysOf(raw, 'firstResponse'),
    shared: keysOf(raw, 'shared'),
  };
}

/** The keys of one field that is a map. */
export const keysOf = (raw: unknown, name: string): string[] =>
  entriesOf(fieldOf(raw, name)).map(([key]) => key);

/** A name has to lead to something that is declared. What is no text is the schema's affair. */
export function refer(
  name: unknown,
  known: readonly string[],
  what: string,
  path: Path,
  report: Report,
): void {
  // Where nothing is declared at all, the schema says so once, instead of every reference to it.
  if (typeof name !== 'string' || known.length === 0 || known.includes(name)) return;
  report(path, `there is no ${what} "${name.slice(0, 40)}"`, suggestion(name, known));
}

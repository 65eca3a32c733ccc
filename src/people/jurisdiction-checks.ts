import { suggestion } from '../plan/nearest.ts';
import { fieldOf, itemsOf, repeated } from '../plan/raw.ts';
import type { Report } from '../plan/yaml-file.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

/** Finds ids given twice, parents and `in` that lead nowhere, rings, a second top, and bodies that nobody has placed. */
export function checkJurisdictions(raw: unknown, report: Report): void {
  const tree = itemsOf(fieldOf(raw, 'jurisdictions'));
  const ids = tree.map((each) => fieldOf(each, 'id'));
  const known = ids.filter(isText);
  for (const { index } of repeated(ids))
    report(['jurisdictions', index, 'id'], 'this id is taken already', 'every id once');
  checkParents(tree, known, report);
  for (const [i, body] of itemsOf(fieldOf(raw, 'bodies')).entries()) {
    const at = fieldOf(body, 'in');
    if (at === undefined && known.length > 0)
      report(['bodies', i], 'this body is in no jurisdiction', `in: one of ${known.join(', ')}`, 'key');
    if (isText(at) && !known.includes(at))
      report(
        ['bodies', i, 'in'],
        `there is no jurisdiction "${at.slice(0, 40)}"`,
        known.length > 0 ? suggestion(at, known) : 'jurisdictions at the top of the file, or no in',
      );
  }
}

const LEVELS = ['city', 'county', 'township', 'office'];

function checkParents(tree: unknown[], known: string[], report: Report): void {
  const parents = new Map(tree.map((each) => [fieldOf(each, 'id'), fieldOf(each, 'within')]));
  const levels = new Map(
    tree.map((each) => [fieldOf(each, 'id'), LEVELS.indexOf(String(fieldOf(each, 'level')))]),
  );
  const tops = tree.filter((each) => fieldOf(each, 'within') === undefined);
  for (const [i, each] of tree.entries()) {
    const within = fieldOf(each, 'within');
    const path = ['jurisdictions', i, 'within'];
    if (within === undefined) {
      if (each !== tops[0])
        report(['jurisdictions', i], 'there is a top already', 'within: the jurisdiction it lies in', 'key');
    } else if (isText(within) && !known.includes(within)) {
      report(path, `there is no jurisdiction "${within.slice(0, 40)}"`, suggestion(within, known));
    } else if (isInRing(fieldOf(each, 'id'), parents)) {
      report(path, 'this jurisdiction lies within itself', 'a way up that ends at the top');
    } else if (levels.get(within)! >= levels.get(fieldOf(each, 'id'))!) {
      report(path, 'this is no higher level', 'city above county above township above office');
    }
  }
}

function isInRing(id: unknown, parents: Map<unknown, unknown>): boolean {
  const seen = new Set<unknown>();
  for (let at = parents.get(id); at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (at === id) return true;
    seen.add(at);
  }
  return false;
}

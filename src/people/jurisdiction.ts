import { bodyById, OFFICE } from './bodies.ts';
import type { Jurisdiction, Organisation } from './schema.ts';

/** How one jurisdiction stands to another: the same, above it, below it, or neither. */
export type Relation = 'own' | 'parent' | 'child' | 'apart';

/**
 * The jurisdictions of an organisation. A file without any has one county under the organisation's key, with each judicial
 * office below it under the office's id.
 */
export const jurisdictionsOf = (org: Organisation): Jurisdiction[] =>
  org.jurisdictions ?? [
    { id: org.key, name: org.name, level: 'county' },
    ...org.bodies
      .filter(({ party }) => party === OFFICE)
      .map(({ id, name }): Jurisdiction => ({ id, name, level: 'office', within: org.key })),
  ];

/**
 * The jurisdiction of a body, by id. Null where there is no such body, and where a file without jurisdictions has it serve
 * several offices but not all: no place of the tree is that.
 */
export function jurisdictionOf(org: Organisation, bodyId: string): string | null {
  const body = bodyById(org, bodyId);
  if (!body) return null;
  if (org.jurisdictions) return body.in ?? null;
  if (body.party === OFFICE) return body.id;
  if (!body.serves) return org.key;
  return body.serves.length === 1 ? body.serves[0]! : null;
}

/** Whether jurisdiction `a` is `b`, or lies below it. False for ids that are not in the tree. */
export function isWithin(org: Organisation, a: string, b: string): boolean {
  const tree = new Map(jurisdictionsOf(org).map((each) => [each.id, each]));
  for (let at = tree.get(a); at; at = at.within === undefined ? undefined : tree.get(at.within))
    if (at.id === b) return true;
  return false;
}

/** What jurisdiction `a` is to `b`: `parent` when it lies above. */
export function relation(org: Organisation, a: string, b: string): Relation {
  if (isWithin(org, a, b)) return a === b ? 'own' : 'child';
  return isWithin(org, b, a) ? 'parent' : 'apart';
}

/** The judicial offices of a jurisdiction and, unless `own`, of all below it, by id. */
export const officesOf = (org: Organisation, jurisdiction: string, own = false): string[] =>
  org.bodies
    .filter(({ party }) => party === OFFICE)
    .map(({ id }) => id)
    .filter((office) => {
      const at = jurisdictionOf(org, office);
      return at !== null && (own ? at === jurisdiction : isWithin(org, at, jurisdiction));
    });

/** Whether a body is there for a jurisdiction or one below it. A body without a place of its own belongs to the top of the tree. */
export function isBodyWithin(org: Organisation, bodyId: string, jurisdiction: string): boolean {
  const place = jurisdictionOf(org, bodyId) ?? jurisdictionsOf(org).find(({ within }) => !within)?.id;
  return place !== undefined && isWithin(org, place, jurisdiction);
}

import type { Plan } from '../plan/load.ts';
import type { Json } from '../store/change-entry.ts';
import type { Snapshot, Thing } from './snapshot.ts';

/** Where a plan's things lie; all else is of the edition itself. */
const LISTS = [
  'parties',
  'chains',
  'eventTypes',
  'documents',
  'responseLevels',
  'workRequirements',
  'overlay',
];

/**
 * An edition of a plan: each party, chain, event type, stage and paper is a thing of its own, and so is each limit, since those
 * are the bureau's and no revision of the plan.
 */
export function planThings(plan: Plan): Snapshot {
  const { pin, text: _text, firstResponse, branches, shared, ...rest } = plan;
  const things: Record<string, Thing> = {};
  const add = (subject: string, value: unknown) => addThing(things, subject, value);
  const edition: Record<string, unknown> = { key: pin.key, edition: pin.edition };
  for (const [name, value] of Object.entries(rest)) {
    if (LISTS.includes(name)) {
      for (const [key, item] of Object.entries(value as object)) add(`${name}.${key}`, item);
    } else edition[name] = value;
  }
  add('edition', edition);
  for (const [stage, value] of Object.entries(firstResponse)) add(`firstResponse.${stage}`, value);
  for (const [stage, value] of Object.entries(shared)) add(`shared.${stage}`, value);
  for (const [key, { stages, ...branch }] of Object.entries(branches)) {
    add(`branches.${key}`, branch);
    for (const [stage, value] of Object.entries(stages)) add(`branches.${key}.${stage}`, value);
  }
  return { source: `file sha256:${pin.hash}`, of: pin.key, things };
}

/** Puts a thing's fields in place, and each limit in it as a thing of its own. */
function addThing(things: Record<string, Thing>, subject: string, value: unknown): void {
  const fields = withoutLimits(value, subject, (at, iso) => {
    things[`limit ${at}`] = { area: 'plan', fields: { limit: iso } };
  });
  const isMap = typeof fields === 'object' && fields !== null && !Array.isArray(fields);
  things[subject] = { area: 'plan', fields: isMap ? fields : { value: fields } };
}

function withoutLimits(value: unknown, at: string, found: (at: string, iso: string) => void): Json {
  if (Array.isArray(value))
    return value.map((item, i) => withoutLimits(item, `${at}.${nameOf(item) ?? i}`, found));
  if (typeof value !== 'object' || value === null) return (value ?? null) as Json;
  const fields: Record<string, Json> = {};
  for (const [name, inner] of Object.entries(value)) {
    if (isLimit(inner)) found(`${at}.${name}`, inner.iso);
    else fields[name] = withoutLimits(inner, `${at}.${name}`, found);
  }
  return fields;
}

const isLimit = (value: unknown): value is { iso: string } =>
  typeof value === 'object' && value !== null && 'iso' in value && 'ms' in value;

/** Lines and steps are found by their party, not by their place in the list. */
const nameOf = (item: unknown): string | null =>
  typeof item === 'object' && item !== null && 'party' in item && typeof item.party === 'string'
    ? item.party + ('contact' in item && item.contact !== 1 ? String(item.contact) : '')
    : null;

import { msBetween } from '../incident/instant.ts';
import { isOfParty, personById, type Organisation } from '../people/organisation.ts';
import type { Plan } from '../plan/load.ts';
import { outcomeName } from './lists.ts';
import type { KnownIncident } from './known-incident.ts';
import { stagesOf } from './known-incident.ts';
import type { DocumentTemplate } from './template.ts';

/** Whether somebody has the post to sign a template's documents of an office's incidents. Pure. */
export function maySign(
  organisation: Organisation,
  { signedBy }: Pick<DocumentTemplate, 'signedBy'>,
  person: string,
  office: string,
): boolean {
  const posts = personById(organisation, person)?.post.split(/[、，,/]/) ?? [];
  return signedBy.some(
    ({ party, posts: wanted }) =>
      isOfParty(organisation, person, [party], office) &&
      (!wanted || wanted.some((post) => posts.includes(post))),
  );
}

/** The duty that has ended in a way after which this is not signed any more; null where none has. */
export function overtakenBy(
  { notAfter }: Pick<DocumentTemplate, 'notAfter'>,
  incident: KnownIncident,
  plan: Plan,
): { stage: string; outcome: string } | null {
  const stage = stagesOf(incident).findLast(({ outcome }) => outcome !== null && notAfter.includes(outcome));
  return stage ? { stage: stage.stageName, outcome: outcomeName(plan, stage.stage, stage.outcome!) } : null;
}

/**
 * What has to be confirmed before a document may be drafted or signed; null where it may. A sanction stands on outcomes that a
 * named person recorded, and on a known kind of sentence.
 */
export function unconfirmedFor(
  { onlyAfter, onlyFor }: Pick<DocumentTemplate, 'onlyAfter' | 'onlyFor'>,
  incident: KnownIncident,
): { outcomes?: string[]; correctionTypes?: string[] } | null {
  const isRecorded = stagesOf(incident).some(
    ({ outcome }) => outcome !== null && onlyAfter.includes(outcome),
  );
  if (onlyAfter.length > 0 && !isRecorded) return { outcomes: onlyAfter };
  const kinds = [
    incident.facts.correctionType,
    ...incident.subjects.map(({ correctionType }) => correctionType),
  ];
  const isKnown = kinds.some((kind) => kind !== null && onlyFor.includes(kind));
  return onlyFor.length > 0 && !isKnown ? { correctionTypes: onlyFor } : null;
}

/** Names of what is known otherwise now than when it was drafted. */
export const changedSince = (
  then: Record<string, string | null>,
  now: Record<string, string | null>,
): string[] =>
  [...new Set([...Object.keys(then), ...Object.keys(now)])].filter(
    (name) => (then[name] ?? null) !== (now[name] ?? null),
  );

/** Whether a document tells of times that cannot both be so: what was discovered before it occurred. */
export const timesContradict = (
  values: Record<string, string | null>,
  { facts: { occurredAt, discoveredAt } }: Pick<KnownIncident, 'facts'>,
): boolean =>
  ['occurredAt', 'discoveredAt', 'element.time'].some((name) => Object.hasOwn(values, name)) &&
  occurredAt !== null &&
  discoveredAt !== null &&
  msBetween(discoveredAt, occurredAt) > 0;

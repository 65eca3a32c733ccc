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

/** Names of what is known otherwise now than when it was drafted. */
export const changedSince = (
  then: Record<string, string | null>,
  now: Record<string, string | null>,
): string[] =>
  [...new Set([...Object.keys(then), ...Object.keys(now)])].filter(
    (name) => (then[name] ?? null) !== (now[name] ?? null),
  );

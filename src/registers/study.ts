import type { Body, Organisation } from '../people/organisation.ts';
import { ourBodies } from '../people/ours.ts';
import type { Plan } from '../plan/load.ts';
import { datePlus } from './period.ts';

/** That somebody studied: on which day, and whether it was an organised session. */
export interface Studied {
  person: string;
  studiedOn: string;
  session: string | null;
}

/** How one person stands to the edition in force. */
export interface PersonStudy {
  id: string;
  name: string;
  post: string;
  studiedOn: string | null;
  /** As one of a session's list. */
  inSession: boolean;
  isOverdue: boolean;
}

export interface BodyStudy {
  body: Body;
  people: PersonStudy[];
}

/** By when an edition is to be studied: so long after it could first be; null while the bureau has set no limit (未载明). */
export const studyDueOn = (openedOn: string, within: string | null): string | null =>
  within === null ? null : datePlus(openedOn, within);

/**
 * Body by body who has studied the edition in force and who has not, each person at the body they belong to. Without a limit
 * nobody is overdue. `today` is a date in Asia/Shanghai. Pure.
 */
export function studyByBody(
  org: Organisation,
  plan: Pick<Plan, 'parties'>,
  studied: readonly Studied[],
  { dueOn, today }: { dueOn: string | null; today: string },
): BodyStudy[] {
  const done = new Map(studied.map((one) => [one.person, one]));
  return ourBodies(org, plan)
    .map((body) => ({ body, members: org.people.filter((person) => person.body === body.id) }))
    .filter(({ members }) => members.length > 0)
    .map(({ body, members }) => ({
      body,
      people: members.map(({ id, name, post }) => ({
        id,
        name,
        post,
        studiedOn: done.get(id)?.studiedOn ?? null,
        inSession: (done.get(id)?.session ?? null) !== null,
        isOverdue: !done.has(id) && dueOn !== null && today > dueOn,
      })),
    }));
}

import { actsAsPerson, type Role } from '../accounts/roles.ts';
import type { Instant } from '../incident/instant.ts';
import { jurisdictionOf, jurisdictionsOf } from '../people/jurisdiction.ts';
import { personById, type Organisation } from '../people/organisation.ts';
import { Problem } from './problem.ts';

/** What an account is bound to. */
export interface Bound {
  role: Role;
  person: string | null;
  jurisdiction: string | null;
  expiresAt: Instant | null;
}

/** The same with its jurisdiction, where none was given that of the person's body. Throws 422 saying what does not fit. */
export function mustFit(org: Organisation, bound: Bound): Bound & { jurisdiction: string } {
  const { role, expiresAt } = bound;
  const person = bound.person === null ? null : personById(org, bound.person);
  if (bound.person !== null && !person)
    throw unfit('UNKNOWN_PERSON', '组织中没有此人', '"person" is the id of a person of the organisation.');
  if (actsAsPerson(role) && !person)
    throw unfit('PERSON_REQUIRED', '此角色须对应一个人', `The role ${role} acts in incidents as a person.`);
  if (role === 'auditor' && expiresAt === null)
    throw unfit('EXPIRY_REQUIRED', '审计账号须有到期时间', 'Send "expiresAt".');
  const jurisdictions = jurisdictionsOf(org).map(({ id, name }) => ({ id, name }));
  const jurisdiction = bound.jurisdiction ?? (person && jurisdictionOf(org, person.body));
  if (!jurisdictions.some(({ id }) => id === jurisdiction))
    throw unfit('UNKNOWN_JURISDICTION', '没有此辖区', 'Send one of these as "jurisdiction".', {
      jurisdictions,
    });
  return { ...bound, jurisdiction: jurisdiction! };
}

const unfit = (code: string, title: string, detail: string, more: Record<string, unknown> = {}): Problem =>
  new Problem({ status: 422, code, title, detail, more });

import type { FastifyRequest } from 'fastify';
import { v5 as nameId } from 'uuid';
import type { z } from 'zod';
import { reachOf } from '../accounts/roles.ts';
import type { IncidentId } from '../incident/ids.ts';
import { toInstant, toMs, type Instant } from '../incident/instant.ts';
import { bodyById, peopleOf } from '../people/bodies.ts';
import { bodyFor, isOfParty, personById, type Body, type Organisation } from '../people/organisation.ts';
import { readPhone } from '../people/phone.ts';
import { logIdentityRead } from '../store/personal.ts';
import { rightMissing } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import { usedBy } from './identity-reading.ts';
import { Problem } from './problem.ts';
import { refusalProblem } from './incident-problems.ts';
import type { callBody } from './schemas-receipts.ts';

type Call = z.infer<typeof callBody>;

/**
 * 回拨核实: identities may be said on the phone where the caller dialled a number that the organisation has of whom they called
 * (rules of care, 2). Logs it as a reading, with to whom. Throws 422 `CALLBACK_UNVERIFIED`, `CALLBACK_UNANSWERED`,
 * `ToldInFuture`, 403 `RIGHT_MISSING`.
 */
export async function logDisclosure(
  { register, organisation, plan }: ApiDeps,
  request: FastifyRequest,
  { incident, calledAt, ...call }: Call & { incident: { id: IncidentId; office: string }; calledAt: Instant },
): Promise<void> {
  const { actor, headers, apiKeyId } = request;
  if (actor?.kind === 'account' && reachOf(actor.account.role, 'readIdentity') === null)
    throw rightMissing('readIdentity');
  if (!call.answered) throw unanswered();
  if (toMs(calledAt) > Date.now()) throw refusalProblem('ToldInFuture');
  const known = numbersOf(organisation, call.to, incident.office, Object.keys(plan.parties));
  if (!known.some((written) => isSameNumber(written, call.number))) throw unverified();
  const told = 'person' in call.to ? `person ${call.to.person}` : `party ${call.to.party}`;
  const repeat = headers['idempotency-key'];
  await logIdentityRead(register, {
    ...usedBy(request, ''),
    ...(repeat ? { id: nameId(JSON.stringify([apiKeyId, repeat, incident.id]), NAMESPACE) } : {}),
    incidentId: incident.id,
    route: 'POST /api/incidents/{id}/calls',
    disclosedTo: told,
    reason: `回拨核实，${call.by} 致电 ${call.number}（${toInstant(toMs(calledAt))}）：${call.purpose}`,
  });
}

/** Of call-backs that are sent again. Never changes. */
const NAMESPACE = '6d0f3f0e-3f0c-5d0a-9c57-7d1f4b7f0b51';

/** What the organisation has to dial for somebody with a part in incidents of the office; nothing for anybody else. */
function numbersOf(org: Organisation, to: Call['to'], office: string, parties: string[]): string[] {
  if ('person' in to) {
    const person = personById(org, to.person);
    if (!person || !isOfParty(org, person.id, parties, office)) return [];
    const body = person.body === undefined ? null : bodyById(org, person.body);
    return given([person.phone, body?.callBack]);
  }
  const body = bodyFor(org, to.party, office);
  return body ? given([body.callBack, ...membersOf(org, body).map((id) => personById(org, id)?.phone)]) : [];
}

const membersOf = (org: Organisation, body: Body): string[] => [
  ...peopleOf(body),
  ...org.people.filter((person) => person.body === body.id).map(({ id }) => id),
];

const given = (numbers: (string | undefined)[]): string[] => numbers.filter((number) => number !== undefined);

/** Known numbers that nobody could dial from elsewhere (a short one of the house) are compared by their digits. */
function isSameNumber(known: string, dialled: string): boolean {
  const [a, b] = [readPhone(known), readPhone(dialled)];
  if (!a) return digitsOf(known) !== '' && digitsOf(known) === digitsOf(dialled);
  return a.number === b?.number && a.extension === b.extension;
}

const digitsOf = (text: string): string => text.normalize('NFKC').replaceAll(/\D/g, '');

const unverified = (): Problem =>
  new Problem({
    status: 422,
    code: 'CALLBACK_UNVERIFIED',
    title: '所拨号码不是组织中登记的该对象号码，不得口头告知身份信息',
    detail:
      'Hang up, and call a number that the organisation file has of this person or party. A call without identities is logged without "callback".',
  });

const unanswered = (): Problem =>
  new Problem({
    status: 422,
    code: 'CALLBACK_UNANSWERED',
    title: '电话未接通，无从核实',
    detail: 'Log it without "callback".',
  });

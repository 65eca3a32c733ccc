import type { FastifyRequest } from 'fastify';
import { reachOf } from '../accounts/roles.ts';
import { toInstant, type Instant } from '../incident/instant.ts';
import { hasIdentityGrant } from '../store/identity-grants.ts';
import type { IdentityRead } from '../store/personal.ts';
import type { Register } from '../store/open.ts';
import { rightMissing } from './auth.ts';
import { Problem } from './problem.ts';

/** Why a signed-in person opens an identity, percent-encoded UTF-8. A header: an address would end up in logs. */
export const REASON_HEADER = 'x-reason';

/** As whom and why identities are read. */
export type Reader = Pick<IdentityRead, 'apiKeyId' | 'accountId' | 'reason'>;

/**
 * Who reads identities by this request, and why; null where they are not shown: to a key for intake, and to a session that gives
 * no reason. Throws 403 `RIGHT_MISSING` for a session that gives one and may not.
 */
export async function readerOf(
  register: Register,
  request: FastifyRequest,
  at?: Instant,
): Promise<Reader | null> {
  const { actor, apiKeyId } = request;
  if (actor?.kind !== 'account') return actor?.kind === 'key' && actor.scope !== 'full' ? null : { apiKeyId };
  const reason = reasonIn(request);
  if (reason === null) return null;
  const { id, role } = actor.account;
  const may =
    reachOf(role, 'readIdentity') !== null ||
    (await hasIdentityGrant(register, id, at ?? toInstant(Date.now())));
  if (!may) throw rightMissing('readIdentity');
  return { apiKeyId, accountId: id, reason };
}

/** The same where the whole answer is identities. Throws 422 `REASON_REQUIRED` to a session that gives none. */
export async function mustBeReader(register: Register, request: FastifyRequest): Promise<Reader> {
  const reader = await readerOf(register, request);
  if (reader) return reader;
  throw new Problem({
    status: 422,
    code: 'REASON_REQUIRED',
    title: '请说明查看身份信息的理由',
    detail: `Send the header "${REASON_HEADER}" with the reason, percent-encoded. It is logged.`,
  });
}

/** As whom a route reads identities to compare or copy them, which shows them to nobody. */
export const usedBy = ({ actor, apiKeyId }: FastifyRequest, reason: string): Reader =>
  actor?.kind === 'account' ? { apiKeyId, accountId: actor.account.id, reason } : { apiKeyId };

function reasonIn({ headers }: FastifyRequest): string | null {
  const given = headers[REASON_HEADER];
  if (typeof given !== 'string' || given.trim() === '') return null;
  try {
    return decodeURIComponent(given).trim().slice(0, 1_000) || null;
  } catch {
    return given.trim().slice(0, 1_000);
  }
}

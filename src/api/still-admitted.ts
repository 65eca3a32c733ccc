import { isAlive } from '../accounts/session-life.ts';
import { msBetween, toInstant } from '../incident/instant.ts';
import type { Register } from '../store/open.ts';
import { sessionsByHash } from '../store/sessions.ts';
import type { Actor, SignedIn } from './actor.ts';
import type { KnownKeys } from './known-keys.ts';

/** Somebody whose answer goes on for hours. */
export interface Admitted {
  actor: Actor;
  /** The API key itself, of whoever came with one. */
  key: string | null;
}

/**
 * Which of these are admitted no more: signed out, disabled, expired, with other rights than when they came, or by a key that has
 * ended. Rejects when the register does not answer.
 */
export async function notAdmitted<T extends Admitted>(
  register: Register,
  keys: KnownKeys,
  all: Iterable<T>,
): Promise<T[]> {
  const each = [...all];
  const hashes = each.flatMap(({ actor }) => (actor.kind === 'account' ? [actor.session.tokenHash] : []));
  const sessions = hashes.length > 0 ? await sessionsByHash(register, hashes) : new Map();
  const isOut = async ({ actor, key }: T): Promise<boolean> =>
    actor.kind === 'account'
      ? !isStillIn(actor, sessions.get(actor.session.tokenHash))
      : key === null ||
        (await keys
          .actorOf(key)
          .then(() => false)
          .catch(() => true));
  const out = await Promise.all(each.map(isOut));
  return each.filter((_, index) => out[index]);
}

function isStillIn({ account: before }: SignedIn, found: Omit<SignedIn, 'kind'> | undefined): boolean {
  if (!found) return false;
  const { session, account } = found;
  const at = toInstant(Date.now());
  const hasExpired = account.expiresAt !== null && msBetween(account.expiresAt, at) >= 0;
  return (
    account.disabledAt === null && !hasExpired && isAlive(session, at) && account.rightsAt === before.rightsAt
  );
}

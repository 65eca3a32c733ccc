import type { Reach } from '../accounts/roles.ts';
import type { RouteRight } from '../accounts/rights.ts';
import type { AccountRow } from '../store/accounts.ts';
import type { ApiKeyScope } from '../store/api-keys.ts';
import type { SessionRow } from '../store/sessions.ts';

/** Whoever asks: another system by its key, or a person who is signed in. */
export type Actor =
  | { kind: 'key'; id: string; scope: ApiKeyScope }
  | { kind: 'account'; account: AccountRow; session: SessionRow };

export type SignedIn = Extract<Actor, { kind: 'account' }>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks: the id of the API key, or `account-<id>`. Empty on the routes that need none. */
    apiKeyId: string;
    /** Null on the routes that need none. */
    actor: Actor | null;
    /** What the table of rights says of this route; null where there is none. */
    declared: RouteRight | null;
    /** How far the actor's right to this route goes. */
    reach: Reach;
  }
  interface FastifyContextConfig {
    /** Needs nobody signed in, as the table of rights has to say, too: health, and links that carry their own signature. */
    open?: boolean;
  }
}

/** How an actor stands in the register, beside what it did. */
export const actorId = (actor: Actor): string =>
  actor.kind === 'key' ? actor.id : `account-${actor.account.id}`;

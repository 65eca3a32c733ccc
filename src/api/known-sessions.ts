import type { FastifyReply, FastifyRequest } from 'fastify';
import { endOf, isAlive, LONGEST_MS, needsNewToken, UNUSED_MS } from '../accounts/session-life.ts';
import { msBetween, plus, toInstant, type Instant } from '../incident/instant.ts';
import type { AccountRow } from '../store/accounts.ts';
import type { Register } from '../store/open.ts';
import {
  endSession,
  endSessionsOf,
  openSession,
  replaceToken,
  sessionByHash,
  sessionSeen,
} from '../store/sessions.ts';
import { within } from '../within.ts';
import type { SignedIn } from './actor.ts';
import { Problem } from './problem.ts';
import { fingerprint, newSessionToken } from './token.ts';

export const SESSION_COOKIE = 'fenghuo_session';

const PATIENCE_MS = 2_000;
/** An alarm's whole answer comes within three seconds. */
const ALARM_PATIENCE_MS = 500;
/** How exactly the register knows when a session was used last. */
const SEEN_EVERY_MS = 5 * 60_000;

export interface KnownSessions {
  /**
   * Who sends this request's cookie; null when there is none. Where the register does not answer, whoever it knew here before
   * goes on. Throws 401 `SESSION_ENDED`, `ACCOUNT_EXPIRED`; 503 for a session not seen here while the register is down.
   */
  actorOf(request: FastifyRequest, reply: FastifyReply, isAlarm: boolean): Promise<SignedIn | null>;
  /** Signs in with a new token, whatever cookie came; `before` is the fingerprint of one that could not come along. */
  open(
    request: FastifyRequest,
    reply: FastifyReply,
    account: AccountRow,
    before?: string | null,
  ): Promise<void>;
  /** Signs out. */
  end(request: FastifyRequest, reply: FastifyReply, actor: SignedIn): Promise<void>;
  /** Ends every session of an account. */
  endAll(accountId: string): Promise<void>;
}

/** The fingerprint of a request's session token; null when it brings none. */
export function sessionOf({ cookies }: FastifyRequest): string | null {
  const token = cookies[SESSION_COOKIE];
  return token ? fingerprint(token) : null;
}

/** Sessions as the register has them; the last word on each is remembered, for when it does not answer. */
export function createKnownSessions(register: Register, { secure }: { secure: boolean }): KnownSessions {
  const seen = new Map<string, SignedIn>();
  const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;

  const setCookie = (reply: FastifyReply, token: string): void =>
    void reply.setCookie(SESSION_COOKIE, token, { ...cookie, maxAge: LONGEST_MS / 1_000 });

  async function lookUp(hash: string, isAlarm: boolean): Promise<SignedIn> {
    let found: Awaited<ReturnType<typeof sessionByHash>>;
    try {
      found = await within(isAlarm ? ALARM_PATIENCE_MS : PATIENCE_MS, sessionByHash(register, hash));
    } catch {
      const known = seen.get(hash);
      if (known) return known;
      throw unavailable();
    }
    if (found) return { kind: 'account', ...found };
    seen.delete(hash);
    throw ended();
  }

  /** Notes the use, and changes the token where rights changed since. Neither keeps the request waiting for a register that fails. */
  async function keepUp(reply: FastifyReply, actor: SignedIn, at: Instant): Promise<void> {
    const { session, account } = actor;
    if (needsNewToken(session, account.rightsAt)) {
      const token = newSessionToken();
      const tokenHash = fingerprint(token);
      const replaced = await replaceToken(register, session, { tokenHash, at }).catch(() => false);
      if (!replaced) return;
      setCookie(reply, token);
      seen.set(tokenHash, { ...actor, session: { ...session, tokenHash, tokenAt: at, seenAt: at } });
    } else if (session.replacedAt === null && msBetween(session.seenAt, at) > SEEN_EVERY_MS) {
      void sessionSeen(register, session.tokenHash, at).catch(() => undefined);
    }
  }

  function forgetEnded(at: Instant): void {
    for (const [hash, { session }] of seen) if (msBetween(endOf(session), at) > UNUSED_MS) seen.delete(hash);
  }

  return {
    async actorOf(request, reply, isAlarm) {
      const token = request.cookies[SESSION_COOKIE];
      if (!token) return null;
      const at = toInstant(Date.now());
      const hash = fingerprint(token);
      const actor = await lookUp(hash, isAlarm);
      const { session, account } = actor;
      if (account.disabledAt !== null || !isAlive(session, at)) throw ended();
      if (account.expiresAt !== null && msBetween(account.expiresAt, at) >= 0) throw accountExpired();
      seen.set(hash, { ...actor, session: { ...session, seenAt: at } });
      if (!isAlarm) await keepUp(reply, actor, at);
      return actor;
    },
    async open(request, reply, account, before = sessionOf(request)) {
      const at = toInstant(Date.now());
      if (before) {
        seen.delete(before);
        await endSession(register, before);
      }
      const token = newSessionToken();
      const tokenHash = fingerprint(token);
      const accountId = account.id;
      await openSession(register, { tokenHash, accountId, at, forget: plus(at, -LONGEST_MS) });
      forgetEnded(at);
      const times = { signedInAt: at, tokenAt: at, seenAt: at, replacedAt: null };
      seen.set(tokenHash, { kind: 'account', account, session: { tokenHash, accountId, ...times } });
      setCookie(reply, token);
    },
    async end(_, reply, { session }) {
      seen.delete(session.tokenHash);
      await endSession(register, session.tokenHash);
      void reply.clearCookie(SESSION_COOKIE, cookie);
    },
    async endAll(accountId) {
      for (const [hash, { account }] of seen) if (account.id === accountId) seen.delete(hash);
      await endSessionsOf(register, accountId);
    },
  };
}

const ended = (): Problem =>
  new Problem({
    status: 401,
    code: 'SESSION_ENDED',
    title: '登录已失效，请重新登录',
    detail: 'Sign in again (POST /api/session). An alarm that cannot wait: phone it in.',
  });

export const accountExpired = (): Problem =>
  new Problem({
    status: 401,
    code: 'ACCOUNT_EXPIRED',
    title: '账号已过期',
    detail: 'Ask the administrator to set a later date, if you still need it.',
  });

const unavailable = (): Problem =>
  new Problem({ status: 503, code: 'REGISTER_UNAVAILABLE', title: '暂时无法核对登录', retryAfter: 5 });

import type { FastifyReply, FastifyRequest } from 'fastify';
import { msBetween, plus, toInstant } from '../incident/instant.ts';
import type { AccountRow } from '../store/accounts.ts';
import { addDevice, deviceAccount, forgetDevice, forgetDevicesOf } from '../store/devices.ts';
import type { Register } from '../store/open.ts';
import { within } from '../within.ts';
import type { SignedIn } from './actor.ts';
import type { KnownSessions } from './known-sessions.ts';
import { Problem } from './problem.ts';
import { fingerprint, newSessionToken } from './token.ts';

export const DEVICE_COOKIE = 'fenghuo_device';

/** How long after the last sign-in a device still raises an alarm: longer than anybody is on leave. */
const KNOWN_FOR_MS = 90 * 24 * 3_600_000;
/** An alarm's whole answer comes within three seconds. */
const PATIENCE_MS = 500;

export interface KnownDevices {
  /** Remembers the browser that signed in. Never fails: a sign-in does not depend on it. */
  note(reply: FastifyReply, account: AccountRow): Promise<void>;
  /** Who raises an alarm from a device that is known, session or not; null for any other device. Opens nothing else. */
  actorOf(request: FastifyRequest): Promise<SignedIn | null>;
  /** Signing out on purpose: on a shared computer the next person is somebody else. */
  forget(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** All of an account's: its password was reset, perhaps since a telephone was lost. */
  forgetAll(accountId: string): Promise<void>;
}

/** Devices as the register has them. An expired sign-in never blocks an alarm from one. */
export function createKnownDevices(register: Register, { secure }: { secure: boolean }): KnownDevices {
  const cookie = { path: '/api', httpOnly: true, sameSite: 'strict', secure } as const;
  const since = () => plus(toInstant(Date.now()), -KNOWN_FOR_MS);

  async function accountOf(request: FastifyRequest): Promise<AccountRow | null> {
    const token = request.cookies[DEVICE_COOKIE];
    if (!token) return null;
    return within(PATIENCE_MS, deviceAccount(register, fingerprint(token), since())).catch(() => null);
  }

  return {
    async note(reply, { id: accountId }) {
      const token = newSessionToken();
      const tokenHash = fingerprint(token);
      const at = toInstant(Date.now());
      try {
        await addDevice(register, { tokenHash, accountId, knownAt: at, forget: since() });
        void reply.setCookie(DEVICE_COOKIE, token, { ...cookie, maxAge: KNOWN_FOR_MS / 1_000 });
      } catch {
        // Said by whatever else asks the register now.
      }
    },
    async actorOf(request) {
      const account = await accountOf(request);
      const at = toInstant(Date.now());
      const isOver = account?.expiresAt != null && msBetween(account.expiresAt, at) >= 0;
      if (!account || account.disabledAt !== null || isOver) return null;
      const none = { tokenHash: '', accountId: account.id, replacedAt: null }; // an alarm asks nothing of its session
      return { kind: 'account', account, session: { ...none, signedInAt: at, tokenAt: at, seenAt: at } };
    },
    async forget(request, reply) {
      const token = request.cookies[DEVICE_COOKIE];
      if (token) await forgetDevice(register, fingerprint(token));
      void reply.clearCookie(DEVICE_COOKIE, cookie);
    },
    forgetAll: (accountId) => forgetDevicesOf(register, accountId),
  };
}

/** Sessions that leave a known device behind, which goes when somebody signs out or their password is reset. */
export function withKnownDevices(sessions: KnownSessions, devices: KnownDevices): KnownSessions {
  return {
    async actorOf(request, reply, isAlarm) {
      if (!isAlarm) return sessions.actorOf(request, reply, isAlarm);
      try {
        return (await sessions.actorOf(request, reply, isAlarm)) ?? (await devices.actorOf(request));
      } catch (error) {
        const known = error instanceof Problem ? await devices.actorOf(request) : null;
        if (known) return known;
        throw error;
      }
    },
    async open(request, reply, account, ...more) {
      await sessions.open(request, reply, account, ...more);
      await devices.note(reply, account);
    },
    async end(request, reply, actor) {
      await sessions.end(request, reply, actor);
      await devices.forget(request, reply);
    },
    async endAll(accountId) {
      await sessions.endAll(accountId);
      await devices.forgetAll(accountId);
    },
  };
}

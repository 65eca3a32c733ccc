import { lockedForMs, type BrakeKind } from '../accounts/lock-out.ts';
import { msBetween, plus, toInstant } from '../incident/instant.ts';
import { accountByName, type AccountRow } from '../store/accounts.ts';
import type { Register } from '../store/open.ts';
import { brake, lockUntil, releaseBrake } from '../store/sign-in-brake.ts';
import { accountExpired } from './known-sessions.ts';
import { isPassword } from './passwords.ts';
import { Problem } from './problem.ts';
import { fingerprint } from './token.ts';

/** Failures this long ago no longer count. */
const FORGET_MS = 24 * 60 * 60_000;

/**
 * The account of this name and password. Throws 401 `SIGN_IN_REFUSED`, which does not say what of it was wrong, 401
 * `ACCOUNT_EXPIRED` after the right password, and 429 `SIGN_IN_LOCKED` while nothing is tried.
 */
export async function signIn(
  register: Register,
  { name, password, address }: { name: string; password: string; address: string },
): Promise<AccountRow> {
  const byName = `account:${fingerprint(name)}`;
  const byAddress = `address:${fingerprint(address)}`;
  await count(register, 'address', byAddress);
  await count(register, 'account', byName);
  const account = await accountByName(register, name);
  const isRight = await isPassword(account?.passwordHash ?? null, password);
  if (!account || !isRight || account.disabledAt !== null) throw refused();
  await releaseBrake(register, byName);
  await releaseBrake(register, byAddress);
  if (account.expiresAt !== null && msBetween(account.expiresAt, toInstant(Date.now())) >= 0)
    throw accountExpired();
  return account;
}

async function count(register: Register, kind: BrakeKind, key: string): Promise<void> {
  const at = toInstant(Date.now());
  const { failures, lockedUntil } = await brake(register, key, { at, forget: plus(at, -FORGET_MS) });
  if (lockedUntil !== null) throw locked(msBetween(at, lockedUntil));
  const lockMs = lockedForMs(kind, failures);
  if (lockMs > 0) await lockUntil(register, key, plus(at, lockMs));
}

const refused = (): Problem =>
  new Problem({
    status: 401,
    code: 'SIGN_IN_REFUSED',
    title: '账号或密码有误',
    detail: 'Try again, or ask the administrator for a new password.',
  });

const locked = (ms: number): Problem =>
  new Problem({
    status: 429,
    code: 'SIGN_IN_LOCKED',
    title: '多次登录失败，请稍后再试',
    detail: 'Whoever is signed in already goes on. An alarm that cannot wait: phone it in.',
    retryAfter: Math.max(1, Math.ceil(ms / 1_000)),
  });

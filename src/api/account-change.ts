import type { z } from 'zod';
import { msBetween, toInstant, type Instant } from '../incident/instant.ts';
import type { Organisation } from '../people/organisation.ts';
import type { AccountRow } from '../store/accounts.ts';
import { mustFit } from './account-checks.ts';
import type { accountChangeBody } from './schemas-accounts.ts';

/** What of an account a request changes, as it will be. */
export type AccountRights = Pick<
  AccountRow,
  'role' | 'person' | 'jurisdiction' | 'expiresAt' | 'oidcSubject'
> & { disabled: boolean };

export const rightsOf = (account: AccountRow): AccountRights => {
  const { role, person, jurisdiction, expiresAt, oidcSubject, disabledAt } = account;
  return { role, person, jurisdiction, expiresAt, oidcSubject, disabled: disabledAt !== null };
};

/**
 * What the account will be, and whether it only loses by that. What only loses is not asked whether it fits: whoever has left the
 * organisation has to lose their rights, too. Throws 422 saying what does not fit.
 */
export function rightsAfter(
  organisation: Organisation,
  before: AccountRights,
  { resetPassword, ...body }: z.infer<typeof accountChangeBody>,
): { after: AccountRights; onlyLess: boolean } {
  const { expiresAt, ...rest } = body;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const after: AccountRights = {
    ...before,
    ...(given as Partial<AccountRights>),
    ...(expiresAt === undefined ? {} : { expiresAt: expiresAt && toInstant(Date.parse(expiresAt)) }),
  };
  // A new password is a way in for whoever is given it.
  if (!resetPassword && isLess(before, after)) return { after, onlyLess: true };
  // Somebody who moves to another body is bound to that one, unless told otherwise.
  const jurisdiction = body.jurisdiction ?? (body.person ? null : before.jurisdiction);
  return { after: { ...after, ...mustFit(organisation, { ...after, jurisdiction }) }, onlyLess: false };
}

const isLess = (before: AccountRights, after: AccountRights): boolean =>
  after.role === before.role &&
  after.person === before.person &&
  after.jurisdiction === before.jurisdiction &&
  (after.disabled || !before.disabled) &&
  (after.oidcSubject === null || after.oidcSubject === before.oidcSubject) &&
  endsNoLater(after.expiresAt, before.expiresAt);

const endsNoLater = (after: Instant | null, before: Instant | null): boolean =>
  before === null || (after !== null && msBetween(after, before) >= 0);

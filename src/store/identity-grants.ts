import { randomUUID } from 'node:crypto';
import { and, desc, eq, gt } from 'drizzle-orm';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { seal, unseal } from './seal.ts';
import { identityGrant } from './tables-accounts.ts';

/** Leave to see identities until an instant, given by a leader with a reason. */
export interface IdentityGrant {
  id: string;
  accountId: string;
  grantedBy: string;
  grantedAt: Instant;
  until: Instant;
  reason: string;
}

const placeOf = (accountId: string, id: string) => ({
  incidentId: accountId,
  name: 'identityGrant.reason',
  sealedId: id,
});

export function addIdentityGrant(
  register: Register,
  grant: Omit<IdentityGrant, 'id'>,
): Promise<IdentityGrant> {
  const { db, keyring } = register;
  const id = randomUUID();
  const reason = seal(keyring, placeOf(grant.accountId, id), Buffer.from(grant.reason));
  return guarded(async () => {
    await db.insert(identityGrant).values({ ...grant, id, reason, keyId: keyring.currentId });
    return { ...grant, id };
  });
}

/** Whether somebody has leave to see identities at this instant. */
export const hasIdentityGrant = ({ db }: Register, accountId: string, at: Instant): Promise<boolean> =>
  guarded(async () => {
    const now = and(eq(identityGrant.accountId, accountId), gt(identityGrant.until, at));
    return (await db.select({ id: identityGrant.id }).from(identityGrant).where(now).limit(1)).length > 0;
  });

/** Every grant, the latest first. */
export function identityGrants({ db, keyring }: Register): Promise<IdentityGrant[]> {
  return guarded(async () => {
    const rows = await db.select().from(identityGrant).orderBy(desc(identityGrant.grantedAt)).limit(500);
    return rows.map(({ keyId, reason, ...row }) => ({
      ...row,
      reason: unseal(keyring, keyId, placeOf(row.accountId, row.id), reason).toString(),
    }));
  });
}

/** Ends a grant; null when there is none of this id that still holds. */
export const endIdentityGrant = (
  { db }: Register,
  id: string,
  at: Instant,
): Promise<Pick<IdentityGrant, 'id' | 'accountId' | 'until'> | null> =>
  guarded(async () => {
    const { id: grantId, accountId, until } = identityGrant;
    const [ended] = await db
      .update(identityGrant)
      .set({ until: at })
      .where(and(eq(grantId, id), gt(until, at)))
      .returning({ id: grantId, accountId, until });
    return ended ?? null;
  });

import { randomUUID } from 'node:crypto';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Role } from '../accounts/roles.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { account } from './tables-accounts.ts';

export type AccountRow = typeof account.$inferSelect;

export interface NewAccount {
  name: string;
  role: Role;
  jurisdiction: string;
  person: string | null;
  expiresAt: Instant | null;
  passwordHash: string | null;
  oidcSubject?: string | null;
}

/** Adds an account whose password has to be changed first. Null when the name is taken. */
export function addAccount({ db }: Register, values: NewAccount, at: Instant): Promise<AccountRow | null> {
  return guarded(async () => {
    const row = { id: randomUUID(), mustChangePassword: values.passwordHash !== null, rightsAt: at };
    const [added] = await db
      .insert(account)
      .values({ ...values, ...row })
      .onConflictDoNothing()
      .returning();
    return added ?? null;
  });
}

export const accountByName = (register: Register, name: string): Promise<AccountRow | null> =>
  one(register, eq(account.name, name));

export const accountById = (register: Register, id: string): Promise<AccountRow | null> =>
  one(register, eq(account.id, id));

/** The account that the identity provider knows by this subject. */
export const accountBySubject = (register: Register, subject: string): Promise<AccountRow | null> =>
  one(register, eq(account.oidcSubject, subject));

const one = ({ db }: Register, where: ReturnType<typeof eq>): Promise<AccountRow | null> =>
  guarded(async () => (await db.select().from(account).where(where))[0] ?? null);

/** Every account, by name. */
export const listAccounts = ({ db }: Register): Promise<AccountRow[]> =>
  guarded(async () => db.select().from(account).orderBy(asc(account.name)));

export const hasAccounts = ({ db }: Register): Promise<boolean> =>
  guarded(async () => (await db.select({ id: account.id }).from(account).limit(1)).length > 0);

/** Changes an account; null when there is none of this id. */
export function changeAccount(
  { db }: Register,
  id: string,
  values: Partial<Omit<AccountRow, 'id' | 'createdAt'>>,
): Promise<AccountRow | null> {
  return guarded(async () => {
    const [changed] = await db.update(account).set(values).where(eq(account.id, id)).returning();
    return changed ?? null;
  });
}

/** Whether somebody else than this account administers, so that it may be taken away. */
export function hasOtherAdministrator({ db }: Register, id: string): Promise<boolean> {
  const other = and(
    eq(account.role, 'administrator'),
    isNull(account.disabledAt),
    sql`${account.id} <> ${id}::uuid`,
    sql`(${account.expiresAt} is null or ${account.expiresAt} > now())`,
  );
  return guarded(
    async () => (await db.select({ id: account.id }).from(account).where(other).limit(1)).length > 0,
  );
}

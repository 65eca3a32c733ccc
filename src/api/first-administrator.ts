import { toInstant } from '../incident/instant.ts';
import { jurisdictionsOf } from '../people/jurisdiction.ts';
import type { Organisation } from '../people/organisation.ts';
import { addAccount, hasAccounts } from '../store/accounts.ts';
import type { Register } from '../store/open.ts';
import { hashPassword } from './passwords.ts';
import { newOneTimePassword } from './token.ts';

/**
 * Makes the first administrator where there is no account at all, and gives the name with a one-time password to show once. Null
 * where there are accounts, or where another process was first.
 */
export async function firstAdministrator(
  register: Register,
  organisation: Organisation,
): Promise<{ name: string; oneTimePassword: string } | null> {
  if (await hasAccounts(register)) return null;
  const name = 'admin';
  const oneTimePassword = newOneTimePassword();
  const top = jurisdictionsOf(organisation).find(({ within }) => within === undefined)!;
  const account = await addAccount(
    register,
    {
      name,
      role: 'administrator',
      jurisdiction: top.id,
      person: null,
      expiresAt: null,
      passwordHash: await hashPassword(oneTimePassword),
    },
    toInstant(Date.now()),
  );
  return account && { name, oneTimePassword };
}

import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import { toInstant } from '../incident/instant.ts';
import { handoverById, offerHandover } from './handovers.ts';
import { addIdentityGrant, identityGrants } from './identity-grants.ts';
import { keyUsage } from './key-usage.ts';
import { reseal } from './reseal.ts';
import { openTestRegister } from './testing.ts';

test('notes and reasons come under the new key, too, and the old one is not said to be unused before', async () => {
  const [old, fresh] = [generateKey('old'), generateKey('fresh')];
  const before = await openTestRegister(parseKeyring(old));
  const id = randomUUID();
  await offerHandover(before, { id, from: 'jia-1', to: 'jia-2', office: null, note: '测试交接', duties: [] });
  const now = toInstant(Date.now());
  await addIdentityGrant(before, {
    ...{ accountId: randomUUID(), grantedBy: randomUUID(), grantedAt: now, until: now, reason: '测试授权' },
  });

  const both = { ...before, keyring: parseKeyring(`${fresh},${old}`) };
  const used = async () => (await keyUsage(both, 'old', { now, linksValidFor: 1 })).sealed;
  expect(await used()).toBe(2);
  const done = await reseal(both, { resealArchive: async () => null });
  expect(done).toMatchObject({ values: 2, unreadable: 0 });
  expect(await used()).toBe(0);

  const alone = { ...before, keyring: parseKeyring(fresh) };
  expect(await handoverById(alone, id)).toMatchObject({ note: '测试交接' });
  expect(await identityGrants(alone)).toMatchObject([{ reason: '测试授权' }]);
  await before.close();
}, 240_000);

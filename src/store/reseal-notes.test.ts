import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import { toInstant } from '../incident/instant.ts';
import { handoverById, offerHandover } from './handovers.ts';
import { addIdentityGrant, identityGrants } from './identity-grants.ts';
import { keyUsage } from './key-usage.ts';
import { reseal } from './reseal.ts';
import { decidePrompt, promptRevision, revisionPrompts } from './revision-prompts.ts';
import { findingWords, endFinding, recordScreening, screenings } from './screenings.ts';
import { openTestRegister } from './testing.ts';

test('notes and reasons come under the new key, too, and the old one is not said to be unused before', async () => {
  const [old, fresh] = [generateKey('old'), generateKey('fresh')];
  const before = await openTestRegister(parseKeyring(old));
  const id = randomUUID();
  await offerHandover(before, { id, from: 'jia-1', to: 'jia-2', office: null, note: '测试交接', duties: [] });
  const now = toInstant(Date.now());
  await addIdentityGrant(before, {
    accountId: randomUUID(),
    grantedBy: randomUUID(),
    grantedAt: now,
    until: now,
    reason: '测试授权',
  });
  const round = { office: 'jia', heldOn: '2026-03-01', participants: ['jia-1'], recordedBy: 'jia-1' };
  const words = { file: '虚构档案', situation: '测试发现', measure: '测试措施' };
  await recordScreening(before, round, [{ ...words, risk: 'other', owner: 'jia-1', dueOn: '2026-03-08' }]);
  const finding = (await screenings(before, null, 1))[0]!.findings[0]!.id;
  await endFinding(before, finding, { by: 'jia-1', at: now, result: '测试结果' });
  const law = { cause: 'lawChange' as const, incidentId: null, raisedBy: 'jia-1', raisedAt: now };
  await promptRevision(before, { ...law, words: '测试法规' });
  const prompt = (await revisionPrompts(before))[0]!.id;
  const decision = { decision: 'noNeed' as const, by: 'jia-1', at: now, reason: '测试理由', edition: null };
  const change = { by: 'jia-1', via: 'test', area: 'plan' as const, subject: 'test', from: null, to: null };
  await decidePrompt(before, prompt, decision, change);

  const both = { ...before, keyring: parseKeyring(`${fresh},${old}`) };
  const used = async () => (await keyUsage(both, 'old', { now, linksValidFor: 1 })).sealed;
  expect(await used()).toBe(6);
  const done = await reseal(both, { resealArchive: async () => null });
  expect(done).toMatchObject({ values: 6, unreadable: 0 });
  expect(await used()).toBe(0);

  const alone = { ...before, keyring: parseKeyring(fresh) };
  expect(await handoverById(alone, id)).toMatchObject({ note: '测试交接' });
  expect(await identityGrants(alone)).toMatchObject([{ reason: '测试授权' }]);
  expect(await findingWords(alone, finding)).toEqual({ ...words, ended: '测试结果' });
  expect(await revisionPrompts(alone)).toMatchObject([{ words: '测试法规', reason: '测试理由' }]);
  await before.close();
}, 240_000);

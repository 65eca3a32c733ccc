import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { z } from 'zod';
import type { bodiesSchema } from './schemas-bodies.ts';
import { openTestApi, signedIn, testAccount, type TestApi } from './testing.ts';

/** Who sees which bodies, and whose numbers. */
let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

type Bodies = z.infer<typeof bodiesSchema>;

async function asRole(
  role: Parameters<typeof testAccount>[1]['role'],
  jurisdiction: string,
): Promise<Bodies> {
  const name = `${role.toLowerCase()}.${jurisdiction}`;
  const person = role === 'officer' ? 'jia-1' : null;
  await testAccount(api, { name, role, jurisdiction, person });
  const answer = await api.app.inject({ url: '/api/bodies', headers: await signedIn(api, name) });
  return answer.json<Bodies>();
}
const idsOf = ({ bodies }: Bodies): string[] => bodies.map(({ id }) => id);

test('an officer sees the own office, its people in the order in which they are told, and their numbers', async () => {
  const { jurisdictions, bodies } = await asRole('officer', 'office-jia');
  expect(jurisdictions).toEqual([
    { id: 'office-jia', name: '甲镇司法所', level: 'office', within: 'town-jia' },
  ]);
  expect(bodies).toMatchObject([
    {
      id: 'jia',
      partyName: '司法所',
      jurisdiction: 'office-jia',
      hasRoster: false,
      administrator: '测试甲一',
      people: [
        { id: 'jia-1', post: '所长', contact: 1, phone: '139 0000 0001', methods: ['sms', 'voice', 'email'] },
        { id: 'jia-2', contact: 2, phone: '139 0000 0002' },
      ],
    },
  ]);
});

test('whoever keeps the rosters of a township sees all below it and nothing beside it', async () => {
  const ids = idsOf(await asRole('administrator', 'town-jia'));
  expect(ids).toEqual(['jia', 'township-jia', 'township-leader-jia', 'police-jia']);
});

test('the auditor sees every body and no number', async () => {
  const all = await asRole('auditor', 'banner');
  expect(idsOf(all)).toContain('bureau-chief');
  const people = all.bodies.flatMap((body) => body.people);
  expect(people.length).toBeGreaterThan(20);
  expect(people.flatMap(({ phone, email }) => phone ?? email ?? [])).toEqual([]);
});

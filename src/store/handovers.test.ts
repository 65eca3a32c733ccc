import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { listHandovers, offerHandover, withdrawHandover, type HandedDuty } from './handovers.ts';
import type { Register } from './open.ts';
import { openTestRegister } from './testing.ts';

let register: Register;
beforeAll(async () => {
  register = await openTestRegister();
});
afterAll(() => register.close());

const duty = (office: string): HandedDuty => ({
  incidentId: randomUUID() as never,
  number: null,
  office,
  stageId: '1.search' as never,
  stageName: '查找',
  clause: '四（一）',
  duty: '查找',
  owner: 'judicialOffice',
  own: true,
  openedAt: '2026-03-07T00:00:00.000Z',
  dueAt: null,
  overdueAt: null,
  holder: null,
});
const offer = (from: string, to: string, ...offices: string[]) =>
  offerHandover(register, {
    id: randomUUID(),
    from,
    to,
    office: null,
    note: null,
    duties: offices.map(duty),
  });

test('a list is filtered before it is cut: many of others hide none of mine', async () => {
  const mine = await offer('jia-1', 'jia-2', 'jia', 'yi'); // not all within reach, and one's own
  const near = await offer('jia-3', 'jia-4', 'jia');
  for (let i = 0; i < 5; i += 1) await offer('yi-1', 'yi-2', 'yi');
  await offer('yi-1', 'yi-2'); // of no duty at all: theirs alone
  const among = { person: 'jia-1', offices: ['jia'] };
  const listed = async (scope: typeof among | null, limit: number, status?: 'offered' | 'withdrawn') =>
    (await listHandovers(register, { limit, among: scope, status })).map(({ id }) => id);
  expect(await listed(among, 2)).toEqual([near.id, mine.id]);
  expect(await listed({ ...among, person: 'jia-9' }, 5)).toEqual([near.id]);
  expect(await listed({ ...among, offices: [] }, 5)).toEqual([mine.id]);
  expect(await listed(null, 50)).toHaveLength(8);
  await withdrawHandover(register, near.id, '2026-03-07T01:00:00.000Z');
  expect(await listed(among, 5, 'offered')).toEqual([mine.id]);
  expect(await listed(among, 5, 'withdrawn')).toEqual([near.id]);
});

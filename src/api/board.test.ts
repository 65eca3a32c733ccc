import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { NO_ANCHOR } from '../incident/ids.ts';
import { append } from '../store/append.ts';
import { sampleIncident } from '../store/sample-incident.ts';
import { openTestApi, signedIn, testAccount, type TestApi } from './testing.ts';

interface Board {
  changedAt: string;
  counts: Record<string, number>;
  rows: {
    number: string;
    officeName: string;
    isNew: boolean;
    lastEventAt: string;
    stages: object;
    next: { stageName: string; overdue: boolean; holder: { name: string; person: string | null } } | null;
  }[];
  next: string | null;
}

let api: TestApi;
let officer: Record<string, string>;
beforeAll(async () => {
  api = await openTestApi();
  await testAccount(api, { name: 'zhang', role: 'officer', person: null, jurisdiction: 'office-jia' });
  officer = await signedIn(api, 'zhang');
});
afterAll(() => api.close());

/** An incident with one counselling open until `dueAt`; gives its number. */
async function opened(
  {
    dueAt = null,
    office = 'jia',
    drill = false,
  }: { dueAt?: string | null; office?: string; drill?: boolean },
  entries = 3,
): Promise<string> {
  const sample = sampleIncident({ drill });
  for (const entry of sample.entries) {
    if (entry.kind === 'incidentReported') entry.data = { ...entry.data, office };
    if (entry.kind === 'stageOpened') entry.data = { ...entry.data, dueAt };
  }
  return (await append(api.register, sample.batch(1, entries), NO_ANCHOR)).number!;
}

const asked = (query = '', headers: Record<string, string> = officer) =>
  api.app.inject({ method: 'GET', url: `/api/board?${query}`, headers });
const board = async (query = '', headers?: Record<string, string>) =>
  (await asked(query, headers)).json<Board>();
const numbers = ({ rows }: Board): string[] => rows.map(({ number }) => number);

test('overdue ones stand first, then the soonest deadline, without a deadline last; another office has a board of its own', async () => {
  const endless = await opened({});
  const later = await opened({ dueAt: '2099-01-02T00:00:00.000Z' });
  const sooner = await opened({ dueAt: '2099-01-01T00:00:00.000Z' });
  const overdue = await opened({ dueAt: '2026-03-04T02:00:00.000Z' });
  const drill = await opened({ dueAt: '2099-01-03T00:00:00.000Z', drill: true });
  await opened({ office: 'yi', dueAt: '2026-03-04T02:00:00.000Z' });

  const seen = await board();
  expect(numbers(seen)).toEqual([overdue, sooner, later, drill, endless]);
  expect(seen.counts).toEqual({ open: 4, overdue: 1, openedToday: 0, drills: 1, matching: 5 });
  expect(seen.rows[0]).toMatchObject({
    officeName: '甲镇司法所',
    isNew: true,
    lastEventAt: '2026-03-04T01:22:00.000Z',
    stages: { done: 0, open: 1, overdue: 1 },
    next: { stageName: '教育疏导', overdue: true, holder: { name: '甲镇司法所', person: null } },
  });
  expect(numbers(await board('overdue=true'))).toEqual([overdue]);
  expect(numbers(await board('drill=true'))).toEqual([drill]);
  expect(numbers(await board(`q=${sooner.slice(-4)}`))).toContain(sooner);
  expect(numbers(await board('office=yi'))).toEqual([]);
  const everywhere = await board('', { authorization: `Bearer ${api.key}` });
  expect(everywhere.counts).toMatchObject({ open: 5, overdue: 2 });
});

test('pages go on where the one before ended, also among those without a deadline', async () => {
  await opened({});
  const all = numbers(await board());
  const paged: string[] = [];
  let query = 'limit=2';
  for (;;) {
    const page = await board(query);
    paged.push(...numbers(page));
    if (page.next === null) break;
    query = `limit=2&cursor=${page.next}`;
  }
  expect(paged).toEqual(all);
  expect((await asked('cursor=nonsense')).json()).toMatchObject({ code: 'INVALID_CURSOR' });
});

test('what somebody has worked on is new no more, and what they took over is theirs', async () => {
  const number = await opened({ dueAt: '2026-03-04T01:30:00.000Z' }, 11);
  const row = (await board(`q=${number}`)).rows[0];
  expect(row).toMatchObject({ isNew: false, next: { stageName: '报警', holder: { person: 'bureau-1' } } });
});

test('a board on which nothing happened is not sent again; what happens elsewhere changes nothing here', async () => {
  // Twice, in case a minute ends between the two.
  const unchanged = async (): Promise<number> => {
    const first = await asked();
    const again = await asked('', { ...officer, 'if-none-match': String(first.headers.etag) });
    return again.statusCode;
  };
  expect([await unchanged(), await unchanged()]).toContain(304);

  const before = await asked();
  await opened({ office: 'yi' });
  expect((await board()).changedAt).toBe(before.json<Board>().changedAt);
  await opened({});
  const after = await asked('', { ...officer, 'if-none-match': String(before.headers.etag) });
  expect(after.statusCode).toBe(200);
  expect(after.headers.etag).not.toBe(before.headers.etag);
});

test('nothing on the board says who it is about', async () => {
  expect((await asked()).body).not.toMatch(/测试甲|4471|扬言/);
});

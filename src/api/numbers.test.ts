import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { readXlsx } from 'hucre/xlsx';
import { figures } from '../store/figures.ts';
import { openTestApi, signedIn, testAccount, testIncident, type TestApi } from './testing.ts';
import type { NumbersBody } from './schemas-numbers.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  // Three of one office, closed; their first receipt after 10, 20 and 30 minutes.
  for (const minutes of [10, 20, 30]) {
    const { id } = await testIncident(api.register, 'jia');
    await api.register.db.execute(sql`update message set acknowledged_at =
      (select received_at from incident where id = ${id}::uuid) + make_interval(mins => ${minutes}::int)
      where incident_id = ${id}::uuid`);
  }
  await testIncident(api.register, 'yi');
  const { id } = await testIncident(api.register, 'jia');
  await api.register.db.execute(sql`update incident set drill = true where id = ${id}::uuid`);
}, 240_000);
afterAll(() => api.close());

const get = (path: string, headers: Record<string, string> = { authorization: `Bearer ${api.key}` }) =>
  api.app.inject({ method: 'GET', url: path, headers });
const YEAR = 'from=2026-01-01&to=2026-12-31';

test('how long until the first receipt: median and 90 %, by office and together, drills apart', async () => {
  const all = (await get(`/api/numbers?${YEAR}`)).json<NumbersBody>();
  const jia = all.real.offices.find(({ office }) => office === 'jia')!;
  expect(jia).toMatchObject({ incidents: 3, times: { firstReceipt: { count: 3, p50: 1_200, p90: 1_680 } } });
  expect([all.real.incidents, all.drills.incidents]).toEqual([4, 1]);
  expect(all.drills.offices.map(({ office }) => office)).toEqual(['jia']);
});

test('overdue duties by stage and office, as often as they were so at any time', async () => {
  const { real, drills } = (await get(`/api/numbers?${YEAR}&office=jia`)).json<NumbersBody>();
  expect(real.overdue).toMatchObject([
    { stage: 'followUp', office: 'jia', opened: 3, overdue: 3 },
    { stage: 'policeCall', office: 'jia', opened: 3, overdue: 3 },
  ]);
  expect(drills.overdue.map(({ opened, overdue }) => [opened, overdue])).toEqual([
    [1, 1],
    [1, 1],
  ]);
});

test('a period without a report has none, one that ends before it begins is refused', async () => {
  const none = (await get('/api/numbers?from=2020-01-01&to=2020-12-31')).json<NumbersBody>();
  expect(none.real).toMatchObject({ incidents: 0, offices: [], times: { closed: { count: 0, p50: null } } });
  expect((await get('/api/numbers?from=2026-02-02&to=2026-02-01')).json()).toMatchObject({
    code: 'INVALID_PERIOD',
  });
});

test('an officer counts the own office alone, in the sheet, too', async () => {
  await testAccount(api, { name: 'yi.one', role: 'officer', person: 'yi-1', jurisdiction: 'office-yi' });
  const headers = await signedIn(api, 'yi.one');
  const own = (await get(`/api/numbers?${YEAR}`, headers)).json<NumbersBody>();
  expect(own.real.offices.map(({ office }) => office)).toEqual(['yi']);
  const sheet = await get(`/api/numbers/export?${YEAR}`, headers);
  const { sheets } = await readXlsx(sheet.rawPayload);
  expect(sheets.map(({ name }) => name)).toEqual(['用时统计', '超期环节']);
  expect(sheets[0]!.rows[1]).toEqual(expect.arrayContaining(['实际事件', 1]));
  const csv = await get(`/api/numbers/export?${YEAR}&format=csv`, headers);
  expect(csv.body).toContain('接报至首次确认');
});

test('a duty that was opened several times is counted as one of the plan, by its name there', async () => {
  const { db } = api.register;
  await db.execute(sql`update incident set status = 'open' where not drill`);
  await db.execute(sql`update stage set resolved_at = null, stage = t.stage || '_' || t.nr
    from (select incident_id, stage_id, stage, row_number() over (order by incident_id) as nr from stage
      where stage = 'followUp') t where stage.incident_id = t.incident_id and stage.stage_id = t.stage_id`);
  const { real } = (await get(`/api/numbers?${YEAR}&office=jia`)).json<NumbersBody>();
  expect(real.overdue).toMatchObject([
    { stage: 'followUp', opened: 3, overdue: 3 },
    { stage: 'policeCall', opened: 3, overdue: 3 },
  ]);
  const { open } = await figures(api.register);
  expect(
    open.flatMap(({ stage, incidents }) => (stage?.startsWith('followUp') ? [[stage, incidents]] : [])),
  ).toEqual([['followUp', 4]]);
});

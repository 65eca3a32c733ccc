import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { sayNext } from '../foresight/say-next.ts';
import { NO_ANCHOR, stageId } from '../incident/ids.ts';
import { append } from '../store/append.ts';
import { sampleIncident } from '../store/sample-incident.ts';
import { openTestApi, signedIn, testAccount, type TestApi } from './testing.ts';

interface Course {
  branch: { key: string };
  stages: {
    stage: string;
    state: string;
    name: string;
    opensWhen: { stage: string; outcomeName: string }[];
  }[];
  next: unknown;
  record: { verified: boolean; firstBroken: number | null; codes: string[]; anchored: boolean };
  names: { people: Record<string, string>; parties: Record<string, string> };
}

let api: TestApi;
let officer: Record<string, string>;
beforeAll(async () => {
  api = await openTestApi();
  await testAccount(api, { name: 'jia.one', role: 'officer', person: 'jia-1', jurisdiction: 'office-jia' });
  officer = await signedIn(api, 'jia.one');
});
afterAll(() => api.close());

async function begun(entries: number): Promise<string> {
  const sample = sampleIncident();
  const reported = sample.entries[0]!;
  if (reported.kind === 'incidentReported') reported.data = { ...reported.data, plan: api.deps.plan.pin };
  await append(api.register, sample.batch(1, entries), NO_ANCHOR);
  return sample.id;
}
const courseOf = async (id: string): Promise<Course> =>
  (
    await api.app.inject({ method: 'GET', url: `/api/incidents/${id}/course`, headers: officer })
  ).json<Course>();

test('the branch stands in order: what is open and overdue, and what would open what is to come', async () => {
  const { branch, stages, next, names } = await courseOf(await begun(9));
  expect(branch.key).toBe('violentAct');
  expect(stages.find(({ stage }) => stage === 'policeCall')!.state).toBe('open');
  const scene = stages.find(({ stage }) => stage === 'scene')!;
  expect(scene).toMatchObject({
    state: 'coming',
    opensWhen: [{ stage: 'departure', outcomeName: '已出发' }],
  });
  const control = stages.find(({ stage }) => stage === 'control')!;
  expect(control.opensWhen.map(({ stage }) => stage)).toEqual(['scene']);
  expect(stages.at(-1)!.stage).toBe('approveClosing');
  expect(next).toBeNull(); // no worker answers here
  expect(names.people['police-1']).toBeDefined();
  expect(names.parties.policeStation).toMatch(/派出所/);
});

test('the timeline is checked as it is read: the first entry that was changed is named', async () => {
  const id = await begun(9);
  expect((await courseOf(id)).record).toMatchObject({ verified: true, firstBroken: null, anchored: false });
  await api.register.db.execute(
    sql`update entry set data = jsonb_set(data, '{stageName}', '"别的"') where incident_id = ${id}::uuid and seq = 3`,
  );
  expect((await courseOf(id)).record).toMatchObject({
    verified: false,
    firstBroken: 3,
    codes: ['CHANGED_ENTRY'],
  });
});

test('the next line of escalation is said as it will happen', () => {
  const telling = {
    at: '2026-03-04T06:32:00.000Z',
    stageId: stageId(1, 'reportLeadingGroup'),
    stageName: '向领导小组办公室报告',
    line: 'leadingGroupOffice',
    partyName: '旗办',
  };
  const today = '2026-03-04T06:00:00.000Z';
  expect(sayNext(telling, today)).toEqual({
    zh: '14:32 向领导小组办公室报告未确认 → 旗办',
    en: '14:32 report leading group not confirmed → 旗办',
  });
  const late = { ...telling, line: 'judicialOffice:overdue2' };
  expect(sayNext(late, '2026-03-03T06:00:00.000Z').zh).toBe(
    '03-04 14:32 向领导小组办公室报告超期未完成 → 旗办',
  );
});

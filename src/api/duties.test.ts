import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { NO_ANCHOR, stageId } from '../incident/ids.ts';
import { append } from '../store/append.ts';
import { sampleIncident } from '../store/sample-incident.ts';
import { openTestApi, signedIn, testAccount, type TestApi } from './testing.ts';

interface Said {
  act: string;
  body: Record<string, unknown>;
  asks: { field: string; label: string } | null;
  causes: { zh: string; en: string };
}
interface Duty {
  incidentId: string;
  stageName: string;
  held: string;
  holderName: string | null;
  receipt: { acknowledgedAt: string | null };
  outcomes: Said[];
}

let api: TestApi;
const sessions: Record<string, Record<string, string>> = {};
beforeAll(async () => {
  api = await openTestApi();
  const people = [
    { name: 'jia.one', role: 'officer', person: 'jia-1', jurisdiction: 'office-jia' },
    { name: 'yi.one', role: 'officer', person: 'yi-1', jurisdiction: 'office-yi' },
    { name: 'leader', role: 'dutyLeader', person: 'deputy-1', jurisdiction: 'banner' },
    { name: 'auditor', role: 'auditor', person: null, jurisdiction: 'banner' },
  ] as const;
  for (const each of people) {
    await testAccount(api, each);
    sessions[each.name] = await signedIn(api, each.name);
  }
});
afterAll(() => api.close());

/** An incident of 甲镇司法所 under the plan in force, up to an entry of the sample's timeline. */
async function begun(entries: number) {
  const sample = sampleIncident();
  const reported = sample.entries[0]!;
  if (reported.kind === 'incidentReported') reported.data = { ...reported.data, plan: api.deps.plan.pin };
  await append(api.register, sample.batch(1, entries), NO_ANCHOR);
  return sample;
}

const ask = async <T>(url: string, who: string): Promise<T> =>
  (await api.app.inject({ method: 'GET', url, headers: sessions[who]! })).json<T>();
const acts = async (id: string, who: string): Promise<Said[]> =>
  (await ask<{ acts: Said[] }>(`/api/incidents/${id}/acts`, who)).acts;
const duties = async (id: string, who: string): Promise<Duty[]> =>
  (await ask<{ duties: Duty[] }>('/api/duties', who)).duties.filter(({ incidentId }) => incidentId === id);

test('an officer sees what each act will cause before pressing it; who only reads has no buttons', async () => {
  const { id } = await begun(3);
  const offered = await acts(id, 'jia.one');
  const branch = offered.find(({ act, body }) => act === 'branch' && body.branch === 'violentAct')!;
  expect(branch.causes.zh).toMatch(
    /^改选程序 → 转入“正在实施及非正常死亡处置”（四（三））；同时打开.*报警.*；终止.*教育疏导/,
  );
  expect(branch.causes.en).toMatch(/the incident goes on as violent act; opens \d+ duties at once/);
  const outcome = offered.find(({ act }) => act === 'outcome')!;
  expect(outcome.asks).toEqual({ field: 'evidence', label: expect.any(String) });
  expect(offered.map(({ act }) => act)).toEqual(
    expect.arrayContaining(['takeOver', 'stillResponding', 'proposeClosing', 'calls', 'facts']),
  );
  expect(await acts(id, 'auditor')).toEqual([]);
  expect(await ask(`/api/incidents/${id}/acts`, 'yi.one')).toMatchObject({ code: 'UNKNOWN_INCIDENT' });
});

test('what one person proposed another may decide, if they are an approver', async () => {
  const { id } = await begun(26);
  const proposed = await begun(3);
  const proposal = { by: 'jia-1', as: 'responseEnded' as const, openStages: [] };
  const [, , , ...none] = proposed.entries.slice(0, 3);
  expect(none).toEqual([]);
  await append(
    api.register,
    {
      incidentId: proposed.id,
      entries: [{ seq: 4, at: '2026-03-04T02:00:00.000Z', kind: 'closingProposed', data: proposal }],
    },
    await anchorOf(proposed.id),
  );
  const closing = async (who: string) =>
    (await acts(proposed.id, who)).map(({ act }) => act).filter((act) => /Closing|falseAlarm/.test(act));
  expect(await closing('jia.one')).toEqual([]);
  expect(await closing('leader')).toEqual(['approveClosing', 'refuseClosing']);
  expect((await acts(id, 'leader')).length).toBeGreaterThan(0);
});

async function anchorOf(id: string) {
  const url = `/api/incidents/${id}`;
  const headers = { authorization: `Bearer ${api.key}` };
  const { timeline } = (await api.app.inject({ method: 'GET', url, headers })).json<{
    timeline: { seq: number; hash: string }[];
  }>();
  return timeline.at(-1)!;
}

test('my duties are those of my body with their form of evidence, and no other office’s', async () => {
  const { id } = await begun(3);
  const [duty] = await duties(id, 'jia.one');
  expect(duty).toMatchObject({ stageName: '教育疏导', held: 'onDuty', holderName: null });
  expect(duty!.outcomes.every(({ act, asks }) => act === 'outcome' && asks?.field === 'evidence')).toBe(true);
  expect(duty!.outcomes.length).toBeGreaterThan(0);
  expect(await duties(id, 'yi.one')).toEqual([]);
  expect(await ask('/api/duties?person=jia-1', 'yi.one')).toMatchObject({ code: 'UNKNOWN_PERSON' });
  expect(await ask('/api/duties', 'auditor')).toEqual({ person: null, duties: [] });
});

test('who took a duty over has it, and it is nobody else’s', async () => {
  const { id } = await begun(6);
  const taken = { stageId: stageId(2, 'policeCall'), opening: 1, by: 'deputy-1' };
  await append(
    api.register,
    {
      incidentId: id,
      entries: [{ seq: 7, at: '2026-03-04T01:40:00.000Z', kind: 'takenOver', data: taken }],
    },
    await anchorOf(id),
  );
  expect(await duties(id, 'leader')).toMatchObject([{ stageName: '报警', held: 'takenOver' }]);
  expect(await duties(id, 'jia.one')).toEqual([]);
});

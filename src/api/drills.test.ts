import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';
import { orderNow } from '../../test/harness/order.ts';
import { createDrillRun, type DrillDeps } from '../activities/drill-run.ts';
import { eq } from 'drizzle-orm';
import { NO_ANCHOR } from '../incident/ids.ts';
import { append } from '../store/append.ts';
import { addConsent } from '../store/drill-consents.ts';
import { openDrillSubCases } from '../store/drill-offices.ts';
import { addDrill, approveDrill, changeDrillOffice, drillById, moveDrill } from '../store/drills.ts';
import { revisionPrompts } from '../store/revision-prompts.ts';
import { sampleIncident } from '../store/sample-incident.ts';
import { incident } from '../store/tables.ts';
import { openTestApi, signedIn, testAccount, type TestApi } from './testing.ts';

jest.setTimeout(240_000);

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const ask = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, headers = {}) => {
  const authorization = `Bearer ${api.key}`;
  const answer = await api.app.inject({
    method,
    url,
    headers: Object.keys(headers).length > 0 ? headers : { authorization },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
};

/** An order that was approved, whoever it names. */
async function approved(change: object = {}): Promise<string> {
  const id = randomUUID();
  const { order } = orderNow(change);
  const at = '2026-03-01T00:00:00.000Z';
  const whole = {
    ...order,
    injects: [],
    truth: {},
    outside: [],
    scenario: null,
    keyPeriod: '',
    riskPoint: '',
  };
  await addDrill(api.register, { id, order: whole as never, by: 'general-1', at });
  await approveDrill(api.register, (await drillById(api.register, id))!, { by: 'leading-1', at });
  return id;
}

/** A drill's incident of 甲镇司法所 under the plan in force, and what its end adds to it. */
async function drillIncident() {
  const { id, batch, entries } = sampleIncident({ drill: true });
  const reported = entries[0]!;
  if (reported.kind === 'incidentReported') reported.data = { ...reported.data, plan: api.deps.plan.pin };
  await append(api.register, batch(1, 3), NO_ANCHOR);
  const end = {
    seq: 4,
    at: '2026-03-04T03:00:00.000Z',
    kind: 'drillEnded' as const,
    data: { as: 'ended' as const, by: 'general-1' },
    personal: { reason: '演练时间已到' },
  };
  return { id, end: () => append(api.register, { incidentId: id, entries: [end] } as never, NO_ANCHOR) };
}

test('no outside party takes part or directs without its consent: it is not even told that a drill begins', async () => {
  const offices = [{ office: 'jia', participants: ['jia-1', 'police-jia-1'] }];
  expect(await ask('POST', '/api/drills', orderNow({ offices }))).toMatchObject({
    status: 422,
    body: { code: 'UNKNOWN_PERSON', people: ['police-jia-1'] },
  });
  expect(await ask('POST', '/api/drills', orderNow({ director: 'police-jia-1' }))).toMatchObject({
    status: 422,
    body: { code: 'UNKNOWN_PERSON' },
  });
  const id = await approved({ offices });
  const run = createDrillRun(api.deps as unknown as DrillDeps);
  expect(await run.whoTakesPart({ drill: id, office: 'jia', what: 'begins' })).toEqual([
    'jia-1',
    'general-1',
  ]);
});

test('while the register cannot say what a scene began, the others of the drill are told of its end all the same', async () => {
  const told: string[] = [];
  const nowhere = (id: string) => async () => {
    told.push(id);
    throw new WorkflowNotFoundError('not found', id, undefined);
  };
  const client = {
    withDeadline: (_: number, work: () => Promise<unknown>) => work(),
    workflow: {
      getHandle: (id: string) => ({
        executeUpdate: nowhere(id),
        describe: () => Promise.reject(new Error()),
      }),
    },
  };
  const run = createDrillRun({ ...api.deps, client } as unknown as DrillDeps);
  const stop = { as: 'replaced' as const, by: null, realIncident: null };
  const drill = { drill: randomUUID(), office: 'jia', scenes: [0, 1, 2], director: 'general-1', stop };
  await expect(run.endDrillAt(drill)).rejects.toMatchObject({ details: { status: 503 } });
  expect(new Set(told).size).toBe(3);
});

test('a draft that somebody changed meanwhile is not written over; who changed it is its drafter, on record', async () => {
  const offices = [{ office: 'jia', participants: ['jia-1'] }];
  const { body: first } = await ask('POST', '/api/drills', orderNow({ offices }));
  const path = `/api/drills/${String(first.id)}`;
  const title = '改过的演练';
  const { order } = orderNow({ offices, title });
  const changed = await ask('PUT', path, { by: 'leading-1', order, draftedAt: first.draftedAt });
  expect(changed).toMatchObject({ status: 200, body: { title, draftedBy: 'leading-1' } });
  const late = await ask('PUT', path, { by: 'general-1', order, draftedAt: first.draftedAt });
  expect(late).toMatchObject({ status: 409, body: { code: 'DRILL_NOT_A_DRAFT' } });
  const { body: changes } = await ask('GET', '/api/changes?area=drills&limit=1');
  expect(changes).toMatchObject([{ subject: `drill ${String(first.id)}`, from: { status: 'draft' } }]);
});

test('a written consent is read as it was attached, by whoever the drill is in reach of', async () => {
  const offices = [{ office: 'jia', participants: ['jia-1'] }];
  const outside = [{ office: 'jia', party: 'procuratorate' }];
  const { body } = await ask('POST', '/api/drills', orderNow({ offices, outside }));
  const id = String(body.id);
  const consent = Buffer.from('%PDF-1.4\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
  const file = {
    drillId: id,
    office: 'jia',
    party: 'procuratorate',
    type: 'application/pdf',
    by: 'general-1',
  };
  const sha256 = await addConsent(api.register, { ...file, file: consent });

  const read = (headers: Record<string, string>) =>
    api.app.inject({ url: `/api/drills/${id}/consents/${sha256}`, headers });
  const answer = await read({ authorization: `Bearer ${api.key}` });
  expect(answer.rawPayload).toEqual(consent);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="consent-${sha256.slice(0, 8)}.pdf"`,
    'content-security-policy': expect.stringContaining('sandbox'),
  });
  expect(await ask('GET', `/api/drills/${id}/consents/${'0'.repeat(64)}`)).toMatchObject({
    status: 404,
    body: { code: 'UNKNOWN_CONSENT' },
  });
  await testAccount(api, { name: 'yi.one', role: 'officer', person: 'yi-1', jurisdiction: 'office-yi' });
  expect((await read(await signedIn(api, 'yi.one'))).json()).toMatchObject({ code: 'UNKNOWN_DRILL' });
});

test('whoever takes part does not read the score, which tells of the script, before the drill has ended', async () => {
  const people = { role: 'officer', person: 'jia-1', jurisdiction: 'office-jia' } as const;
  await testAccount(api, { name: 'jia.one', ...people });
  const officer = await signedIn(api, 'jia.one');
  const id = await approved();
  for (const status of ['approved', 'running'] as const) {
    await moveDrill(api.register, id, ['approved', 'running'], { status });
    expect(await ask('GET', `/api/drills/${id}/score`, undefined, officer)).toMatchObject({
      status: 403,
      body: { code: 'DRILL_SCORE_HIDDEN' },
    });
    expect(await ask('GET', `/api/drills/${id}/score`)).toMatchObject({ status: 200 });
  }
  await moveDrill(api.register, id, ['running'], { status: 'ended' });
  expect(await ask('GET', `/api/drills/${id}/score`, undefined, officer)).toMatchObject({ status: 200 });
});

test('a scored drill asks whether the plan is to be revised, once', async () => {
  const id = await approved();
  const { id: incidentId } = await drillIncident();
  await changeDrillOffice(api.register, { drillId: id, office: 'jia' }, { incidents: [incidentId] });
  await moveDrill(api.register, id, ['approved'], { status: 'ended' });
  for (let time = 0; time < 2; time += 1)
    expect(await ask('POST', `/api/drills/${id}/score`, { by: 'leading-1' })).toMatchObject({ status: 200 });
  expect(await revisionPrompts(api.register)).toMatchObject([
    { cause: 'drill', incidentId, raisedBy: 'leading-1', decision: null },
  ]);
});

test('no acts are offered once the drill is over', async () => {
  const { id, end } = await drillIncident();
  const acts = async () => (await ask('GET', `/api/incidents/${id}/acts`)).body['acts'] as unknown[];
  expect((await acts()).length).toBeGreaterThan(0);
  await end();
  expect(await acts()).toEqual([]);
});

test('sub-cases of a drill are found at every level, the deepest last', async () => {
  const { id } = await drillIncident();
  const [one, two] = [(await drillIncident()).id, (await drillIncident()).id];
  await api.register.db.update(incident).set({ parent: id }).where(eq(incident.id, one));
  await api.register.db.update(incident).set({ parent: one }).where(eq(incident.id, two));
  expect(await openDrillSubCases(api.register, [id])).toEqual([[one], [two]]);
});

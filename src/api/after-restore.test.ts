import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { loneTemporal, type LoneTemporal } from '../../test/harness/temporal.ts';
import { tempFolders } from '../../test/harness/temp-folders.ts';
import { incidentWorkflowId, messageKey, NO_ANCHOR, stageId, type IncidentId } from '../incident/ids.ts';
import { plus, toInstant } from '../incident/instant.ts';
import { signReceipt } from '../receipts/token.ts';
import { append } from '../store/append.ts';
import { sampleIncident } from '../store/sample-incident.ts';
import { bodyHash, incidentIdOf } from './intake.ts';
import { reportSchema } from './schemas.ts';
import { openTestApi, type TestApi } from './testing.ts';
import { fingerprint } from './token.ts';

/** Temporal put back further than the register: a report that comes again must not be called accepted while nobody is told. */
jest.setTimeout(240_000);

const makeFolder = tempFolders();
let temporal: LoneTemporal;
let connection: Connection;
let client: Client;
let api: TestApi;
beforeAll(async () => {
  temporal = await loneTemporal(makeFolder('after-restore'));
  await temporal.start();
  connection = Connection.lazy({ address: temporal.address });
  client = new Client({ connection });
  api = await openTestApi(undefined, { client });
}, 15 * 60_000);
afterAll(async () => {
  await api?.close();
  await connection?.close();
  await temporal?.kill9();
});

const body = { office: 'jia', situation: '测试情况' };
const idOf = (key: string): IncidentId => incidentIdOf(`key-${fingerprint(api.key).slice(0, 16)}`, key);

async function report(key: string, at = api) {
  const answer = await at.app.inject({
    method: 'POST',
    url: '/api/incidents',
    payload: body,
    headers: { authorization: `Bearer ${at.key}`, 'idempotency-key': key },
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

const CLOSED = Infinity;
/** Has the register know that report, open after its first entries, or closed. */
async function known(key: string, entries = 3, at = api): Promise<IncidentId> {
  const id = idOf(key);
  const incident = sampleIncident();
  const [first] = incident.entries;
  if (first!.kind === 'incidentReported')
    first!.data.bodyHash = bodyHash(at.deps.keyring, reportSchema.parse(body));
  await append(at.register, { incidentId: id, entries: incident.entries.slice(0, entries) }, NO_ANCHOR);
  return id;
}

const begin = (id: IncidentId) =>
  client.workflow.start('nobodyRunsThis', { taskQueue: 'none', workflowId: incidentWorkflowId(id) });

test('a repeated report whose workflow is missing is not accepted: phone, and report it anew', async () => {
  const id = await known('missing');
  const { status, body: problem } = await report('missing');
  expect([status, problem.code, problem.id]).toEqual([409, 'WORKFLOW_MISSING', id]);
  expect(problem.detail).toMatch(/Phone .* another Idempotency-Key/);
  expect(problem.number).toMatch(/WS/);
});

test('nor is one whose workflow was ended by hand; while it runs, the first answer comes again', async () => {
  const workflow = await begin(await known('ended'));
  expect(await report('ended')).toMatchObject({ status: 200, body: { id: idOf('ended'), status: 'open' } });
  await workflow.terminate();
  expect(await report('ended')).toMatchObject({ status: 409, body: { code: 'WORKFLOW_ENDED' } });
});

test('of a closed incident Temporal may have forgotten everything', async () => {
  await known('closed', CLOSED);
  expect(await report('closed')).toMatchObject({ status: 200, body: { status: 'closed' } });
});

test('another report under the same key is still refused as that', async () => {
  await known('other');
  const answer = await api.app.inject({
    method: 'POST',
    url: '/api/incidents',
    payload: { ...body, situation: '另一件' },
    headers: { authorization: `Bearer ${api.key}`, 'idempotency-key': 'other' },
  });
  expect(answer.json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
});

test('while Temporal cannot say, it is not confirmed: the sender goes on', async () => {
  const lone = await openTestApi(); // its Temporal refuses every question at once
  try {
    await known('away', 3, lone);
    expect(await report('away', lone)).toMatchObject({ status: 503, body: { code: 'TEMPORAL_UNAVAILABLE' } });
  } finally {
    await lone.close();
  }
});

/** An act of an officer, and the same officer's receipt by the link of a mail. */
async function act(id: IncidentId) {
  const answer = await api.app.inject({
    method: 'POST',
    url: `/api/incidents/${id}/still-responding`,
    payload: { by: 'jia-1' },
    headers: { authorization: `Bearer ${api.key}` },
  });
  return { status: answer.statusCode, code: answer.json<{ code?: string }>().code };
}
async function receipt(id: IncidentId) {
  const key = messageKey({
    incidentId: id,
    stageId: stageId(1, 'policeCall'),
    opening: 1,
    line: 'judicialOffice',
    rung: 0,
    repeat: 0,
  });
  const issuedAt = toInstant(Date.now());
  const token = await signReceipt(api.deps.keyring, {
    key,
    person: 'jia-1',
    issuedAt,
    expiresAt: plus(issuedAt, 60_000),
  });
  const answer = await api.app.inject({
    method: 'POST',
    url: `/r/${token}`,
    payload: 'answer=received',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  return { status: answer.statusCode, text: answer.payload };
}

test('an act on it, and a receipt by link, are told that nothing runs: 404 would say that there is no such incident', async () => {
  const missing = await known('acted on, missing');
  expect(await act(missing)).toEqual({ status: 409, code: 'WORKFLOW_MISSING' });
  expect(await receipt(missing)).toMatchObject({
    status: 409,
    text: expect.stringContaining('系统目前没有在处理此事件'),
  });
  const ended = await known('acted on, ended');
  await (await begin(ended)).terminate();
  expect(await act(ended)).toEqual({ status: 409, code: 'WORKFLOW_ENDED' });
  const nobody = incidentIdOf('nobody', 'never reported');
  expect(await act(nobody)).toEqual({ status: 404, code: 'UNKNOWN_INCIDENT' });
  const closed = await known('acted on, closed', CLOSED);
  expect(await act(closed)).toEqual({ status: 409, code: 'IncidentClosed' });
});

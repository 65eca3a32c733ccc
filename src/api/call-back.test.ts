import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { identityReads } from '../store/personal.ts';
import { openTestApi, signedIn, testAccount, testIncident, type TestApi } from './testing.ts';

/** 回拨核实: identities are said only to whom the number is known to be, and it stands in the log of readings. */
jest.setTimeout(240_000);

let api: TestApi;
let id: string;
let officer: Record<string, string>;
beforeAll(async () => {
  api = await openTestApi();
  id = (await testIncident(api.register, 'jia', 3)).id; // still open
  await testAccount(api, { name: 'jia.one', role: 'officer', person: 'jia-1', jurisdiction: 'office-jia' });
  officer = await signedIn(api, 'jia.one');
});
afterAll(() => api.close());

const CALL = { answered: true, at: '2026-03-07T02:20:00+08:00', callback: true, purpose: '核对协查对象' };
const POLICE = { to: { party: 'policeStation' }, number: '13900000009' };
const call = async (body: object, headers: Record<string, string> = officer) => {
  const url = `/api/incidents/${id}/calls`;
  const answer = await api.app.inject({ method: 'POST', url, headers, payload: { ...CALL, ...body } });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
};
const reads = () => identityReads(api.register, id as never);

test('a number that the organisation has, however it is written, lets identities be said: who, to whom, number, when and why are logged', async () => {
  const said = await call({ ...POLICE, number: '+86 139-0000-0009' });
  expect(said.body.code).toBe('TEMPORAL_UNAVAILABLE'); // there is none here: the call itself is for a drill to log
  expect(await reads()).toMatchObject([
    {
      disclosedTo: 'party policeStation',
      accountId: expect.any(String),
      route: 'POST /api/incidents/{id}/calls',
      reason: expect.stringMatching(
        /jia-1 致电 \+86 139-0000-0009（2026-03-06T18:20:00.000Z）：核对协查对象/,
      ),
    },
  ]);
  await call({ to: { person: 'township-jia-1' }, number: '000 0000 0110' }); // their body's
  expect((await reads()).at(-1)).toMatchObject({ disclosedTo: 'person township-jia-1' });
});

test('what is sent again under one key is one reading', async () => {
  const before = (await reads()).length;
  for (let i = 0; i < 2; i += 1) await call(POLICE, { ...officer, 'idempotency-key': 'the-same-call' });
  expect(await reads()).toHaveLength(before + 1);
});

test.each([
  ['an unknown number', { ...POLICE, number: '139 0000 0123' }, 'CALLBACK_UNVERIFIED'],
  ["somebody else's number", { to: { person: 'jia-2' }, number: '13900000001' }, 'CALLBACK_UNVERIFIED'],
  ['another extension', { ...POLICE, number: '13900000009转8' }, 'CALLBACK_UNVERIFIED'],
  ['somebody of another office', { to: { person: 'yi-1' }, number: '13900000003' }, 'CALLBACK_UNVERIFIED'],
  ['a party that nobody is', { to: { party: 'nobody' }, number: '13900000009' }, 'CALLBACK_UNVERIFIED'],
  ['a call nobody took', { ...POLICE, answered: false }, 'CALLBACK_UNANSWERED'],
  ['a call to come', { ...POLICE, at: '2199-01-01T00:00:00+08:00' }, 'ToldInFuture'],
  ['no purpose', { ...POLICE, purpose: undefined }, 'INVALID_REQUEST'],
])('%s is refused, and nothing is logged', async (_what, body, code) => {
  const before = (await reads()).length;
  expect((await call(body)).body).toMatchObject({ status: 422, code });
  expect(await reads()).toHaveLength(before);
});

test('without "callback" any number may be logged, and no identity was said', async () => {
  const before = (await reads()).length;
  const answer = await call({ ...POLICE, number: '139 0000 0123', callback: undefined, purpose: undefined });
  expect(answer.body.code).toBe('TEMPORAL_UNAVAILABLE');
  expect(await reads()).toHaveLength(before);
});

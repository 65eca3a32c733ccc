import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Entry, NewEntry } from '../incident/entry.ts';
import { NO_ANCHOR, stageId } from '../incident/ids.ts';
import { plus } from '../incident/instant.ts';
import { append } from './append.ts';
import { auditRegister } from './audit.ts';
import { handoverById, listHandovers, acceptHandover, offerHandover } from './handovers.ts';
import { messageFacts } from './incidents.ts';
import type { Register } from './open.ts';
import { sampleIncident } from './sample-incident.ts';
import { openTestRegister } from './testing.ts';

let register: Register;
beforeAll(async () => {
  register = await openTestRegister();
});
afterAll(() => register.close());

/** How far the sample goes before anybody has answered: the police are told, and have the message. */
const TOLD = 8;

/** The sample incident up to {@link TOLD}, and then these entries, one minute between two. */
function answeredBy(
  answers: (at: { key: string; stageId: string; opening: number; line: string }) => object[],
) {
  const incident = sampleIncident();
  const before = incident.entries.slice(0, TOLD);
  const place = { key: incident.policeKey, stageId: stageId(2, 'policeCall'), opening: 1, line: 'duty' };
  const after = (answers(place) as NewEntry[]).map(
    (entry, index) =>
      ({ ...entry, seq: TOLD + 1 + index, at: plus(before.at(-1)!.at, (index + 1) * 60_000) }) as Entry,
  );
  return { incident, entries: [...before, ...after], after };
}

const registered = (place: object) => ({
  kind: 'receiptRegistered',
  data: {
    ...place,
    party: 'policeStation',
    channel: 'phone',
    toldAt: '2026-03-04T01:26:30.000Z',
    by: 'jia-1',
  },
  personal: { 'caller.number': '139 0000 0001' },
});
const byLink = (place: object, kind: string) => ({ kind, data: { ...place, person: 'police-1' } });

test('whichever receipt was first stays, in one batch and in several; the timeline bears out what is read', async () => {
  for (const isSplit of [false, true]) {
    const { incident, entries, after } = answeredBy((place) => [
      registered(place),
      byLink(place, 'acknowledged'),
      byLink(place, 'arrived'),
    ]);
    const batches = isSplit ? [entries.slice(0, TOLD + 1), entries.slice(TOLD + 1)] : [entries];
    for (const batch of batches)
      await append(register, { incidentId: incident.id, entries: batch }, NO_ANCHOR);
    expect(await messageFacts(register, incident.policeKey)).toMatchObject({
      acknowledgedAt: after[0]!.at,
      arrivedAt: after[2]!.at,
      declinedAt: null,
      revokedAt: null,
    });
    expect((await auditRegister(register)).problems).toEqual([]);
  }
});

test('无法处理 and a revoked link are read from the message, too', async () => {
  const { incident, entries, after } = answeredBy((place) => [
    { kind: 'declined', data: { ...place, person: 'police-1', movedOn: true } },
    { kind: 'linkRevoked', data: { ...place, by: 'jia-1', reopened: false } },
  ]);
  await append(register, { incidentId: incident.id, entries }, NO_ANCHOR);
  expect(await messageFacts(register, incident.policeKey)).toMatchObject({
    acknowledgedAt: null,
    declinedAt: after[0]!.at,
    revokedAt: after[1]!.at,
  });
  expect((await auditRegister(register)).problems).toEqual([]);
});

test('a handover is offered once and accepted once; its note is in clear only when it is read', async () => {
  const id = '00000000-0000-4000-8000-000000000001';
  const offer = { id, from: 'jia-1', to: 'jia-2', office: null, note: '夜班情况', duties: [] };
  const first = await offerHandover(register, offer);
  expect(await offerHandover(register, { ...offer, to: 'jia-3' })).toEqual(first);
  expect(await listHandovers(register, { status: 'offered', limit: 5 })).toEqual([first]);
  const accepted = await acceptHandover(register, id, '2026-03-07T00:00:00.000Z', []);
  expect(accepted).toMatchObject({ acceptedAt: '2026-03-07T00:00:00.000Z', note: '夜班情况' });
  expect(await acceptHandover(register, id, '2026-03-08T00:00:00.000Z', [])).toEqual(accepted);
  expect(await listHandovers(register, { status: 'offered', limit: 5 })).toEqual([]);
  expect(await handoverById(register, '00000000-0000-4000-8000-000000000002')).toBeNull();
});

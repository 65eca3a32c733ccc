import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Entry, NewEntry } from '../incident/entry.ts';
import { messageKey, type MessageKey, NO_ANCHOR, stageId } from '../incident/ids.ts';
import { plus } from '../incident/instant.ts';
import type { DeliveryStatus } from '../incident/notice.ts';
import { append } from './append.ts';
import { failingSince, verifiedContacts } from './contact-record.ts';
import { settleDelivery } from './deliveries.ts';
import type { Register } from './open.ts';
import { sampleIncident } from './sample-incident.ts';
import { openTestRegister } from './testing.ts';

/** What providers said later of messages they had taken, as incidents' timelines have it. */
let register: Register;
beforeAll(async () => {
  register = await openTestRegister();
});
afterAll(() => register.close());

const SINCE = '2020-01-01T00:00:00.000Z';
const sample = sampleIncident();
const keyOf = (nr: number): MessageKey =>
  messageKey({
    incidentId: sample.id,
    stageId: stageId(2, 'policeCall'),
    opening: 1,
    line: 'x',
    rung: 0,
    repeat: nr,
  });

const sent = (nr: number): NewEntry => ({
  kind: 'messageSent',
  data: {
    key: keyOf(nr),
    stageId: stageId(2, 'policeCall'),
    opening: 1,
    line: 'x',
    kind: 'duty',
    party: 'judicialOffice',
    partyName: '司法所',
    outside: false,
    urgency: '特急',
    duty: '报警',
    rung: 0,
    repeat: nr,
  },
});
const reported = (nr: number, status: DeliveryStatus): NewEntry => ({
  kind: 'deliveryReported',
  data: { key: keyOf(nr), status, code: null },
});
const accepted = (nr: number, person: string, channel: string) =>
  settleDelivery(
    register,
    { key: keyOf(nr), decidedAt: '2026-03-04T01:20:00.000Z', owner: 'test' },
    {
      result: 'accepted',
      person,
      channel,
      code: null,
      attempts: 1,
    },
  );

async function happens(...more: NewEntry[]): Promise<void> {
  const before = sample.entries.length;
  const entries = more.map((entry, i) => {
    const seq = before + i + 1;
    return { ...entry, seq, at: plus(sample.entries[0]!.at, seq * 60_000) } as Entry;
  });
  const { anchor } = await append(register, sample.batch(1), NO_ANCHOR);
  await append(register, { incidentId: sample.id, entries }, anchor);
}

test('a text that the provider took counts as it was reported later: failed, delivered, or not at all', async () => {
  const lost = [1, 2, 3];
  await happens(
    ...[...lost, 4, 5].map(sent),
    ...lost.map((nr) => reported(nr, 'failed')),
    reported(4, 'delivered'),
    reported(5, 'noAnswer'),
  );
  for (const nr of lost) await accepted(nr, 'jia-1', 'sms');
  await accepted(4, 'jia-2', 'sms');
  await accepted(5, 'yi-1', 'voice');
  await accepted(6, 'yi-2', 'sms'); // nobody has said what became of it
  await accepted(7, 'yi-2', 'email');
  expect(await failingSince(register, SINCE)).toEqual([{ person: 'jia-1', channel: 'sms' }]);
  expect(await verifiedContacts(register)).toEqual([
    { person: 'jia-2', channel: 'sms' },
    { person: 'police-1', channel: 'email' }, // of the sample: confirmed by link
    { person: 'yi-2', channel: 'email' },
  ]);

  await accepted(8, 'jia-1', 'sms'); // after three that were lost, one of which nothing bad was heard
  expect(await failingSince(register, SINCE)).toEqual([]);
});

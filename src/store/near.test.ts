import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EntryData } from '../incident/entry.ts';
import { NO_ANCHOR, type IncidentId } from '../incident/ids.ts';
import { append } from './append.ts';
import { incidentById } from './incidents.ts';
import { incidentsNear } from './near.ts';
import type { Register } from './open.ts';
import { sampleIncident } from './sample-incident.ts';
import { openTestRegister } from './testing.ts';

let register: Register;
beforeAll(async () => {
  register = await openTestRegister();
});
afterAll(() => register.close());

/** An incident that was reported and no more, received at `hour` of one day. */
async function reported(
  hour: number,
  change: Partial<EntryData['incidentReported']> = {},
): Promise<IncidentId> {
  const sample = sampleIncident();
  const [entry] = sample.batch(1, 1).entries;
  if (entry?.kind !== 'incidentReported') throw new Error('the sample begins with the report');
  const receivedAt = `2026-03-04T${String(hour).padStart(2, '0')}:00:00.000Z`;
  const entries = [{ ...entry, data: { ...entry.data, receivedAt, ...change } }];
  await append(register, { incidentId: sample.id, entries }, NO_ANCHOR);
  return sample.id;
}

test('near are the open ones of the same office within the hours, nearest first, without the family', async () => {
  const one = await reported(10);
  const later = await reported(14);
  const earlier = await reported(9);
  const atTheEdge = await reported(22);
  const child = await reported(10, { parent: one });
  const sibling = await reported(11, { parent: one });
  for (const change of [{ office: 'yi' }, { drill: true }, { receivedAt: '2026-03-04T22:00:00.001Z' }])
    await reported(10, change);
  const closed = sampleIncident();
  await append(register, closed.batch(1), NO_ANCHOR);

  const near = async (id: IncidentId, limit = 10) =>
    (await incidentsNear(register, (await incidentById(register, id))!, { hours: 12, limit })).map(
      ({ id }) => id,
    );
  expect(await near(one)).toEqual([earlier, later, atTheEdge]);
  expect(await near(one, 1)).toEqual([earlier]);
  expect(await near(child)).not.toContain(one);
  expect(await near(child)).not.toContain(sibling);
  expect(await near(child)).toContain(earlier);
});

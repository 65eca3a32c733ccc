import { expect, test } from '@jest/globals';
import type { Step } from './escalation.ts';
import type { IncidentId, StageId } from './ids.ts';
import { toldBefore } from './told-before.ts';

const step = (party: string, contact: number, repeats = 0): Step => ({ party, contact, waitMs: 1, repeats });
const ID = '00000000-0000-4000-8000-000000000001';
const place = (rung: number) => ({
  incidentId: ID as IncidentId,
  stageId: '1.search' as StageId,
  opening: 2,
  line: 'office',
  rung,
  repeat: 0,
});
const key = (rung: number, repeat: number) => `${ID}/1.search/2/office/${rung}/${repeat}`;

test('the deputy’s step knows the keys under which the first of the party was told, however often', () => {
  const steps = [step('office', 1, 1), step('office', 2), step('chief', 1, Infinity)];
  expect(toldBefore(steps, place(0))).toEqual([]);
  expect(toldBefore(steps, place(1))).toEqual([{ contact: 1, keys: [key(0, 0), key(0, 1)] }]);
  expect(toldBefore(steps, place(2))).toEqual([]); // another party
});

test('a step that goes back to a nearer contact goes back to that one', () => {
  const steps = [step('office', 2), step('office', 3), step('office', 1, Infinity)];
  expect(toldBefore(steps, place(2))).toEqual([]);
  expect(toldBefore(steps, place(1)).map(({ contact }) => contact)).toEqual([2]);
});

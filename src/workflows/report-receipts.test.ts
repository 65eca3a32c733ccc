import { expect, test } from '@jest/globals';
import { newStage } from '../incident/escalation.ts';
import { messageKey, type IncidentId } from '../incident/ids.ts';
import type { IncidentState } from '../incident/state.ts';
import { loadPlan } from '../plan/load.ts';
import { planPart } from '../plan/part-of.ts';
import type { Incident } from './incident-context.ts';
import { endReceived } from './report-receipts.ts';

const AT = '2026-03-07T18:13:00.000Z';
const plan = planPart(loadPlan('plans/wushen-2025.yaml'), 'violentAct');

function sent() {
  const stage = newStage(plan, 1, 'reportReceipt_1', 1, AT, { about: { name: '首报', says: '' } });
  const state = { incidentId: '6f2c1f2e-0000-4000-8000-000000000001', outbox: [], seq: 0, sending: {} };
  const incident = { plan, state: state as unknown as IncidentState, sends: new Map(), moving: null };
  const confirm = (party: string, rung: number) => {
    const line = stage.lines.find((each) => each.line === party)!;
    const place = { incidentId: state.incidentId as IncidentId, stageId: stage.id, opening: 1, line: party };
    const key = messageKey({ ...place, rung, repeat: 0 });
    line.confirmed.push(key);
    endReceived({ ...incident, world: { now: () => AT } } as unknown as Incident, stage, 'somebody');
    return { line, key };
  };
  return { stage, confirm };
}

test('a report has arrived when each recipient has confirmed, and not before', () => {
  const { stage, confirm } = sent();
  confirm('leadingGroupOffice', 0);
  expect(stage.ended).toBeNull();
  confirm('townshipCommandGroup', 1); // its second contact: the party all the same
  expect(stage.ended).toMatchObject({ outcome: 'received', by: 'somebody' });
});

test('somebody above who confirms in its place is no recipient, nor is a link that was revoked', () => {
  const { stage, confirm } = sent();
  const { line, key } = confirm('leadingGroupOffice', 0);
  confirm('townshipCommandGroup', 3); // our own duty leader
  expect(stage.ended).toBeNull();
  line.answers = { [key]: { revoked: AT } };
  confirm('townshipCommandGroup', 0);
  expect(stage.ended).toBeNull();
  line.answers[key]!.registered = true; // said by phone besides
  confirm('leadingGroupOffice', 0);
  expect(stage.ended).toMatchObject({ outcome: 'received' });
});

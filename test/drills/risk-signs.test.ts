import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { loadPlan } from '../../src/plan/load.ts';
import { readFileSync } from 'node:fs';
import { layGround, startDrill, type DrillGround } from '../harness/drill.ts';

/** 四（二）close monitoring: an entry each day until a person lifts it, for months. On the Wushen plan. */
let ground: DrillGround;
beforeAll(async () => {
  ground = await layGround();
}, 240_000);
afterEach(() => ground.clear());
afterAll(() => ground.leave());

const HOUR = 60;

test('a missed entry escalates, an entry stops that, and a threat named asks for the next one sooner', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  for (const stage of ['reportTownship', 'reportLeadingGroup']) await drill.record(stage, 'reported');
  await drill.record('initialResponse', 'controlled');
  await drill.record('learnFacts', 'learnt');
  await drill.record('counselling', 'counselled');
  await drill.record('conflictResolution', 'resolved');
  await drill.record('closeMonitoring', 'threatNamed');
  const asked = await drill.toldDuring(() => drill.pass(8 * HOUR + 15));
  expect(asked).toEqual([
    '1.closeMonitoring judicialOffice:overdue1 → judicialOffice 0.0',
    '1.closeMonitoring judicialOffice:overdue1 → judicialOffice 1.0',
  ]);
  await drill.record('closeMonitoring', 'checked');
  expect(await drill.toldDuring(() => drill.pass(23 * HOUR))).toEqual([]);
  await drill.record('closeMonitoring', 'lifted');
  expect(await drill.open()).toEqual(['proposeClosing']);
}, 240_000);

test('a year of it: an entry a day, run after run, a new edition of the plan in between, and nothing is lost', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  for (const stage of ['reportTownship', 'reportLeadingGroup']) await drill.record(stage, 'reported');
  await drill.record('initialResponse', 'controlled');
  await drill.record('learnFacts', 'learnt');
  await drill.record('counselling', 'counselled');
  await drill.record('conflictResolution', 'resolved');
  const { pin } = ground.plan;
  for (let day = 1; day <= 365; day++) {
    if (day === 180) ground.plan = newEdition(); // for new incidents; this one keeps its own
    await drill.pass(23 * HOUR);
    await drill.record('closeMonitoring', 'checked');
  }
  await drill.record('closeMonitoring', 'lifted');
  const { incident, timeline } = await drill.written();
  expect(incident.plan).toEqual(pin);
  expect(timeline.filter(({ kind }) => kind === 'stageContinued')).toHaveLength(365);
  expect(timeline.map(({ seq }) => seq)).toEqual(timeline.map((_, index) => index + 1));
  expect(timeline.filter(({ kind }) => kind === 'stageOverdue')).toEqual([]);
  expect((await runsOf(drill.handle.workflowId)).length).toBeGreaterThan(1);
  ground.plan = loadPlan('plans/wushen-2025.yaml');
}, 600_000);

const newEdition = () =>
  loadPlan({
    name: 'new edition',
    text: readFileSync('plans/wushen-2025.yaml', 'utf8').replace(
      'edition: 2025-01-17',
      'edition: 2026-01-01',
    ),
  });

/** The runs of a workflow, newest first: each names the one it continues. */
async function runsOf(workflowId: string): Promise<string[]> {
  const runs: string[] = [];
  for (let runId: string | undefined; ;) {
    const { events } = await ground.client.workflow.getHandle(workflowId, runId).fetchHistory();
    runs.push(runId ?? 'newest');
    runId = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
    if (!runId) return runs;
  }
}

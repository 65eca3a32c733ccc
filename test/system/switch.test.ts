import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { say } from '../../src/api/say.ts';
import { incidentWorkflowId, stageId, type IncidentId } from '../../src/incident/ids.ts';
import { planPart } from '../../src/plan/part-of.ts';
import { incidentDetail } from '../../src/store/incidents.ts';
import { TASK_QUEUE } from '../../src/temporal/task-queues.ts';
import * as messages from '../../src/workflows/messages.ts';
import { layGround, REPORT, startDrill, type DrillGround } from '../harness/drill.ts';
import { onLocalServer } from '../harness/local-server.ts';
import { until } from '../harness/until.ts';

/** The switch of branch at its worst moments, on a real server. */
let ground: DrillGround;
beforeAll(async () => {
  ground = await layGround({ planPath: 'test/plans/short.yaml', createEnvironment: await onLocalServer() });
}, 240_000);
afterAll(async () => {
  await ground.clear();
  await ground.leave();
}, 30_000);

test('a switch that comes with the report itself is entered after the branch it leaves', async () => {
  const { client, plan, register } = ground;
  const id = randomUUID() as IncidentId;
  const workflowId = incidentWorkflowId(id);
  const startWorkflowOperation = new WithStartWorkflowOperation('riskSigns', {
    workflowId,
    taskQueue: TASK_QUEUE,
    workflowIdConflictPolicy: 'FAIL',
    args: [{ plan: planPart(plan, 'riskSigns'), report: { ...REPORT, incidentId: id } }],
  });
  await client.workflow.executeUpdateWithStart(messages.switchBranch, {
    startWorkflowOperation,
    args: [{ plan: planPart(plan, 'violentAct'), by: 'jia-1', reason: '测试理由' }],
  });
  const detail = await until('both branches are written', async () => {
    const found = await incidentDetail(register, id);
    return found?.branches.length === 2 ? found : null;
  });
  expect(detail.branches.map(({ entry, branch }) => [entry, branch])).toEqual([
    [1, 'riskSigns'],
    [2, 'violentAct'],
  ]);
  const open = (await client.workflow.getHandle(workflowId).query(messages.position)).openStages;
  expect(open).toEqual([
    '0.initialResponse',
    '2.policeCall',
    '2.reportTownship',
    '2.reportLeadingGroup',
    '2.departure',
    '2.cooperation',
  ]);
  await client.workflow.getHandle(workflowId).terminate();
}, 240_000);

test('what was withdrawn before the switch stays withdrawn; what was not still goes out, and says so', async () => {
  const before = ground.smtp.messages.length;
  ground.smtp.answer('jia-1@example.invalid', 451);
  const refused = ground.smtp.nextAttempt((address) => address === 'jia-1@example.invalid');
  const drill = await startDrill(ground, 'riskSigns');
  await refused;
  // As the API says it: an update that comes as the run ends is dropped by the server, and said again.
  const acted = { outcome: 'counselled', by: 'jia-1', evidence: '测试', next: null };
  const stage = { stageId: stageId(1, 'counselling'), ...acted };
  await say(ground, drill.id, messages.resolveStage, stage);
  const switched = { plan: planPart(ground.plan, 'violentAct'), by: 'jia-1', reason: '测试理由' };
  await say(ground, drill.id, messages.switchBranch, switched);
  ground.smtp.answer('jia-1@example.invalid', null);
  const { branches } = await drill.written();
  const results = (stage: string) =>
    branches[0]!.stages.find((one) => one.stage === stage)!.told.map(({ result }) => result);
  expect(results('counselling')).toEqual(['withdrawn']);
  expect(results('learnFacts')).toEqual(['accepted']);
  const told = ground.smtp.messages.slice(before).map(({ subject }) => subject);
  expect(told.filter((subject) => subject.includes('教育疏导'))).toEqual([]);
  expect(told.find((subject) => subject.includes('了解情况'))).toContain('本项已终止');
}, 240_000);

test('the same switch said again by the same person is the same switch', async () => {
  const drill = await startDrill(ground, 'triage');
  expect(await drill.switchTo('violentAct')).toEqual({ branch: 'violentAct', entry: 2 });
  expect(await drill.switchTo('violentAct')).toEqual({ branch: 'violentAct', entry: 2 });
  expect((await drill.written()).branches).toHaveLength(2);
}, 240_000);

import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { layGround, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';
import { onLocalServer } from '../harness/local-server.ts';

/** An incident that outgrows one history goes on in the next run, on a real server that suggests so very early. */
const SUGGEST_AFTER = 60;

let ground: DrillGround;
beforeAll(async () => {
  const suggestion = `limit.historyCount.suggestContinueAsNew=${SUGGEST_AFTER}`;
  ground = await layGround({
    planPath: 'test/plans/short.yaml',
    createEnvironment: await onLocalServer(['--dynamic-config-value', suggestion]),
  });
}, 240_000);
afterAll(async () => {
  await ground.clear();
  await ground.leave();
});

/** The tellings of the township group's line, as `rung.repeat`. */
const climbed = async (drill: Drill): Promise<string[]> =>
  (await drill.told())
    .filter((told) => told.startsWith('1.reportTownship townshipCommandGroup '))
    .map((told) => told.split(' ').at(-1)!);

test('nobody answers through several runs: every step is told once, none is left out', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  let told = await climbed(drill);
  while (told.length < 10) {
    await pause(250);
    told = await climbed(drill);
  }
  expect(told.slice(0, 10)).toEqual(['0.0', '1.0', '2.0', '3.0', '4.0', '4.1', '4.2', '4.3', '4.4', '4.5']);
  const mails = ground.smtp.messages.map(({ messageId }) => messageId);
  expect(new Set(mails).size).toBe(mails.length);

  const { branches, timeline } = await drill.written();
  const runs = (await drill.handle.describe()).raw.workflowExecutionInfo;
  expect(runs!.firstRunId).not.toBe(runs!.execution!.runId);
  // One entry into the branch and one first response, however many runs it took.
  expect(branches).toHaveLength(1);
  const opened = timeline.filter(({ kind }) => kind === 'stageOpened').map(({ data }) => data.stageId);
  expect(opened).toHaveLength(7);
  expect(new Set(opened).size).toBe(7);
}, 240_000);

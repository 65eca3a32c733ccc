import { beforeAll, expect, test } from '@jest/globals';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker, type WorkflowBundle } from '@temporalio/worker';
import { pino } from 'pino';
import { tellStory } from '../../src/incident/story.ts';
import { createDataConverter } from '../../src/temporal/data-converter.ts';
import { installLogger } from '../../src/temporal/logger.ts';
import { decodeEvents } from '../../src/temporal/raw-events.ts';
import { bundleWorkflows } from '../../src/temporal/workflow-bundle.ts';
import * as workflows from '../../src/workflows/index.ts';
import { HISTORIES_KEYRING, keptHistories } from '../harness/kept-histories.ts';

const dataConverter = createDataConverter(HISTORIES_KEYRING);
const kept = keptHistories();
let workflowBundle: WorkflowBundle;
let traced: WorkflowBundle;
beforeAll(async () => {
  installLogger(pino({ enabled: false }));
  workflowBundle = await bundleWorkflows();
  traced = await bundleWorkflows({ tracing: true });
}, 240_000);

const replay = (history: unknown, code = workflowBundle.code): Promise<void> =>
  Worker.runReplayHistory({ workflowBundle: { code }, dataConverter }, historyFromJSON(history));

test.each(kept)(
  '$name goes on as it began',
  async ({ history }) => {
    await replay(history);
  },
  60_000,
);

test.each(kept)(
  '$name goes on with traces, though it began without',
  async ({ history }) => {
    expect(traced.code).not.toBe(workflowBundle.code);
    await replay(history, traced.code);
  },
  60_000,
);

test('every workflow has a kept history', () => {
  const has = new Set(kept.map(({ name }) => /-(\w+)\.json$/.exec(name)![1]));
  expect(Object.keys(workflows).filter((workflow) => !has.has(workflow))).toEqual([]);
});

test('a history that the code would not have made does not replay', async () => {
  const { history } = kept.find(({ name }) => name.includes('case6-1'))!;
  const other = structuredClone(history) as { events: { eventType: string }[] };
  other.events.splice(
    other.events.findIndex(({ eventType }) => eventType === 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED'),
    1,
  );
  await expect(replay(other)).rejects.toThrow();
}, 240_000);

test('code that opens two duties in another order does not replay, alike as their messages are', async () => {
  const { history } = kept.find(({ name }) => name.includes('case6-1'))!;
  const reordered = workflowBundle.code.replace(
    /optional\('reportTownship'\),(\s*)optional\('reportLeadingGroup'\),(\s*)stage\('learnFacts'\)/,
    "optional('reportLeadingGroup'),$1optional('reportTownship'),$2stage('learnFacts')",
  );
  expect(reordered).not.toBe(workflowBundle.code);
  await expect(replay(history, reordered)).rejects.toThrow(/[Nn]ondeterminism/);
}, 240_000);

test('the story of case 6 reads in order, in words', async () => {
  const { history } = kept.find(({ name }) => name.includes('case6-1'))!;
  const story = tellStory(await decodeEvents(historyFromJSON(history), dataConverter)).map(
    ({ text }) => text,
  );
  expect(story[0]).toBe('受理报告，启动：苗头迹象处置（四（二））');
  expect(story).toContain('告知职责：旗领导小组办公室，向旗领导小组办公室报告（四（二））');
  expect(story).toContain('jia-1 确认收到');
  expect(story).toContain('jia-1 称仍在处置');
  expect(story).toContain('jia-2 接管全部未结环节');
  expect(story.at(-1)).toBe('本轮结束，转为 violentAct 继续');
});

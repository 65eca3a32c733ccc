import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { readRuns } from '../../src/temporal/run-history.ts';
import { incidentWorkflowId } from '../../src/incident/ids.ts';
import * as messages from '../../src/workflows/messages.ts';
import { layGround, startDrill, type Drill, type DrillGround } from './drill.ts';
import { onLocalServer } from './local-server.ts';
import { HISTORIES, HISTORIES_KEYRING } from './kept-histories.ts';

/*
 * Makes new kept histories on a real server: `node --import tsx test/harness/keep-histories.ts VERSION`. Keep the old ones
 * beside them: incidents of an older version may still be open.
 */

/** A sign that becomes an act, through every kind of message, to an approved closing. */
async function case6(ground: DrillGround): Promise<Drill> {
  const drill = await startDrill(ground, 'riskSigns');
  await drill.confirm('counselling', 'judicialOffice', 'jia-1');
  await drill.record('learnFacts', 'learnt');
  await drill.say(messages.stillResponding, { by: 'jia-1' });
  await drill.say(messages.takeOver, { by: 'jia-2', stageId: null, reason: '测试' });
  await drill.switchTo('violentAct');
  for (const stage of ['reportTownship', 'reportLeadingGroup']) await drill.record(stage, 'reported');
  await drill.record('policeCall', 'called');
  await drill.record('scene', 'arrived');
  await drill.record('control', 'controlled');
  await drill.record('elementsReport', 'reported');
  for (const approve of [false, true]) {
    await drill.say(messages.proposeClosing, { by: 'jia-1', as: 'responseEnded', evidence: '测试' });
    await drill.say(messages.decideClosing, { by: 'leading-1', approve, reason: '测试', proposedAt: null });
  }
  await drill.ended();
  return drill;
}

/** Silence for some steps of the ladder, overdue and repeats among them, before a person chooses. */
async function silence(ground: DrillGround): Promise<Drill> {
  const drill = await startDrill(ground, 'riskSigns', { office: 'bing' });
  while (
    !(await drill.told()).some((told) =>
      told.includes('reportTownship townshipCommandGroup → bureauChief 4.2'),
    )
  );
  await drill.switchTo('violentAct');
  await drill.written();
  return drill;
}

async function triage(ground: DrillGround): Promise<Drill> {
  const drill = await startDrill(ground, 'triage', { drill: true });
  await drill.switchTo('riskSigns');
  await drill.written();
  return drill;
}

async function keep(ground: DrillGround, name: string, drill: Drill): Promise<void> {
  for (const [index, run] of (
    await readRuns(ground.client, incidentWorkflowId(drill.id), new Map())
  ).entries()) {
    // Identities of workers and clients, and the queues named for them, name a process and its machine.
    const text = historyToJSON(run.history).replaceAll(/\d+@[\w.-]+/g, '1@test');
    writeFileSync(join(HISTORIES, `${name}-${index + 1}-${run.workflowType}.json`), `${text}\n`);
  }
}

const version = process.argv[2];
if (!version) throw new Error('name the version the histories are of, e.g. 0.1.0');
mkdirSync(HISTORIES, { recursive: true });
const ground = await layGround({
  planPath: 'test/plans/short.yaml',
  keyring: HISTORIES_KEYRING,
  createEnvironment: await onLocalServer(),
});
for (const [name, play] of Object.entries({ case6, silence, triage })) {
  await keep(ground, `${version}-${name}`, await play(ground));
}
await ground.clear();
await ground.leave();

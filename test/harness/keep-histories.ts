import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { readRuns } from '../../src/temporal/run-history.ts';
import { incidentWorkflowId, type IncidentId } from '../../src/incident/ids.ts';
import { planPart } from '../../src/plan/part-of.ts';
import * as messages from '../../src/workflows/messages.ts';
import { layGround, REPORT, startDrill, type Drill, type DrillGround } from './drill.ts';
import { onLocalServer } from './local-server.ts';
import { HISTORIES, HISTORIES_KEYRING } from './kept-histories.ts';

/*
 * Makes new kept histories on a real server: `node --import tsx test/harness/keep-histories.ts VERSION`. Keep the old ones
 * beside them: incidents of an older version may still be open.
 */

/** A sign that becomes an act, through every kind of message, to an approved closing after the aftermath. */
async function case6(ground: DrillGround): Promise<Drill> {
  const drill = await startDrill(ground, 'riskSigns');
  await drill.confirm('counselling', 'judicialOffice', 'jia-1');
  await drill.record('learnFacts', 'learnt');
  await drill.record('closeMonitoring', 'checked');
  await drill.record('initialResponse', 'notControllable');
  await drill.say(messages.stillResponding, { by: 'jia-1' });
  await drill.say(messages.takeOver, { by: 'jia-2', stageId: null, reason: '测试' });
  await drill.switchTo('violentAct');
  for (const stage of ['reportTownship', 'reportLeadingGroup']) await drill.record(stage, 'reported');
  await drill.record('policeCall', 'called');
  await drill.record('departure', 'departed');
  await drill.record('scene', 'arrived');
  await drill.record('control', 'dead');
  await drill.say(messages.addFacts, { by: 'jia-1', facts: { place: '测试地点' } });
  await drill.record('elementsReport', 'reported');
  await drill.say(messages.proposeClosing, { by: 'jia-1', as: 'responseEnded', evidence: '测试' });
  await drill.say(messages.decideClosing, {
    by: 'leading-1',
    approve: false,
    reason: '测试',
    proposedAt: null,
    aftermath: null,
  });
  await drill.endResponse();
  await drill.say(messages.addCorrectiveAction, {
    by: 'leading-1',
    owner: 'judicialOffice',
    dueAt: '2099-01-01T00:00:00.000Z',
    action: '测试',
  });
  await drill.record('correctiveAction_1', 'corrected');
  await drill.record('investigationReport', 'submitted');
  await drill.endResponse();
  await drill.ended();
  return drill;
}

/** Lost, not found, found dead. */
async function search(ground: DrillGround): Promise<Drill> {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.record('search', 'stillSearching');
  await drill.record('search', 'searchFailed');
  await drill.record('policeNotice', 'delivered');
  await drill.record('jointSearch', 'foundDead');
  await drill.written();
  return drill;
}

/** A roster, a sub-case under it, and another report of the same event. */
async function flood(ground: DrillGround): Promise<Drill> {
  const drill = await startDrill(ground, 'disasterImpact', { subjects: 2 });
  const other = await startDrill(ground, 'disasterImpact');
  await drill.say(messages.addSubjects, {
    by: 'jia-1',
    subjects: [{ name: '测试人', file: null, phone: null }],
  });
  await drill.say(messages.changeSubjects, {
    by: 'jia-1',
    changes: [{ subject: 1, safety: 'missing', outcome: null, note: null }],
  });
  await drill.say(messages.absorb, {
    ...acted,
    from: other.id,
    branch: 'disasterImpact',
    receivedAt: '2026-03-06T18:20:00.000Z',
  });
  await other.say(messages.mergeInto, { ...acted, into: drill.id });
  await drill.say(messages.openSubCase, {
    ...acted,
    subjects: [1],
    plan: planPart(ground.plan, 'abscondingSearch'),
    report: { ...REPORT, incidentId: randomUUID() as IncidentId, parent: drill.id },
  });
  await drill.say(messages.recordReport, {
    by: 'jia-1',
    kind: 'followUpReport',
    elements: { place: null },
    text: '测试',
  });
  await drill.written();
  return drill;
}
const acted = { by: 'jia-1', reason: '测试' };

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

/** Silence needs a plan of seconds: this clock does not leap. */
const SCENES = {
  'plans/wushen-2025.yaml': { case6, search, flood, triage },
  'test/plans/short.yaml': { silence },
};
for (const [planPath, scenes] of Object.entries(SCENES)) {
  const createEnvironment = await onLocalServer();
  const ground = await layGround({ planPath, keyring: HISTORIES_KEYRING, createEnvironment });
  for (const [name, play] of Object.entries(scenes)) {
    await keep(ground, `${version}-${name}`, await play(ground));
  }
  await ground.clear();
  await ground.leave();
}

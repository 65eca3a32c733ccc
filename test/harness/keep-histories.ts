import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { readRuns } from '../../src/temporal/run-history.ts';
import { incidentWorkflowId, type IncidentId } from '../../src/incident/ids.ts';
import { planPart } from '../../src/plan/part-of.ts';
import * as messages from '../../src/workflows/messages.ts';
import { layGround, REPORT, startDrill, type Drill, type DrillGround, type GroundOptions } from './drill.ts';
import { onLocalServer } from './local-server.ts';
import { standing, withBadNumber } from './keep-standing.ts';
import { HISTORIES, HISTORIES_KEYRING } from './kept-histories.ts';

/*
 * Makes new kept histories on a real server: `node --import tsx test/harness/keep-histories.ts VERSION [SCENE…]`, all scenes unless some
 * are named. Keep the old ones beside them: incidents of an older version may still be open.
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

/** A branch that is data alone, in another county, which leads on to one of 四. */
async function fire(ground: DrillGround): Promise<Drill> {
  const drill = await startDrill(ground, 'fire', {
    office: 'east',
    numberSeries: { prefix: 'HS', year: 2026, drill: false },
  });
  await drill.record('evacuate', 'evacuated', 'east-1');
  await drill.record('callRescue', 'called', 'east-1');
  await drill.record('headcount', 'missing', 'east-1');
  await drill.written();
  return drill;
}

async function triage(ground: DrillGround): Promise<Drill> {
  const drill = await startDrill(ground, 'triage', { drill: true });
  await drill.switchTo('riskSigns');
  await drill.written();
  return drill;
}

/** A closed incident's own keeping of what it left. */
async function archive(ground: DrillGround): Promise<string> {
  const { id } = await case6(ground);
  await ground.client.workflow.getHandle(`archive-${id}`).result();
  return `archive-${id}`;
}

async function keep(ground: DrillGround, name: string, workflowId: string): Promise<void> {
  for (const [index, run] of (await readRuns(ground.client, workflowId, new Map())).entries()) {
    // Identities of workers and clients, and the queues named for them, name a process and its machine.
    const text = historyToJSON(run.history).replaceAll(/\d+@[\w.-]+/g, '1@test');
    writeFileSync(join(HISTORIES, `${name}-${index + 1}-${run.workflowType}.json`), `${text}\n`);
  }
}

const [version, ...named] = process.argv.slice(2);
if (!version) throw new Error('name the version the histories are of, e.g. 0.1.0');
mkdirSync(HISTORIES, { recursive: true });

type Scene = (ground: DrillGround) => Promise<Drill | string>;

/** Silence needs a plan of seconds: this clock does not leap. Those that are no incidents have a ground of their own. */
const GROUNDS: (GroundOptions & { scenes: Record<string, Scene> })[] = [
  { planPath: 'plans/wushen-2025.yaml', scenes: { case6, search, flood, triage, archive } },
  { planPath: 'test/plans/short.yaml', scenes: { silence } },
  {
    planPath: 'plans/second-county.yaml',
    organisationPath: 'plans/second-organisation.sample.yaml',
    scenes: { fire },
  },
  { planPath: 'plans/wushen-2025.yaml', organisation: withBadNumber(), scenes: standing },
];
for (const { scenes, ...stands } of GROUNDS) {
  const wanted = Object.entries(scenes).filter(([name]) => named.length === 0 || named.includes(name));
  if (wanted.length === 0) continue;
  const createEnvironment = await onLocalServer();
  const ground = await layGround({ ...stands, keyring: HISTORIES_KEYRING, createEnvironment });
  for (const [name, play] of wanted) {
    const played = await play(ground);
    const workflowId = typeof played === 'string' ? played : incidentWorkflowId(played.id);
    await keep(ground, `${version}-${name}`, workflowId);
  }
  await ground.clear();
  await ground.leave();
}

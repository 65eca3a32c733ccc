import { loadPlan } from '../src/plan/load.ts';
import { layGround, startDrill, type Drill } from '../test/harness/drill.ts';
import { onLocalServer } from '../test/harness/local-server.ts';

/*
 * How many history events an incident takes in each branch: `node --import tsx bench/branches.ts`. A real server, the Wushen plan,
 * nobody confirms; once when all that opens at once is told and written, and once more after one outcome.
 */

const PLAN = 'plans/wushen-2025.yaml';

/** The first outcome that a person would record. */
const FIRST: Record<string, [stage: string, outcome: string]> = {
  triage: ['initialResponse', 'controlled'],
  abscondingSearch: ['search', 'searchFailed'],
  riskSigns: ['closeMonitoring', 'checked'],
  violentAct: ['departure', 'departed'],
  disasterImpact: ['reportLeadingGroup', 'reported'],
  aftermath: ['investigationReport', 'submitted'],
};

interface Count {
  events: number;
  tasks: number;
  messages: number;
}

async function countOf({ handle }: Drill): Promise<Count> {
  const events = (await handle.fetchHistory()).events ?? [];
  const sends = events.filter(
    (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'send',
  );
  const tasks = events.filter((event) => event.workflowTaskCompletedEventAttributes);
  return { events: events.length, tasks: tasks.length, messages: sends.length };
}

const ground = await layGround({ planPath: PLAN, createEnvironment: await onLocalServer() });
const rows: string[] = [];
for (const branch of Object.keys(loadPlan(PLAN).branches)) {
  const drill = await startDrill(ground, branch);
  await drill.written();
  const opened = await countOf(drill);
  const [stage, outcome] = FIRST[branch]!;
  await drill.record(stage, outcome);
  await drill.written();
  const then = await countOf(drill);
  const more = [then.messages - opened.messages, then.events - opened.events, then.tasks - opened.tasks];
  const first = [`\`${branch}\``, opened.messages, opened.events, opened.tasks, `\`${stage}\` ${outcome}`];
  rows.push(`| ${[...first, ...more.map((count) => `+${count}`)].join(' | ')} |`);
}
await ground.clear();
await ground.leave();
console.log('| branch | messages | events | workflow tasks | then | messages | events | workflow tasks |');
console.log('|---|---|---|---|---|---|---|---|');
for (const row of rows) console.log(row);

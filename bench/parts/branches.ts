import { loadPlan } from '../../src/plan/load.ts';
import { layGround, startDrill, type Drill, type DrillGround } from '../../test/harness/drill.ts';
import { onLocalServer } from '../../test/harness/local-server.ts';
import { costOf, minus, type Cost } from '../costs.ts';
import { markdown } from '../markdown.ts';
import { onGround, type Bench } from '../on-ground.ts';

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

/** What follows the response, once its report is in. */
const AFTERMATH: [stage: string, outcome: string][] = [
  ['investigationReport', 'submitted'],
  ['finalReport', 'reported'],
  ['commendAndSanction', 'concluded'],
  ['correctiveReview', 'reviewed'],
];

/** What an incident of one branch takes until it is closed. */
export interface BranchCosts {
  branch: string;
  opened: Cost;
  /** By one outcome more. */
  first: Cost;
  /** From the first event to the last, over all its runs. */
  closed: Cost;
}

/**
 * What an incident takes in each branch of the Wushen plan, on a real server: when all that opens at once is told and written, by
 * one outcome more, and until two people have ended the response and the aftermath. Nobody confirms and no time passes, so that
 * nobody is told again.
 */
export const measureBranches = (bench: Bench): Promise<BranchCosts[]> =>
  onGround(
    bench,
    async (_folder, opened) => {
      const ground = await layGround({ planPath: PLAN, createEnvironment: await onLocalServer() });
      opened.push(() => ground.leave());
      opened.push(() => ground.clear());
      return ground;
    },
    async (ground) => {
      const all: BranchCosts[] = [];
      for (const branch of Object.keys(loadPlan(PLAN).branches)) {
        all.push(await measure(ground, branch));
        bench.report.progress(`${branch}: ${all.at(-1)!.closed.events} events until closed`);
      }
      await bench.report.finding(`### Each branch of the Wushen plan\n\n${tableOf(all)}`);
      return all;
    },
  );

async function measure(ground: DrillGround, branch: string): Promise<BranchCosts> {
  const drill = await startDrill(ground, branch);
  const cost = (): Promise<Cost> => costOf(ground.client, drill.handle.workflowId);
  await drill.written();
  const opened = await cost();
  const [stage, outcome] = FIRST[branch]!;
  await drill.record(stage, outcome);
  await drill.written();
  const first = minus(await cost(), opened);
  await close(drill);
  return { branch, opened, first, closed: await cost() };
}

/** Two people end the response; what follows it is done, and two people close the incident. */
async function close(drill: Drill): Promise<void> {
  const isInAftermath = (await drill.position()).branch === 'aftermath';
  if (!isInAftermath && (await drill.endResponse()).closed) return drill.ended();
  for (const [stage, outcome] of AFTERMATH)
    if ((await drill.open()).includes(stage)) await drill.record(stage, outcome);
  await drill.endResponse();
  return drill.ended();
}

const KINDS = ['messages', 'events', 'kB', 'workflow tasks', 'activities'];
const HEAD = [
  'branch',
  ...KINDS,
  'then',
  ...KINDS.map((kind) => `+ ${kind}`),
  ...KINDS.map((kind) => `${kind} until closed`),
];

const tableOf = (all: BranchCosts[]): string =>
  markdown(
    HEAD,
    all.map(({ branch, opened, first, closed }) => [
      `\`${branch}\``,
      ...cells(opened),
      `\`${FIRST[branch]![0]}\` ${FIRST[branch]![1]}`,
      ...cells(first).map((cell) => `+${cell}`),
      ...cells(closed),
    ]),
  );

const cells = ({ messages, events, bytes, tasks, activities }: Cost): string[] =>
  [messages, events, Math.round(bytes / 1000), tasks, activities].map(String);

import { parseArgs } from 'node:util';
import { DateTime } from 'luxon';
import { SHOWN_TIME_ZONE, toInstant, type Instant } from '../incident/instant.ts';
import { loadOrganisation, offices, type Organisation } from '../people/organisation.ts';
import { localTime } from '../people/watch.ts';
import { loadPlan, type Plan } from '../plan/load.ts';
import { compareSimulations } from '../simulation/compare.ts';
import { fold } from '../simulation/fold.ts';
import { simulate, type Simulation, type Trial } from '../simulation/simulate.ts';
import { comparedTable, simulationTable } from '../simulation/table.ts';
import { unlessRefusedLater } from './unless-refused.ts';

const OPTIONS = {
  plan: { type: 'string', default: 'plans/wushen-2025.yaml' },
  organisation: { type: 'string', default: 'plans/organisation.sample.yaml' },
  type: { type: 'string' },
  branch: { type: 'string' },
  office: { type: 'string' },
  at: { type: 'string' },
  hours: { type: 'string', default: '6' },
  against: { type: 'string' },
  /** The only answer there is so far. */
  silent: { type: 'boolean', default: true },
  drill: { type: 'boolean', default: false },
  every: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

const LONGEST_HOURS = 72;

/**
 * `fenghuo simulate`: who is told what, when and by which method if nobody answers; with `--against`, what another edition does
 * otherwise. Gives 0 when it was shown, 1 when a file has mistakes; throws when called wrongly.
 */
export async function simulateCommand(words: string[]): Promise<number> {
  const { values } = parseArgs({ args: words, options: OPTIONS });
  return unlessRefusedLater(async () => {
    const trial = trialOf(values);
    const simulation = await simulate(trial);
    if (values.against === undefined) return show(simulation, values);
    const other = await simulate({ ...trial, plan: known(loadPlan(values.against), values) });
    const rows = compareSimulations(simulation, other);
    if (values.json) return console.log(JSON.stringify({ before: simulation.plan, after: other.plan, rows }));
    const changed = rows.filter(({ change }) => change !== 'same').length;
    console.log(`${values.plan} → ${values.against}：${rows.length} 条中 ${changed} 条有变化\n`);
    for (const line of comparedTable(rows)) console.log(line);
  });
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

function trialOf(values: Values): Trial {
  const organisation = loadOrganisation(values.organisation);
  return {
    plan: known(loadPlan(values.plan), values),
    organisation,
    eventType: values.type ?? null,
    ...(values.branch === undefined ? {} : { branch: values.branch }),
    office: officeOf(organisation, values.office),
    at: values.at === undefined ? toInstant(Date.now()) : instantOf(values.at),
    minutes: hoursOf(values.hours) * 60,
    drill: values.drill,
  };
}

/** The plan, when it has the type and the branch that were named. */
function known(plan: Plan, { type, branch }: Pick<Values, 'type' | 'branch'>): Plan {
  mustBeOne('--type', type, Object.keys(plan.eventTypes));
  mustBeOne('--branch', branch, Object.keys(plan.branches));
  return plan;
}

function mustBeOne(option: string, value: string | undefined, among: string[]): void {
  if (value !== undefined && !among.includes(value))
    throw new Error(`${option} is not one of: ${among.join(', ')}`);
}

function officeOf(organisation: Organisation, office: string | undefined): string {
  const all = offices(organisation).map(({ id }) => id);
  mustBeOne('--office', office, all);
  return office ?? all[0]!;
}

/** A time in Asia/Shanghai where it names no zone. */
function instantOf(text: string): Instant {
  const time = DateTime.fromISO(text, { zone: SHOWN_TIME_ZONE });
  if (!time.isValid) throw new Error('--at is no time such as 2025-10-01T02:13');
  return toInstant(time.toMillis());
}

function hoursOf(text: string): number {
  const hours = Number(text);
  if (!(hours > 0 && hours <= LONGEST_HOURS)) throw new Error(`--hours is a number up to ${LONGEST_HOURS}`);
  return hours;
}

function show(simulation: Simulation, { json, every }: Values): void {
  if (json) return console.log(JSON.stringify(simulation));
  const { branchName, clause, plan, at, lines, marks, truncated } = simulation;
  const rows = every
    ? lines.map((line) => ({
        ...line,
        methods: line.by ? [line.by] : [],
        repeats: 0,
        everyMinutes: null,
      }))
    : fold(lines);
  console.log(
    `${branchName}（${clause}），预案 ${plan.key} ${plan.edition}，${localTime(at)} 报告，无人答复`,
  );
  for (const mark of marks) console.log(MARKS[mark] ?? mark);
  console.log('');
  for (const line of simulationTable(rows)) console.log(line);
  if (truncated) console.log('……行数过多，以下从略');
}

const MARKS: Record<string, string> = {
  noBranchOfItsOwn: '预案没有为这一类型规定专门程序：须由人选定，以下是选定之前',
  unknownEventType: '预案没有这一类型：须由人选定，以下是选定之前',
};

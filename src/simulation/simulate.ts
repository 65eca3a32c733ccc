import type { Entry, EntryData } from '../incident/entry.ts';
import type { IncidentId, MessageKey } from '../incident/ids.ts';
import { msBetween, plus, type Instant } from '../incident/instant.ts';
import type { Delivery, Notice } from '../incident/notice.ts';
import type { Report } from '../incident/state.ts';
import { METHODS, type MethodName } from '../people/methods.ts';
import { personById, triesFor, type Organisation } from '../people/organisation.ts';
import { keysBefore, methodAfter, recipientOf } from '../people/telling.ts';
import type { Plan } from '../plan/load.ts';
import type { PlanPart } from '../plan/part.ts';
import { planPart, startingBranch } from '../plan/part-of.ts';
import { takeUp, type Incident } from '../workflows/incident-context.ts';
import * as workflows from '../workflows/index.ts';
import { begin } from '../workflows/procedure.ts';
import { watch } from '../workflows/watch.ts';
import { linesOf, type SimulatedLine } from './lines.ts';
import { createTrialWorld } from './trial-world.ts';

/** What is tried out: a kind of event, at an office, at an instant. */
export interface Trial {
  plan: Plan;
  organisation: Organisation;
  /** A type of the plan; null when none was given. */
  eventType: string | null;
  /** A branch instead of the one the type starts in. */
  branch?: string;
  /** A judicial office of the organisation, by id. */
  office: string;
  /** When it is reported. */
  at: Instant;
  /** How long nobody answers, in minutes. */
  minutes: number;
  /** 【演练】: outside parties are not told. */
  drill?: boolean;
  /** Outside parties that agreed to be told of a drill. */
  consented?: string[];
  /** Methods that a channel serves; all of them unless told otherwise. */
  served?: readonly MethodName[];
}

export interface Simulation {
  plan: Plan['pin'];
  branch: string;
  branchName: string;
  clause: string;
  /** Why the event type leads to no branch, where it does not. */
  marks: string[];
  at: Instant;
  lines: SimulatedLine[];
  /** Left off because there were too many lines. */
  truncated: boolean;
}

/** More than anybody reads: repeats of a plan whose steps are minutes apart, for two days. */
const MAX_LINES = 10_000;

/**
 * Who is told what, when and by which method if nobody ever answers. The branch's own procedure runs, with the workflow's own
 * watch, on a clock that leaps: what a branch does differently tomorrow, it does differently here. Every message is taken in
 * the instant it is sent. Nothing is written and nobody is told. Throws `RangeError` when the plan does not have the branch.
 */
export async function simulate(trial: Trial): Promise<Simulation> {
  const { plan, at, minutes } = trial;
  const start = startingBranch(plan, trial.eventType);
  const branch = trial.branch ?? start.branch;
  const part = planPart(plan, branch);
  // Whoever imports a roster meanwhile changes nothing here.
  const organisation = { ...trial.organisation };
  const people = new Map<MessageKey, string>();
  const world = createTrialWorld(at, (notice, when) => {
    const tried = keysBefore(notice).flatMap((key) => people.get(key) ?? []);
    const delivery = settle({ ...trial, organisation, tried }, notice, when);
    if (delivery.person !== null) people.set(notice.key, delivery.person);
    return delivery;
  });
  const incident = takeUp({ plan: part, report: reportOf(trial) }, world);
  const running = [...begin(incident, procedureOf(part), NO_RUN), watch(incident)];
  const failed = Promise.race(running.map((work) => work.then(() => new Promise<never>(() => undefined))));
  const entries = (): Entry[] => incident.state.outbox;
  const isEnough = (): boolean => entries().length > MAX_LINES;
  await Promise.race([world.runUntil(plus(at, minutes * 60_000), isEnough), failed]);
  return {
    plan: plan.pin,
    branch,
    branchName: part.branch.name,
    clause: part.branch.clause,
    marks: trial.branch === undefined ? start.marks : [],
    at,
    lines: linesOf(entries(), {
      minutesAfter: (instant) => Math.round(msBetween(at, instant) / 60_000),
      nameOf: (person) => personById(organisation, person)?.name ?? person,
      planText: planTextIn(incident),
    }),
    truncated: isEnough(),
  };
}

const NO_RUN = 'simulation';

const procedureOf = ({ branch }: PlanPart) => workflows[branch.workflow].procedure;

const planTextIn =
  ({ plan }: Incident) =>
  (stage: EntryData['stageOpened']): string | null =>
    plan.branch.stages[stage.stage]?.planText ?? null;

/** As the activity that sends would: whom it finds, and the first of their methods that a channel serves. */
function settle(
  { organisation, served = METHODS, tried }: Pick<Trial, 'organisation' | 'served'> & { tried: string[] },
  notice: Notice,
  at: Instant,
): Delivery {
  const delivery = { person: null, channel: null, code: null, attempts: 1 };
  if (notice.drill && notice.outside && !notice.consented) return { ...delivery, result: 'withheld' };
  const person = recipientOf(organisation, notice, at, tried);
  const tries = person ? triesFor(organisation, person, notice, served) : [];
  const method = tries[notice.method ?? 0];
  if (!person || !method) return { ...delivery, result: 'noContact', person: person?.id ?? null };
  const next = methodAfter(tries, notice.method ?? 0, method.by);
  return {
    ...delivery,
    result: 'accepted',
    person: person.id,
    channel: method.by,
    ...(next ? { next } : {}),
  };
}

/** A report of which nothing is known but where and when. */
const reportOf = ({ eventType, office, at, drill = false, consented }: Trial): Report => ({
  incidentId: '00000000-0000-0000-0000-000000000000' as IncidentId,
  drill,
  eventType,
  office,
  occurredAt: null,
  discoveredAt: null,
  receivedAt: at,
  subjects: 1,
  parent: null,
  missing: [],
  marks: [],
  bodyHash: '',
  apiKeyId: '',
  numberSeries: { prefix: '', year: 0, drill },
  personal: {},
  ...(consented ? { drillOrder: { drill: '', pace: 1, outside: consented } } : {}),
});

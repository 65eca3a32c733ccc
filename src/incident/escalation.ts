import type { ChainStep, PlanOutcome, PlanPart, PlanStage } from '../plan/part.ts';
import { parseMessageKey, stageId, type MessagePlace } from './ids.ts';
import { earliest, msBetween, plus, type Instant } from './instant.ts';
import type { About, LineClock, LineState, NextTelling, StageEnd, StageState } from './state.ts';

/*
 * How a stage climbs, as rules over plain data: time is an argument, nothing is sent from here. A stage has one line for each
 * party it told (their receipt), and one for its owner once it is overdue or while it has no limit. Each line climbs a ladder.
 */

/** One step of a ladder: who is told, for how long they are waited for, and how often they are told again before the next. */
export interface Step {
  party: string;
  contact: number;
  waitMs: number;
  repeats: number;
}

/** Somebody to be told now. */
export interface Telling {
  line: LineState;
  step: Step;
  /** The person of the telling before, by a further method of theirs. */
  again?: { person: string; method: number };
}

const chainSteps = (chain: ChainStep[]): Step[] =>
  chain.map(({ party, contact, wait, repeatEvery }) => ({
    party,
    contact,
    waitMs: (repeatEvery ?? wait)!.ms,
    repeats: repeatEvery ? Infinity : 0,
  }));

const chainOf = (plan: PlanPart, name: string): Step[] => chainSteps(plan.chains[name] ?? []);

/** The ladder of a line: the party itself first, then the plan's chain, whose last step repeats for ever. */
export function ladder(plan: PlanPart, stage: PlanStage, line: Pick<LineState, 'clock' | 'party'>): Step[] {
  const first = { party: line.party, contact: 1 };
  switch (line.clock) {
    case 'overdue':
      return [{ ...first, waitMs: stage.overdueWait.ms, repeats: 0 }, ...chainOf(plan, stage.overdueChain)];
    case 'remind':
      return [{ ...first, waitMs: plan.remindEvery.ms, repeats: Infinity }];
    case 'receipt': {
      const tells = stage.tells.find(({ party }) => party === line.party);
      const above = tells ? chainOf(plan, tells.chain) : [];
      const { reminders, remindEvery } = plan.outside;
      if (plan.parties[line.party]?.outside || !tells?.receiptWithin) {
        return [{ ...first, waitMs: remindEvery.ms, repeats: reminders }, ...above];
      }
      return [{ ...first, waitMs: tells.receiptWithin.ms, repeats: 0 }, ...above];
    }
  }
}

/** `turn` counts how often the stage has gone on: each turn's overdue messages need keys of their own. */
const newLine = (clock: LineClock, party: string, nextAt: Instant, turn = 0): LineState => ({
  line: clock === 'receipt' ? party : `${party}:${clock}${turn || ''}`,
  clock,
  party,
  rung: 0,
  // The first telling is rung 0, repeat 0: until then a line stands one before that.
  repeat: -1,
  nextAt,
  acknowledged: null,
  confirmed: [],
});

/** A stage that stands several times in one branch counts its instances: `correctiveAction_2`. */
export const instanceOf = (stage: string, nr: number): string => `${stage}_${nr}`;
/** The plan's name for a stage, whichever of its instances it is. */
export const ruleName = (stage: string): string => stage.replace(/_\d+$/, '');

/** Whether the branch has a stage of that name: a county without a township group leaves its stages out. */
export const hasStage = (plan: PlanPart, stage: string): boolean =>
  Object.hasOwn(plan.branch.stages, ruleName(stage));

/** The rules of a stage. Throws when the branch has none of that name: a plan is checked for that when it is loaded. */
export function planStage(plan: PlanPart, stage: string): PlanStage {
  if (!hasStage(plan, stage)) throw new Error(`the plan has no stage "${stage}" in ${plan.branch.key}`);
  return plan.branch.stages[ruleName(stage)]!;
}

/** The rules of an open stage: the plan's, with the owner that an act gave it where one did. */
export function rulesOf(
  plan: PlanPart,
  { stage, owner, about }: Pick<StageState, 'stage' | 'owner' | 'about'>,
): PlanStage {
  const rules = about ? worded(planStage(plan, stage), about) : planStage(plan, stage);
  if (owner === null || owner === rules.owner) return rules;
  // Their own chain, as it stands in another duty of theirs: nobody climbs down.
  const own = Object.values(plan.branch.stages)
    .flatMap((stage) => stage.tells)
    .find(({ party }) => party === owner);
  const chain = own?.chain ?? rules.overdueChain;
  const tells = rules.tells.map((line) =>
    line.party === rules.owner ? { ...line, party: owner, chain } : line,
  );
  return { ...rules, owner, tells, overdueChain: chain };
}

/** The plan's words for an instance, with what it is about in them. */
const worded = (rules: PlanStage, { name, says }: About): PlanStage => ({
  ...rules,
  name: `${rules.name}（${name}）`,
  tells: says ? rules.tells.map((line) => ({ ...line, duty: `${says}，${line.duty}` })) : rules.tells,
});

/**
 * What an act says of a stage beyond the plan: opened by silence, with an owner and a date of its own, about one of several
 * things, or with somebody to whom its reminders go.
 */
export interface Opening {
  automatic?: boolean;
  owner?: string;
  dueAt?: Instant;
  about?: About;
  holder?: string;
}

/** A stage as it stands the moment it is opened: every party is due to be told now, or when the stage begins. */
export function newStage(
  plan: PlanPart,
  entry: number,
  name: string,
  opening: number,
  now: Instant,
  { automatic = false, owner, dueAt, about, holder }: Opening = {},
): StageState {
  const rules = rulesOf(plan, { stage: name, owner: owner ?? null });
  const begins = plus(now, rules.startsAfter?.ms ?? 0);
  const due = dueAt ?? (rules.within ? plus(begins, rules.within.ms) : null);
  const lines = rules.tells.map(({ party }) => newLine('receipt', party, begins));
  if (!due) lines.push(newLine('remind', rules.owner, plus(begins, plan.remindEvery.ms)));
  return {
    id: stageId(entry, name),
    stage: name,
    opening,
    openedAt: now,
    startsAt: rules.startsAfter ? begins : null,
    automatic,
    owner: owner ?? null,
    turns: 0,
    dueAt: due,
    overdueAt: null,
    ended: null,
    holder: holder ?? null,
    lines,
    ...(about ? { about } : {}),
  };
}

/**
 * An outcome that continues: the stage stays open, its limit begins anew, and what was asked because it was overdue is
 * answered. Whoever has recorded something has the message: the owner's receipt is waited for no longer.
 */
export function continueStage(plan: PlanPart, stage: StageState, outcome: PlanOutcome, now: Instant): void {
  const rules = rulesOf(plan, stage);
  const limit = outcome.within ?? rules.within;
  stage.turns += 1;
  stage.dueAt = limit ? plus(now, limit.ms) : null;
  stage.overdueAt = null;
  stage.lines = stage.lines.filter(({ clock }) => clock !== 'overdue');
  for (const line of stage.lines) {
    if (line.clock === 'receipt' && line.party === rules.owner) line.nextAt = null;
    if (line.clock === 'remind') line.nextAt = plus(now, plan.remindEvery.ms);
    if (line.party === rules.owner) line.further = null;
  }
}

/** Whether an overdue stage has been climbed to the top, the top told again, and nobody at all has answered. */
export function isUnanswered(plan: PlanPart, stage: StageState): boolean {
  const line = stage.lines.find(({ clock }) => clock === 'overdue');
  if (stage.ended || !line || line.acknowledged) return false;
  const top = ladder(plan, rulesOf(plan, stage), line).length - 1;
  return line.rung === top && line.repeat > 0;
}

/** Moves a line one telling on; the last step of a ladder repeats. */
function climb(line: LineState, steps: Step[], now: Instant): Telling {
  const current = steps[line.rung]!;
  if (line.repeat < current.repeats || line.rung === steps.length - 1) line.repeat += 1;
  else {
    line.rung += 1;
    line.repeat = 0;
  }
  const step = steps[line.rung]!;
  line.nextAt = plus(now, step.waitMs);
  line.further = null;
  line.method = 0;
  return { line, step };
}

/** The person last told once more, by the next of their methods. */
function tryFurther(line: LineState, steps: Step[]): Telling[] {
  const { person, method } = line.further!;
  line.further = null;
  line.method = method;
  return [{ line, step: steps[line.rung]!, again: { person, method } }];
}

const isDue = (at: Instant | null, now: Instant): boolean => at !== null && msBetween(at, now) >= 0;

/**
 * Carries a stage forward to `now`: opens the overdue line when the limit is over, and says who is to be told.
 * Changes `stage`. Each deadline comes due once; after an outage a line goes on by one step, not by all it has missed.
 */
export function advance(
  plan: PlanPart,
  stage: StageState,
  now: Instant,
): { becameOverdue: boolean; tellings: Telling[] } {
  if (stage.ended) return { becameOverdue: false, tellings: [] };
  const rules = rulesOf(plan, stage);
  const becameOverdue = stage.overdueAt === null && isDue(stage.dueAt, now);
  if (becameOverdue) {
    stage.overdueAt = now;
    stage.lines.push(newLine('overdue', rules.owner, now, stage.turns));
  }
  const tellings = stage.lines.flatMap((line) => {
    const steps = ladder(plan, rules, line);
    if (isDue(line.nextAt, now)) return [climb(line, steps, now)];
    return isDue(furtherAt(line), now) ? tryFurther(line, steps) : [];
  });
  return { becameOverdue, tellings };
}

/**
 * Nobody could be told at this step (no contact, or refused for good): the next in line is due at once.
 * At the top of the ladder the repeat is waited for, as ever. `rung` and `repeat` say which telling it was: an old one changes nothing.
 */
export function skip(plan: PlanPart, stage: StageState, line: LineState, told: Told, now: Instant): void {
  if (!isLastTold(line, told) || stage.ended) return;
  if (line.rung === ladder(plan, rulesOf(plan, stage), line).length - 1) return;
  line.rung += 1;
  line.repeat = -1;
  line.nextAt = now;
  line.further = null;
}

/** Which telling of a line a message was. */
type Told = Pick<MessagePlace, 'rung' | 'repeat' | 'method'>;

const isLastTold = (line: LineState, told: Told): boolean =>
  line.nextAt !== null &&
  line.rung === told.rung &&
  line.repeat === told.repeat &&
  (line.method ?? 0) === (told.method ?? 0);

/** Whether the person last told has answered; on the clocks of evidence a line goes on all the same. */
const isConfirmed = ({ confirmed, rung, repeat }: LineState): boolean =>
  confirmed.some((key) => {
    const place = parseMessageKey(key);
    return place?.rung === rung && place.repeat === repeat;
  });

/** A message was taken: without an answer within `afterMs` the same person is tried by their next method. */
export function tryNextMethod(
  line: LineState,
  told: Told,
  next: { person: string; method: number; afterMs: number },
  now: Instant,
): void {
  const { person, method, afterMs } = next;
  if (isLastTold(line, told) && !isConfirmed(line)) line.further = { person, method, at: plus(now, afterMs) };
}

/** The message has failed, or the call was not taken: the next method is due at once, and without one the next in line. */
export function missed(plan: PlanPart, stage: StageState, line: LineState, told: Told, now: Instant): void {
  if (!isLastTold(line, told) || isConfirmed(line)) return;
  if (line.further) line.further.at = now;
  else skip(plan, stage, line, told, now);
}

/** When the next method is due; the wait for the person as a whole is never longer than the plan's. */
const furtherAt = ({ nextAt, further }: LineState): Instant | null =>
  nextAt === null ? null : (further?.at ?? null);

/** A receipt stops the receipt clock of its line, and no other: acknowledged is not done. */
export function acknowledge(line: LineState, person: string, now: Instant): void {
  line.acknowledged ??= { person, at: now };
  line.further = null;
  if (line.clock === 'receipt') line.nextAt = null;
}

/** Ends a stage; all its clocks stop. */
export function endStage(stage: StageState, end: StageEnd): void {
  stage.ended = end;
  for (const line of stage.lines) line.nextAt = null;
}

/** When a stage next needs looking at; null when nothing is to come. */
export const nextDeadline = (stage: StageState): Instant | null =>
  stage.ended
    ? null
    : earliest([
        stage.overdueAt === null ? stage.dueAt : null,
        ...stage.lines.flatMap((line) => [line.nextAt, furtherAt(line)]),
      ]);

/** Who is told next on each line of an open stage if nobody acts. */
export function nextTellings(plan: PlanPart, stage: StageState): NextTelling[] {
  if (stage.ended) return [];
  const rules = rulesOf(plan, stage);
  const place = { stageId: stage.id, stageName: rules.name };
  const nameOf = (party: string): string => plan.parties[party]?.name ?? party;
  const limit: NextTelling[] =
    stage.dueAt !== null && stage.overdueAt === null
      ? [{ at: stage.dueAt, ...place, line: 'overdue', partyName: nameOf(rules.owner) }]
      : [];
  const lines = stage.lines.flatMap((line) => {
    if (line.nextAt === null) return [];
    const steps = ladder(plan, rules, line);
    const further = furtherAt(line);
    if (further !== null && further < line.nextAt)
      return [{ at: further, ...place, line: line.line, partyName: nameOf(steps[line.rung]!.party) }];
    const { step } = climb({ ...line }, steps, line.nextAt);
    return [{ at: line.nextAt, ...place, line: line.line, partyName: nameOf(step.party) }];
  });
  return [...limit, ...lines];
}

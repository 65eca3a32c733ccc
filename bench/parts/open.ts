import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { layAlone, layBoth, type OneSide } from '../both-sides.ts';
import { diskOf, type Disk } from '../disk.ts';
import { readHistory } from '../histories.ts';
import { onGround, type Bench } from '../on-ground.ts';
import { allThrough, firstDue, openMany, openTrial } from '../open-many.ts';
import { openTables } from '../open-tables.ts';
import { bareOpener, fenghuoOpener, type Opener } from '../openers.ts';
import { atRest, watchUsage, type AtRest, type Spent } from '../watch-usage.ts';
import { cacheLimit, cacheUse, type CacheUse } from '../workflow-cache.ts';

/** What many open incidents cost, by process. */
export interface OpenCosts {
  side: string;
  words: string;
  /** How many were meant to be open, and were. */
  asked: number;
  count: number;
  /** Reported over HTTP before, as many. */
  trial: Spent & { count: number };
  opening: Spent;
  noneOpen: AtRest;
  allOpen: AtRest;
  due: Spent;
  /** Ms by which each second mail came late. */
  late: number[];
  /** Ms that the task took which set each timer, and ms by which the timer then fired late: both are part of that. */
  setting: number[];
  fired: number[];
  /** From when the first was due to when the last was told, in ms. */
  throughMs: number;
  /** MiB. */
  peak: number;
  disk: { none: Disk; open: Disk; due: Disk } | null;
  cache: { limit: number; none: CacheUse; open: CacheUse; due: CacheUse } | null;
}

/** Many incidents that are open and at rest, then due within one minute. With `--bare` as many bare ladders beside them, afterwards. */
export const measureOpen = (bench: Bench): Promise<OpenCosts> => {
  const { options, report } = bench;
  const topology = options.topology ?? 'production';
  const work = async (laid: OneSide, opener: Opener): Promise<OpenCosts> => {
    const costs = await measure(bench, laid, opener);
    await report.finding([openTables(costs), laid.troubles()].join('\n\n'));
    return costs;
  };
  if (!options.bare)
    return onGround(bench, layAlone(bench, topology), (laid) => work(laid, fenghuoOpener(laid)));
  return onGround(bench, layBoth(bench, topology), async (laid) => {
    const costs = await work(laid, fenghuoOpener(laid));
    await work(laid, bareOpener(laid));
    return costs;
  });
};

/** What has just been started, or asked for, still has something to do. */
const SETTLE_S = 10;

async function measure({ options, report }: Bench, laid: OneSide, opener: Opener): Promise<OpenCosts> {
  const { standing } = laid;
  const { open: asked, rest, heap } = options;
  const say = report.progress;
  const watch = watchUsage(laid.processes);
  const settle = (): Promise<void> => pause(Math.min(rest, SETTLE_S) * 1_000);
  try {
    await settle();
    say(`${opener.side.name}: nothing asked for, ${rest} s`);
    const noneOpen = await atRest(watch, rest);
    const [diskNone, cacheNone] = await look(laid);
    const trialCount = Math.max(20, Math.min(300, Math.round(asked / 10)));
    say(`${opener.side.name}: ${trialCount} for trial`);
    const trial = await watch.during(() => openTrial(laid, opener, trialCount));
    const { perSecond } = trial.result;
    const dueFrom = firstDue(asked, perSecond, rest);
    say(`${perSecond.toFixed(1)} a second: ${asked} will be due from ${new Date(dueFrom).toISOString()} on`);
    const at = { count: asked, dueFrom, restS: rest };
    const opening = await watch.during(() => openMany(laid, opener, at, say));
    const started = opening.result;
    say(`${started.length} open and at rest, ${rest} s`);
    await settle();
    const allOpen = await atRest(watch, rest);
    const [diskOpen, cacheOpen] = await look(laid);
    await pause(Math.max(0, dueFrom - Date.now()));
    const due = await watch.during(() => allThrough(laid, started, say));
    const [diskDue, cacheDue] = await look(laid);
    say('reading when each was due');
    const told = await pLimit(10).map(started, ({ workflowId }) =>
      readHistory(laid.ground.client, workflowId),
    );
    return {
      side: opener.side.name,
      words: standing.words,
      asked,
      count: started.length,
      trial: { ...trial, count: trialCount },
      opening,
      noneOpen,
      allOpen,
      due,
      late: told.map(({ dueAt }, index) => due.result[index]! - dueAt),
      setting: told.map(({ dueAt, timerDueAt }) => timerDueAt - dueAt),
      fired: told.map(({ timerDueAt, firedAt }) => firedAt - timerDueAt),
      throughMs: Math.max(...due.result) - dueFrom,
      peak: watch.peak(),
      disk: diskNone && { none: diskNone, open: diskOpen!, due: diskDue! },
      cache: cacheNone && { limit: cacheLimit(heap), none: cacheNone, open: cacheOpen!, due: cacheDue! },
    };
  } finally {
    watch.stop();
  }
}

const look = ({ standing }: OneSide) =>
  Promise.all([diskOf(standing.postgresUrl), cacheUse(standing.metrics)]);

import { condition, log, proxyActivities, setHandler } from '@temporalio/workflow';
import type { DrillActivities } from '../activities/drill-run.ts';
import type { DrillTelling } from '../drills/words.ts';
import { msUntil, type DrillOfficeEnd, type DrillRun } from '../drills/run.ts';
import { DRILL_TASK_QUEUE } from '../temporal/task-queues.ts';
import { now } from './clock.ts';
import { finishDrill, startDrillNow, stopDrill, withdrawDrill } from './messages-drills.ts';

const activities = proxyActivities<DrillActivities>({
  taskQueue: DRILL_TASK_QUEUE, // its own queue: no alarm waits behind a drill
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '15m', // a drill that cannot begin by then is not held; a scene that late is none
  retry: { initialInterval: '500ms', maximumInterval: '15s' },
});

/** The end of a drill is tried for as long as it takes: nobody goes on being told of what is over. */
const { undoBeginAt, endDrillAt, drillOver, closeDrillIncidents } = proxyActivities<DrillActivities>({
  taskQueue: DRILL_TASK_QUEUE,
  startToCloseTimeout: '30s',
  retry: { initialInterval: '200ms', maximumInterval: '10s' },
});

/** How long the papers of a drill may take before its incidents are closed all the same. */
const PAPERS = '30d';

/** What a drill is told while it runs. */
interface Said {
  withdrawn: boolean;
  startNow: boolean;
  stops: Record<string, DrillOfficeEnd>;
  finishedBy: string | null;
}

/**
 * 七: carries out a drill order. Waits till its time, starts the incident of each office, plays its scenes in, and ends it: at
 * the order's end, at 真实情况, or as soon as what really happened needs its people. One office holds up no other.
 */
export async function drillRun(run: DrillRun): Promise<{ held: string[] }> {
  const said = listen(run);
  const wait = msUntil(now(), run.startsAt);
  const isStopped = (): boolean => run.offices.every((office) => said.stops[office]);
  if (wait > 0) await condition(() => said.withdrawn || said.startNow || isStopped(), wait);
  if (said.withdrawn) return { held: [] };
  let over = false;
  void lookForReal(run, said, () => over);
  const ends = await Promise.all(run.offices.map((office) => carryOut(run, said, office)));
  over = true;
  await drillOver({ drill: run.drill });
  const held = ends.flatMap(({ held }) => held ?? []);
  if (held.length > 0) await condition(() => said.finishedBy !== null, PAPERS);
  await Promise.all([
    ...ends.map(({ gone }) => gone),
    ...held.map((end) => close(run, end, said.finishedBy)),
  ]);
  return { held: held.map(({ office }) => office) };
}

/** How it ended at an office, and the scenes that may have reported an incident there; 0 is the beginning. */
interface OfficeEnd {
  office: string;
  scenes: number[];
  stop: DrillOfficeEnd;
}

/**
 * One office's drill. What was held there waits for its papers; what gave way has none to come: its incidents are closed from now
 * on, which may take long, since an open sub-case keeps them waiting.
 */
async function carryOut(
  run: DrillRun,
  said: Said,
  office: string,
): Promise<{ held?: OfficeEnd; gone?: Promise<void> }> {
  const end = await atOffice(run, said, office);
  if (end === null) return {};
  return end.stop.as === 'replaced' ? { gone: close(run, end, end.stop.by) } : { held: end };
}

const close = (
  { drill, director }: DrillRun,
  { office, scenes, stop: { as } }: OfficeEnd,
  by: string | null,
): Promise<void> => closeDrillIncidents({ drill, office, scenes, as, by: by ?? director });

function listen(run: DrillRun): Said {
  const said: Said = { withdrawn: false, startNow: false, stops: {}, finishedBy: null };
  setHandler(withdrawDrill, () => void (said.withdrawn = true));
  setHandler(startDrillNow, () => void (said.startNow = true));
  setHandler(finishDrill, ({ by }) => void (said.finishedBy ??= by));
  setHandler(stopDrill, ({ office, ...stop }) => {
    for (const each of office === null ? run.offices : [office]) said.stops[each] ??= stop;
  });
  return said;
}

/** One office's drill, from its beginning to its end. Null where it did not begin. */
async function atOffice(run: DrillRun, said: Said, office: string): Promise<OfficeEnd | null> {
  const { drill, director } = run;
  const tell = (what: DrillTelling, scene?: number): Promise<void> => tellAll(run, office, what, scene);
  const isStopped = (): boolean => said.stops[office] !== undefined;
  const scenes = [0];
  const end = (): Promise<void> =>
    endDrillAt({ drill, office, scenes, director, stop: stopOf(said, office) });
  if (isStopped()) {
    await end();
    await tell('notStarted');
    return null;
  }
  if (!(await begin(run, office))) {
    await undoBeginAt({ drill, office, director });
    await tell('notStarted');
    return null;
  }
  const start = now();
  const until = async (ms: number): Promise<void> => {
    const wait = msUntil(now(), start, ms);
    if (wait > 0) await condition(isStopped, wait);
  };
  const told = isStopped() ? null : tell('begins');
  let playing: Promise<boolean> | null = null;
  for (const { nr, afterMs } of run.scenes) {
    await until(afterMs);
    if (isStopped()) break;
    scenes.push(nr);
    const played = play(run, office, nr);
    playing = played;
    void played.then(() => (playing = null));
    await Promise.race([played.then((is) => (is ? tell('scene', nr) : undefined)), condition(isStopped)]);
  }
  await until(run.lastsMs);
  const late = playing;
  await end();
  const stop = stopOf(said, office);
  await Promise.all([told, tell(stop.as), late]);
  if (late) await end(); // what it reported while the drill ended is ended, too
  return { office, scenes, stop };
}

const stopOf = ({ stops }: Said, office: string): DrillOfficeEnd =>
  (stops[office] ??= { as: 'ended', by: null, realIncident: null });

/** A drill that cannot be begun is not held; the alarms of others go on. */
async function begin({ drill }: DrillRun, office: string): Promise<boolean> {
  try {
    return (await activities.beginDrillAt({ drill, office })).started;
  } catch (error) {
    log.error('a drill could not begin', { error: (error as Error).name });
    return false;
  }
}

/** Whether the scene was played in. */
async function play({ drill }: DrillRun, office: string, nr: number): Promise<boolean> {
  try {
    return (await activities.playScene({ drill, office, nr })).played;
  } catch (error) {
    log.error('a scene could not be played in', { error: (error as Error).name });
    return false;
  }
}

/** Tells whoever takes part, one by one: one that cannot be told holds up no other. */
async function tellAll({ drill }: DrillRun, office: string, what: DrillTelling, scene = 0): Promise<void> {
  try {
    const people = await activities.whoTakesPart({ drill, office, what });
    const one = (person: string) => activities.tellOfDrill({ drill, office, what, scene, person });
    await Promise.allSettled(people.map(one));
  } catch (error) {
    log.error('those who take part could not be told', { error: (error as Error).name });
  }
}

/** Looks for real incidents that nobody told the drill of: the API says so at once, unless it stopped in that very moment. */
async function lookForReal(run: DrillRun, said: Said, isOver: () => boolean): Promise<void> {
  while (!(await condition(isOver, run.lookMs))) {
    const needed = await activities.whereReal({ drill: run.drill }).catch(() => []);
    for (const { office, incident } of needed)
      said.stops[office] ??= { as: 'replaced', by: null, realIncident: incident };
  }
}

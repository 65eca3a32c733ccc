import { log } from '@temporalio/activity';
import type { Problem } from '../api/problem.ts';
import { say } from '../api/say.ts';
import { drillIncidentId } from '../drills/ids.ts';
import { gives, takingPart, type HeldAt } from '../drills/needed.ts';
import type { DrillOfficeEnd } from '../drills/run.ts';
import type { DrillTelling } from '../drills/words.ts';
import type { DrillEnd } from '../incident/entry.ts';
import type { IncidentId } from '../incident/ids.ts';
import { toInstant, type Instant } from '../incident/instant.ts';
import { bodyById } from '../people/bodies.ts';
import { ourPerson } from '../people/ours.ts';
import { openDrillSubCases, openRealIncidents, runningDrillOffices } from '../store/drill-offices.ts';
import { changeDrillOffice, drillById, moveDrill, type Drill } from '../store/drills.ts';
import { incidentById } from '../store/incidents.ts';
import type { Register } from '../store/open.ts';
import { peopleTold } from '../store/people-told.ts';
import { closeDrill, endDrill, type DrillEnding } from '../workflows/messages-drills.ts';
import type { Channels } from './compose.ts';
import { reportDrill, type IntakeDeps } from './drill-begin.ts';
import { isRefused, playInto } from './drill-scene.ts';
import { tellOne } from './drill-tell.ts';

export interface DrillDeps extends IntakeDeps {
  register: Register;
  channels: Channels;
  publicUrl: string;
}

export type DrillActivities = ReturnType<typeof createDrillRun>;

/** Why a drill was not begun at an office. */
export const OFFICE_IN_INCIDENT = 'OFFICE_IN_INCIDENT';

interface At {
  drill: string;
  office: string;
}

/** Carrying out a drill order. Only ids and numbers go to and fro: what is said stays in the register. */
export const createDrillRun = (deps: DrillDeps) => ({
  /** Starts the drill's incident of one office; not where something real is going on, nor when the order was undone. */
  async beginDrillAt({ drill, office }: At): Promise<{ started: boolean }> {
    const { register } = deps;
    const found = await known(register, drill);
    const row = found.offices.find((each) => each.office === office);
    if (!row || !['approved', 'running'].includes(found.status)) return { started: false };
    if (row.status !== 'waiting' && row.status !== 'running') return { started: false };
    const at = now();
    const held = { ...row, director: found.order.director };
    const [real] = (await openRealIncidents(register)).filter((each) => isNeeded(deps, held, each.office));
    if (real && row.status === 'waiting') {
      await changeDrillOffice(register, row, {
        status: 'notStarted',
        code: OFFICE_IN_INCIDENT,
        endedAt: at,
        realIncident: real.id,
      });
      return { started: false };
    }
    const incident = await reportDrill(deps, found, { office, nr: 0 });
    await moveDrill(register, drill, ['approved'], { status: 'running', startedAt: at });
    if (row.status === 'waiting')
      await changeDrillOffice(register, row, { status: 'running', startedAt: at, incidents: [incident] });
    return { started: true };
  },

  /** Plays one scene in, and reports an incident where it is a second report; not where the drill has ended. */
  async playScene({ drill, office, nr }: At & { nr: number }): Promise<{ played: boolean }> {
    const { register } = deps;
    const found = await known(register, drill);
    const row = found.offices.find((each) => each.office === office)!;
    const scene = found.order.injects[nr - 1]!;
    const first = row.incidents[0];
    const by = found.order.director;
    if (!first || row.status !== 'running') return { played: false };
    if (!(await playInto(deps, first, { drill, nr, scene, by }))) return { played: false };
    const isSecond = scene.kind === 'secondReport';
    const reported = isSecond ? [await reportDrill(deps, found, { office, nr, situation: scene.text })] : [];
    const injects = [...new Set([...row.injects, nr])];
    const incidents = [...new Set([...row.incidents, ...reported])];
    await changeDrillOffice(register, row, { injects, incidents });
    return { played: true };
  },

  /** Where a running drill stands in the way of what is really happening. */
  async whereReal({ drill }: Pick<At, 'drill'>): Promise<{ office: string; incident: IncidentId }[]> {
    const held = (await runningDrillOffices(deps.register)).filter((each) => each.drillId === drill);
    if (held.length === 0) return [];
    const real = await openRealIncidents(deps.register);
    return held.flatMap((row) => {
      const needs = real.find((each) => isNeeded(deps, row, each.office));
      return needs ? [{ office: row.office, incident: needs.id }] : [];
    });
  },

  /** What did not begin leaves nothing behind: an incident that a failed try had reported is ended and closed. */
  async undoBeginAt({ drill, office, director }: At & { director: string }): Promise<void> {
    const said = { drill, as: 'replaced' as const, by: director, reason: '演练未开始' };
    const incidents = [drillIncidentId(drill, office, 0)];
    await endAll(deps, incidents, said);
    await closeAll(deps, incidents, said);
    const row = (await known(deps.register, drill)).offices.find((each) => each.office === office);
    if (row?.status === 'waiting' || row?.status === 'running')
      await changeDrillOffice(deps.register, row, { status: 'notStarted', endedAt: now() });
  },

  /**
   * Ends a drill at one office: its incidents first, so that nobody is told anything more; the register after them. `scenes` are
   * those that may have reported one.
   */
  async endDrillAt({
    drill,
    office,
    scenes,
    director,
    stop,
  }: At & { scenes: number[]; director: string; stop: DrillOfficeEnd }): Promise<void> {
    // By what the workflow knows, and not by what is written: the register may be a moment behind, or away.
    await endAll(deps, idsOf({ drill, office }, scenes), {
      drill,
      as: stop.as,
      by: stop.by ?? director,
      reason: REASONS[stop.as],
    });
    const row = { drillId: drill, office };
    await changeDrillOffice(deps.register, row, {
      status: stop.as,
      endedAt: now(),
      endedBy: stop.by,
      realIncident: stop.realIncident as IncidentId | null,
    });
  },

  /** All its offices are through: replaced where nothing but that became of it, else ended. */
  async drillOver({ drill }: Pick<At, 'drill'>): Promise<void> {
    const { offices } = await known(deps.register, drill);
    const status = offices.some((each) => each.status === 'ended') ? 'ended' : 'replaced';
    await moveDrill(deps.register, drill, ['approved', 'running'], { status, endedAt: now() });
  },

  /** Summed up, waited for long enough, or given way: the incidents are closed. Tried again until the last sub-case is. */
  async closeDrillIncidents({
    drill,
    office,
    scenes,
    as,
    by,
  }: At & { scenes: number[]; as: DrillEnd; by: string }): Promise<void> {
    const reason = as === 'ended' ? '演练已总结' : REASONS.replaced;
    await closeAll(deps, idsOf({ drill, office }, scenes), { drill, as, by, reason });
  },

  /** Whom a word about the drill concerns: who takes part at the office, and its director; at its end whoever was told anything. */
  async whoTakesPart({ drill, office, what }: At & { what: DrillTelling }): Promise<string[]> {
    const { offices, order } = await known(deps.register, drill);
    const row = offices.find((each) => each.office === office);
    const listed = takingPart(deps.organisation, { office, participants: row?.participants ?? [] });
    // An order may be older than the organisation: whoever is an outside party's by now is told by consent alone, as `reached`.
    const ours = [...listed, order.director].filter((id) => ourPerson(deps.organisation, deps.plan, id));
    const isEnd = what === 'ended' || what === 'replaced';
    const reached = isEnd ? await peopleTold(deps.register, row?.incidents ?? []) : [];
    return [...new Set([...ours, ...reached])];
  },

  /** Tells one person; the same again when tried again. */
  async tellOfDrill(
    at: At & { what: DrillTelling; scene: number; person: string },
  ): Promise<{ code: string }> {
    const { drill, office, what, scene, person } = at;
    const { order, offices } = await known(deps.register, drill);
    const first = offices.find((each) => each.office === office)?.incidents[0];
    const incident = first ? await incidentById(deps.register, first) : null;
    return tellOne(deps, {
      id: ['drill', drill, office, what, scene, person].join('/'),
      person,
      what,
      scene: what === 'scene' ? (order.injects[scene - 1]?.text ?? null) : null,
      place: {
        title: order.title,
        office: bodyById(deps.organisation, office)?.name ?? office,
        scene,
        number: incident?.number ?? null,
        url: `${deps.publicUrl}/console/drills/${drill}`,
      },
    });
  },
});

const now = (): Instant => toInstant(Date.now());

async function known(register: Register, id: string): Promise<Drill> {
  const found = await drillById(register, id);
  if (!found) throw new Error('there is no such drill');
  return found;
}

const isNeeded = ({ organisation, plan }: DrillDeps, row: HeldAt, real: string): boolean =>
  gives(organisation, plan.parties, row, real);

const REASONS: Record<DrillEnd, string> = { ended: '演练时间已到', replaced: '演练中止·转入真实处置' };

const idsOf = ({ drill, office }: At, scenes: number[]): IncidentId[] =>
  scenes.map((nr) => drillIncidentId(drill, office, nr));

/** From above: what has ended opens no more sub-cases. */
async function endAll(deps: DrillDeps, ids: IncidentId[], said: DrillEnding): Promise<void> {
  await all(ids, (id) => say(deps, id, endDrill, said));
  for (const level of await openDrillSubCases(deps.register, ids))
    await all(level, (id) => say(deps, id, endDrill, said));
}

/** From below: an incident is closed after its sub-cases. */
async function closeAll(deps: DrillDeps, ids: IncidentId[], said: DrillEnding): Promise<void> {
  for (const level of (await openDrillSubCases(deps.register, ids)).reverse())
    await all(level, (id) => say(deps, id, closeDrill, said));
  await all(ids, (id) => say(deps, id, closeDrill, said));
}

/**
 * Says it to one after the other; an incident that is closed, merged or ended already, or never was, has nothing more to be told.
 * One whose sub-case has not told it of its end yet, or of which nobody can say now, is tried again later, after the others: none waits for it.
 */
async function all(ids: IncidentId[], tell: (id: IncidentId) => Promise<unknown>): Promise<void> {
  let waits: unknown = null;
  for (const id of ids) {
    try {
      await tell(id);
    } catch (error) {
      if (!isRefused(error) || (error as Problem).details.code === 'SubCasesOpen') waits = error;
      else log.info('a drill’s incident had ended before');
    }
  }
  if (waits) throw waits as Error;
}

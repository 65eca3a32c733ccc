import { advance, nextDeadline } from '../incident/escalation.ts';
import { earliest, msBetween, type Instant } from '../incident/instant.ts';
import { note, openStages, type Incident } from './incident-context.ts';
import { tell } from './tell.ts';

/** Tells whoever is due to be told, stage by stage. */
function tellDue(incident: Incident): void {
  for (const stage of openStages(incident.state)) {
    const { becameOverdue, tellings } = advance(incident.plan, stage, incident.world.now());
    if (becameOverdue)
      note(incident, { kind: 'stageOverdue', data: { stageId: stage.id, opening: stage.opening } });
    for (const telling of tellings) tell(incident, stage, telling);
  }
}

const nextOf = (incident: Incident): Instant | null => earliest(openStages(incident.state).map(nextDeadline));

/**
 * Keeps the incident's clocks for as long as this run has it: one timer, for whatever is due first. A deadline that moves
 * later lets the timer fire for nothing, which is cheaper than cancelling it each time; one that moves nearer re-arms it.
 */
export async function watch(incident: Incident): Promise<void> {
  const { now, until } = incident.world;
  while (!incident.moving) {
    tellDue(incident);
    const armed = nextOf(incident);
    const isNearer = (): boolean => {
      const next = nextOf(incident);
      return next !== null && (armed === null || next < armed);
    };
    if (armed === null) await until(isNearer);
    else if (msBetween(now(), armed) > 0) await until(isNearer, msBetween(now(), armed));
  }
}

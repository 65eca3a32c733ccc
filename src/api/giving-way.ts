import { gives } from '../drills/needed.ts';
import { drillWorkflowId } from '../drills/ids.ts';
import type { IncidentId } from '../incident/ids.ts';
import { runningDrillOffices } from '../store/drill-offices.ts';
import { stopDrill } from '../workflows/messages-drills.ts';
import type { ApiDeps } from './deps.ts';

type Deps = Pick<ApiDeps, 'register' | 'client' | 'organisation' | 'plan' | 'log'>;

/**
 * Ends the drills that stand in the way of what has really happened (演练中止·转入真实处置). Goes on beside the alarm, which never
 * waits for it nor fails with it; a drill that was not reached so looks for itself, too.
 */
export function giveWay(
  deps: Deps,
  report: { incidentId: IncidentId; office: string; drill: boolean },
): void {
  if (report.drill) return;
  void stopAll(deps, report).catch((error: Error) =>
    deps.log.error(
      { error: error.name },
      'a drill was not told to give way; it looks for itself within minutes',
    ),
  );
}

async function stopAll(
  { register, client, organisation, plan }: Deps,
  { incidentId, office }: { incidentId: IncidentId; office: string },
): Promise<void> {
  const held = await runningDrillOffices(register);
  await Promise.all(
    held
      .filter((one) => gives(organisation, plan.parties, one, office))
      .map((one) =>
        client.workflow.getHandle(drillWorkflowId(one.drillId)).signal(stopDrill, {
          office: one.office,
          as: 'replaced',
          by: null,
          realIncident: incidentId,
        }),
      ),
  );
}

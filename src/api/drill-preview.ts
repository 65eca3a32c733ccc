import { servedBy } from '../activities/compose.ts';
import { consentedAt } from '../activities/drill-begin.ts';
import { msOf } from '../drills/fields.ts';
import { bodyById } from '../people/bodies.ts';
import { simulate } from '../simulation/simulate.ts';
import type { Drill } from '../store/drills.ts';
import type { ApiDeps } from './deps.ts';

const MINUTE_MS = 60_000;
const MAX_LINES = 200;

/** What a drill would send at each of its offices if nobody ever answered: the same procedures, on a clock that leaps. */
export async function previewDrill(deps: ApiDeps, drill: Drill) {
  const { order } = drill;
  const minutes = Math.ceil(msOf(order.duration) / MINUTE_MS);
  const served = deps.channels ? { served: servedBy(deps.channels) } : {};
  return Promise.all(
    order.offices.map(async ({ office }) => {
      const { branchName, lines } = await simulate({
        plan: { ...deps.plan },
        organisation: deps.organisation,
        eventType: order.eventType,
        office,
        at: order.startsAt,
        minutes,
        drill: true,
        consented: consentedAt(drill, office),
        ...served,
      });
      return {
        office,
        name: bodyById(deps.organisation, office)?.name ?? office,
        branchName,
        lines: lines
          .filter(({ partyName }) => partyName !== null)
          .slice(0, MAX_LINES)
          .map(({ minutes: at, stageName, duty, partyName, personName, by, result }) => ({
            minutes: at,
            stageName,
            duty,
            partyName,
            personName,
            by,
            result,
          })),
      };
    }),
  );
}

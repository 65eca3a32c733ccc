import type { Client } from '@temporalio/client';
import { toReport } from '../api/intake.ts';
import { reportSchema } from '../api/schemas.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { drillIncidentId } from '../drills/ids.ts';
import type { DrillOrder } from '../drills/order.ts';
import { toInstant } from '../incident/instant.ts';
import type { IncidentId } from '../incident/ids.ts';
import { personById, type Organisation } from '../people/organisation.ts';
import type { Plan } from '../plan/load.ts';
import { planPart, startingBranch } from '../plan/part-of.ts';
import type { Drill } from '../store/drills.ts';
import { startIncident } from '../temporal/start-incident.ts';

export interface IntakeDeps {
  client: Client;
  plan: Plan;
  organisation: Organisation;
  keyring: Keyring;
}

const PATIENCE_MS = 10_000;

/** Reports an incident of a drill as an office would: the same intake, marked and with its order's clock. 0 is the first report. */
export async function reportDrill(
  deps: IntakeDeps,
  { id, order, consents }: Pick<Drill, 'id' | 'order' | 'consents'>,
  { office, nr, situation }: { office: string; nr: number; situation?: string },
): Promise<IncidentId> {
  const incidentId = drillIncidentId(id, office, nr);
  const receivedAt = toInstant(Date.now());
  const body = reportSchema.parse(bodyOf(order, office, situation));
  const { branch, marks } = startingBranch(deps.plan, order.eventType);
  const report = toReport(body, {
    id: incidentId,
    apiKeyId: `drill-${id}`,
    receivedAt,
    keyring: deps.keyring,
    marks,
    organisation: deps.organisation,
    person: personById(deps.organisation, order.director),
  });
  const outside = consentedAt({ order, consents }, office);
  const plan = planPart(deps.plan, branch);
  const drillOrder = { drill: id, pace: order.pace, outside };
  await startIncident(
    deps.client,
    plan.branch.workflow,
    { plan, report: { ...report, drillOrder } },
    Date.now() + PATIENCE_MS,
  );
  return incidentId;
}

/** Outside parties that the order names there and that agreed in writing. */
export const consentedAt = (
  { order, consents }: Pick<Drill, 'order' | 'consents'>,
  office: string,
): string[] =>
  order.outside
    .filter((each) => each.office === office)
    .filter(({ party }) => consents.some((one) => one.office === office && one.party === party))
    .map(({ party }) => party);

const bodyOf = ({ report, eventType }: DrillOrder, office: string, situation = report.situation) => ({
  office,
  situation,
  eventType,
  drill: true,
  place: report.place,
  source: report.source,
  measuresTaken: report.measuresTaken,
  subjects: report.subjects,
});

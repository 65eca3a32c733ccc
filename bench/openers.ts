import { randomUUID } from 'node:crypto';
import { toReport } from '../src/api/intake.ts';
import { parseKeyring } from '../src/crypto/keyring.ts';
import type { IncidentId } from '../src/incident/ids.ts';
import { toInstant } from '../src/incident/instant.ts';
import { loadOrganisation } from '../src/people/organisation.ts';
import { loadPlan } from '../src/plan/load.ts';
import type { PlanPart } from '../src/plan/part.ts';
import { planPart } from '../src/plan/part-of.ts';
import { startIncident } from '../src/temporal/start-incident.ts';
import type { BothSides, OneSide } from './both-sides.ts';
import { bareSide, BARE_TASK_QUEUE, mailsOf, REPORT, type Side, type Started } from './sides.ts';
import { MAIL_DOMAIN, ORGANISATION, PLAN, type Standing } from './standing.ts';

/** Opens one ladder whose second mail falls due at an instant in ms since the epoch, or shortly after. */
export interface Opener {
  side: Side;
  openAt(dueAt: number): Promise<Started>;
}

const START_WITHIN_MS = 60_000;

/** With the input that the API's intake makes, but for how long the one party may take: that is what sets the instant. */
export function fenghuoOpener({ standing, ground, fenghuo }: OneSide): Opener {
  const input = readyInput(standing);
  return {
    side: fenghuo,
    async openAt(dueAt) {
      const id = randomUUID() as IncidentId;
      const { plan, report } = input(id, dueAt - Date.now());
      await startIncident(
        ground.client,
        plan.branch.workflow,
        { plan, report },
        Date.now() + START_WITHIN_MS,
      );
      return mailsOf(id, MAIL_DOMAIN);
    },
  };
}

export const bareOpener = ({ ground: { client }, bare }: BothSides): Opener => ({
  side: bare,
  openAt: (dueAt) => {
    const waitMs = dueAt - Date.now();
    return bareSide(client, { taskQueue: BARE_TASK_QUEUE, waitMs, mailDomain: MAIL_DOMAIN }).start();
  },
});

function readyInput({ keys }: Standing) {
  const part = planPart(loadPlan(PLAN), 'triage');
  const keyring = parseKeyring(keys);
  const organisation = loadOrganisation(ORGANISATION);
  return (id: IncidentId, waitMs: number) => ({
    plan: waitingFor(part, waitMs),
    report: toReport(
      { ...REPORT, drill: false },
      { id, apiKeyId: 'bench', receivedAt: toInstant(Date.now()), keyring, organisation, marks: [] },
    ),
  });
}

/** The plan's part with another wait of its one party. */
function waitingFor(part: PlanPart, waitMs: number): PlanPart {
  const ms = Math.max(1, Math.round(waitMs));
  const copy = structuredClone(part);
  copy.branch.stages.chooseBranch!.tells[0]!.receiptWithin = { iso: `PT${(ms / 1000).toFixed(3)}S`, ms };
  return copy;
}

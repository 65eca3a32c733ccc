import type { Client } from '@temporalio/client';
import { createPlanShelf } from '../api/plans.ts';
import { Problem } from '../api/problem.ts';
import { say } from '../api/say.ts';
import type { Inject } from '../drills/scenario.ts';
import { incidentWorkflowId, type IncidentId } from '../incident/ids.ts';
import { planPart } from '../plan/part-of.ts';
import type { Plan } from '../plan/load.ts';
import { incidentById } from '../store/incidents.ts';
import type { Register } from '../store/open.ts';
import { position, resolveStage } from '../workflows/messages.ts';
import { giveInject } from '../workflows/messages-drills.ts';

interface SceneDeps {
  client: Client;
  register: Register;
  plan: Plan;
}

/**
 * Plays one scene into a drill's incident. With an outcome it ends that stage where it is open, in the director's name: the party
 * whose outcome it is takes no part. False when the incident takes it no more.
 */
export async function playInto(
  deps: SceneDeps,
  incident: IncidentId,
  { drill, nr, scene, by }: { drill: string; nr: number; scene: Inject; by: string },
): Promise<boolean> {
  try {
    await say(deps, incident, giveInject, {
      drill,
      inject: nr,
      kind: scene.kind,
      by,
      text: scene.text,
    });
    if (scene.kind === 'outcome') await recordOutcome(deps, incident, scene, by);
    return true;
  } catch (error) {
    if (isRefused(error)) return false;
    throw error;
  }
}

async function recordOutcome(
  deps: SceneDeps,
  incident: IncidentId,
  { stage, outcome, text }: Inject,
  by: string,
): Promise<void> {
  const { client, register, plan } = deps;
  const { openStages, branch } = await client.workflow
    .getHandle(incidentWorkflowId(incident))
    .query(position);
  const stageId = openStages.find((id) => id.endsWith(`.${stage}`));
  if (!stageId || !outcome) return;
  const row = await incidentById(register, incident);
  const edition = row ? await createPlanShelf({ register, plan })(row.plan) : plan;
  const leadsTo = planPart(edition, branch).branch.stages[stage!]?.outcomes[outcome]?.leadsTo;
  const next = leadsTo ? planPart(edition, leadsTo) : null;
  await say(deps, incident, resolveStage, { stageId, outcome, by, evidence: text, next });
}

/** The incident has answered, and will answer the same again. */
export const isRefused = (error: unknown): boolean => error instanceof Problem && error.details.status < 500;

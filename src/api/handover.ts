import { v4 as randomId, v5 as nameId } from 'uuid';
import type { IncidentId } from '../incident/ids.ts';
import { isOfParty, type Organisation } from '../people/organisation.ts';
import {
  openDuties,
  type HandedDuty,
  type HandedResult,
  type Handover,
  type OpenDuty,
} from '../store/handovers.ts';
import { takeOver } from '../workflows/messages.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';
import { say } from './say.ts';

/** The namespace of handover ids. Never changes: an offer that is sent again is known by its id. */
const HANDOVER_NAMESPACE = '2c4f0a57-7e0b-5b0e-8f0d-6f2d6c1d9a44';

/** The id a handover gets: the same for the same API key and Idempotency-Key. */
export const handoverIdOf = (apiKeyId: string, idempotencyKey: string | undefined): string =>
  idempotencyKey === undefined
    ? randomId()
    : nameId(JSON.stringify([apiKeyId, idempotencyKey]), HANDOVER_NAMESPACE);

/**
 * What an officer has to hand over: duties that they hold or, held by nobody, that are their body's; and for the next officer to
 * know, those of others that their body was told of.
 */
export const dutiesOf = (organisation: Organisation, officer: string, open: OpenDuty[]): HandedDuty[] =>
  open.flatMap(({ told, ...duty }) => {
    const { owner, holder, office } = duty;
    const own = holder === null ? isOfParty(organisation, officer, [owner], office) : holder === officer;
    const others = told.filter((party) => party !== owner);
    return own || isOfParty(organisation, officer, others, office) ? [{ ...duty, own }] : [];
  });

/** What may have become of a duty since it was offered; anything else stops the acceptance, which is then tried again. */
const ENDED: Record<string, string> = {
  StageEnded: 'StageEnded',
  UnknownStage: 'StageEnded',
  DrillEnded: 'StageEnded',
  IncidentClosed: 'IncidentClosed',
  UNKNOWN_INCIDENT: 'IncidentClosed', // neither Temporal nor the register has it any more
  WORKFLOW_MISSING: 'NotRunning',
  WORKFLOW_ENDED: 'NotRunning',
};

/**
 * 接管 of every duty of a handover by the next officer, each on record in its incident; repeating it is harmless. What has
 * ended meanwhile, or was taken over by a third person, is left and named. Throws 503 where an incident cannot be asked.
 */
export async function takeOverAll(
  deps: ApiDeps,
  acting: Acting,
  { id, from, to, office, duties }: Handover,
): Promise<HandedResult[]> {
  const holders = new Map((await openDuties(deps.register, office)).map((duty) => [ref(duty), duty.holder]));
  const reason = `值班交接 ${id}：${from} → ${to}`;
  const results: HandedResult[] = [];
  for (const duty of duties) {
    const holder = holders.get(ref(duty)) ?? null;
    const isOthers = holder !== null && holder !== from && holder !== to;
    const left = !duty.own ? 'ToldOnly' : isOthers ? 'TakenOverMeanwhile' : null;
    const skipped = left ?? (await takeOverOne(deps, acting, duty, to, reason));
    const { incidentId, stageId } = duty;
    results.push({ incidentId, stageId, takenOver: skipped === null, skipped });
  }
  return results;
}

const ref = ({ incidentId, stageId }: Pick<HandedDuty, 'incidentId' | 'stageId'>): string =>
  `${incidentId}/${stageId}`;

async function takeOverOne(
  deps: ApiDeps,
  acting: Acting,
  { incidentId, stageId }: { incidentId: IncidentId; stageId: HandedDuty['stageId'] },
  by: string,
  reason: string,
): Promise<string | null> {
  try {
    await acting.mustBeOpen(incidentId);
    await say(deps, incidentId, takeOver, { by, stageId, reason });
    return null;
  } catch (error) {
    const ended = error instanceof Problem ? ENDED[error.details.code] : undefined;
    if (ended === undefined) throw error;
    return ended;
  }
}

import { ApplicationFailure } from '@temporalio/activity';
import { failureCode, isPermanent } from '../channels/failure.ts';
import type { DrillPlace, DrillTelling } from '../drills/words.ts';
import { drillWords, sceneWords } from '../drills/words.ts';
import type { MessageKey } from '../incident/ids.ts';
import { personById, type Organisation } from '../people/organisation.ts';
import type { Channels } from './compose.ts';

interface TellDeps {
  organisation: Organisation;
  channels: Channels;
}

export interface DrillMessage {
  /** The same for every try of it. */
  id: string;
  person: string;
  what: DrillTelling;
  place: DrillPlace;
  /** What is read behind the sign-in alone. */
  scene: string | null;
}

/**
 * Tells one person of a drill, by mail and within Fenghuo. A code where it was refused for good; what may work later is thrown,
 * for Temporal to try again.
 */
export async function tellOne(
  { organisation, channels }: TellDeps,
  { id, person, what, place, scene }: DrillMessage,
): Promise<{ code: string }> {
  const to = personById(organisation, person);
  if (!to) return { code: 'NOBODY' };
  const { subject, text } = drillWords(what, place);
  const within = scene === null ? text : `${sceneWords(scene, place.scene)}\n\n${text}`;
  const priority = 'routine' as const; // what really happened goes first
  const key = id as MessageKey;
  const laid = await channels.inApp
    ?.send({ id: key, to: to.id, subject, text: within, priority })
    .then(() => true)
    .catch(() => false);
  if (!to.email || !channels.email) return { code: laid ? 'IN_APP' : 'NOBODY' };
  try {
    const { code } = await channels.email.send({ id: key, to: to.email, subject, text, priority });
    return { code: code ?? 'SENT' };
  } catch (error) {
    const code = failureCode(error);
    if (isPermanent(error)) return { code };
    throw ApplicationFailure.create({ message: `not accepted yet: ${code}`, type: 'SendFailed' });
  }
}

import type { Anchor, IncidentId } from '../incident/ids.ts';
import { toMs } from '../incident/instant.ts';
import type { Position } from '../incident/state.ts';

/**
 * How register and workflow of an incident differ:
 * - `WORKFLOW_MISSING` it is open in the register, and Temporal has no workflow of it: nothing falls due, nobody is told
 * - `WORKFLOW_ENDED` it is open in the register, and its workflow has ended
 * - `NOT_IN_REGISTER` its workflow runs, and the register has nothing of it
 * - `REGISTER_BEHIND` entries that the workflow was told are written are not in the register
 * - `REGISTER_AHEAD` the register has entries that the workflow does not know: it was put back further
 * - `OTHER_RECORD` both end at the same number with other entries
 */
export type IncidentDifference =
  | 'WORKFLOW_MISSING'
  | 'WORKFLOW_ENDED'
  | 'NOT_IN_REGISTER'
  | 'REGISTER_BEHIND'
  | 'REGISTER_AHEAD'
  | 'OTHER_RECORD';

/** As the register has an incident. */
export interface InRegister {
  id: IncidentId;
  number: string | null;
  isOpen: boolean;
  head: Anchor;
}

/** As Temporal has it; `unknown` where it could not be asked. */
export type InTemporal =
  | { state: 'missing' }
  | { state: 'ended' }
  | { state: 'unknown' }
  /** `isNew` where this run of it began just now. */
  | { state: 'running'; isNew: boolean; position: Pick<Position, 'anchor' | 'unwritten' | 'nextUnwritten'> };

/** What the register has at the place of the workflow's next entry; null for nothing. */
export type AtNext = { kind: string; at: string } | null;

/** How the two differ; null where they fit, or where that cannot be said. What is being written at this moment fits. */
export function differenceOf(
  register: InRegister | null,
  temporal: InTemporal,
  atNext: AtNext,
): IncidentDifference | null {
  if (temporal.state === 'unknown') return null;
  if (temporal.state !== 'running') {
    if (!register?.isOpen) return null;
    return temporal.state === 'missing' ? 'WORKFLOW_MISSING' : 'WORKFLOW_ENDED';
  }
  const { anchor, unwritten, nextUnwritten } = temporal.position;
  if (!register) return temporal.isNew && anchor.seq === 0 ? null : 'NOT_IN_REGISTER';
  if (anchor.seq > register.head.seq) return 'REGISTER_BEHIND';
  if (register.head.seq > anchor.seq + unwritten) return 'REGISTER_AHEAD';
  if (register.head.seq === anchor.seq) return register.head.hash === anchor.hash ? null : 'OTHER_RECORD';
  if (!nextUnwritten || !atNext) return null;
  const isSame = nextUnwritten.kind === atNext.kind && toMs(nextUnwritten.at) === toMs(atNext.at);
  return isSame ? null : 'REGISTER_AHEAD';
}

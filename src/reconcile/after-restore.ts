import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { lastRestore, noteReconciled } from '../store/reconciling.ts';
import { reconcile, type Difference, type ReconcileDeps } from './reconcile.ts';

const FIRST_PAUSE_MS = 3_000;
const LONGEST_PAUSE_MS = 60_000;
/** What keeps a comparison back is said at its first try, and at each so-many-th again. */
const SAID_EACH = 10;

type Deps = ReconcileDeps & { log: FastifyBaseLogger };

/**
 * Where the register was put back from a back-up and nobody has compared it with the workflows since, does so as soon as they answer; puts
 * what was found on record and, each as soon as it is found, in the log. Never rejects; stops at once when `signal` says so.
 */
export async function reconcileAfterRestore(deps: Deps, signal: AbortSignal): Promise<void> {
  const logOnce = onceEach(deps.log);
  let pauseMs = FIRST_PAUSE_MS;
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const waitsFor = await compareOnce(deps, logOnce, signal).catch((err: unknown) => ({ err }));
    if (waitsFor === null || signal.aborted) return;
    if (attempt % SAID_EACH === 0)
      deps.log.warn(waitsFor, 'put back from a back-up, and not wholly compared yet: tried again');
    await pause(pauseMs, null, { signal }).catch(() => null);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

/** Null when nothing is left to compare, else what it waits for. */
async function compareOnce(
  { log, ...deps }: Deps,
  onDifference: (difference: Difference) => void,
  signal: AbortSignal,
): Promise<{ unanswered: number } | null> {
  const restore = await lastRestore(deps.register);
  if (!restore || restore.reconciledAt !== null) return null;
  const { unanswered, differences, compared } = await reconcile(deps, { signal, onDifference });
  if (unanswered > 0) return { unanswered };
  const { takenAt } = restore;
  const found = counted(differences);
  const isOurs = await noteReconciled(deps.register, found, {
    by: 'system',
    via: 'start',
    area: 'operations',
    subject: 'register',
    from: null,
    to: { act: 'restored', takenAt, compared, found },
  });
  if (isOurs) log.warn({ takenAt, compared, found }, 'put back from a back-up, and compared');
  return null;
}

/** Logs a difference of an incident the first time that it is found. */
function onceEach(log: FastifyBaseLogger): (difference: Difference) => void {
  const said = new Set<string>();
  return ({ number, incidentId, code, text, next }) => {
    const which = `${incidentId ?? text} ${code}`;
    if (said.has(which)) return;
    said.add(which);
    log.error({ incident: incidentId, number, code, text, next }, 'register and workflows differ');
  };
}

/** How many of which sort. */
export function counted(differences: readonly Difference[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of differences) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

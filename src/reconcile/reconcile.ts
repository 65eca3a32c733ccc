import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import pLimit from 'p-limit';
import type { IncidentId } from '../incident/ids.ts';
import type { Register } from '../store/open.ts';
import {
  entryAt,
  forgottenEntries,
  handedOverAfter,
  missingKeys,
  registerSides,
} from '../store/reconciling.ts';
import { differenceOf, type IncidentDifference, type InRegister, type InTemporal } from './differences.ts';
import { runningIncidents, temporalSide } from './temporal-side.ts';
import { inWords, nextFor } from './words.ts';

export interface Difference {
  /** Null for what is no one incident's. */
  incidentId: IncidentId | null;
  number: string | null;
  code: IncidentDifference | 'TAKEN_UP_AGAIN' | 'KEY_MISSING';
  /** In English, without personal data. */
  text: string;
  /** What to do. */
  next: string;
}

export interface Reconciled {
  /** Incidents that are open in the register or run in Temporal. */
  compared: number;
  /** Those whose workflow nobody answered for: compare again once workers run. */
  unanswered: number;
  differences: Difference[];
}

/** What is looked at again before it counts: an incident is written while it is asked. */
const LOOKS = 3;
const LOOK_AGAIN_AFTER_MS = 1_500;
const AT_A_TIME = 20;

export interface ReconcileDeps {
  register: Register;
  client: Client;
}

export interface Comparing {
  /** Ends it early: it throws then. */
  signal?: AbortSignal;
  /** Hears of each difference as soon as it is found. */
  onDifference?: (difference: Difference) => void;
}

/** Compares the register with the workflows. Changes nothing. Throws gRPC's errors where Temporal is away, and the register's. */
export function reconcile(deps: ReconcileDeps, comparing: Comparing = {}): Promise<Reconciled> {
  const { signal } = comparing;
  const compare = (): Promise<Reconciled> => compareAll(deps, comparing);
  return signal ? deps.client.withAbortSignal(signal, compare) : compare();
}

async function compareAll(deps: ReconcileDeps, comparing: Comparing): Promise<Reconciled> {
  const [open, running, keys] = await Promise.all([
    registerSides(deps.register, 'open'),
    runningIncidents(deps.client),
    missingKeys(deps.register),
  ]);
  const ids = [...new Set([...open.map(({ id }) => id), ...running])];
  const limit = pLimit(AT_A_TIME);
  const lost = keys.map((key): Difference => ({
    incidentId: null,
    number: null,
    code: 'KEY_MISSING',
    text: `data is sealed with the key ${key}, which is not here`,
    next: nextFor('KEY_MISSING'),
  }));
  for (const one of lost) comparing.onDifference?.(one);
  const found = await Promise.all(ids.map((id) => limit(() => lookAndTell(deps, id, comparing))));
  return {
    compared: ids.length,
    unanswered: found.filter((one) => one === 'unknown').length,
    differences: [...found.filter((one) => one !== null && one !== 'unknown'), ...lost],
  };
}

type Looked = Difference | 'unknown' | null;

async function lookAndTell(
  deps: ReconcileDeps,
  id: IncidentId,
  { signal, onDifference }: Comparing,
): Promise<Looked> {
  signal?.throwIfAborted();
  const looked = await lookAt(deps, id, signal);
  if (looked !== null && looked !== 'unknown') onDifference?.(looked);
  return looked;
}

async function lookAt(deps: ReconcileDeps, id: IncidentId, signal?: AbortSignal): Promise<Looked> {
  for (let look = 1; ; look += 1) {
    // The workflow first: the register may go on meanwhile, and is then ahead by what the workflow waits to hear of.
    const temporal = await temporalSide(deps.client, id);
    if (temporal.state === 'unknown') return 'unknown';
    const [register = null] = await registerSides(deps.register, [id]);
    const next = temporal.state === 'running' ? temporal.position.nextUnwritten : null;
    const code = differenceOf(register, temporal, next ? await entryAt(deps.register, id, next.seq) : null);
    if (code === null) return register?.isOpen ? takenUpAgain(deps.register, register) : null;
    if (look < LOOKS) await pause(LOOK_AGAIN_AFTER_MS, null, { signal });
    else {
      const text = inWords(code, { register, temporal, again: await toldAgain(deps.register, id, temporal) });
      return { incidentId: id, number: register?.number ?? null, code, text, next: nextFor(code) };
    }
  }
}

/** What the workflow was put back behind, until the incident is closed: somebody has to see to what is forgotten. */
async function takenUpAgain(store: Register, { id, number }: InRegister): Promise<Difference | null> {
  const forgotten = await forgottenEntries(store, id);
  if (forgotten.length === 0) return null;
  const which = forgotten.map(({ from, to }) => `${from}–${to}`).join(', ');
  return {
    incidentId: id,
    number,
    code: 'TAKEN_UP_AGAIN',
    next: nextFor('TAKEN_UP_AGAIN'),
    text: `was put back behind its register and goes on after it: entries ${which} stand there and count no more`,
  };
}

/** Messages that went out and that the workflow will decide on once more; 0 where it does not run. */
const toldAgain = (register: Register, id: IncidentId, temporal: InTemporal): Promise<number> =>
  temporal.state === 'running'
    ? handedOverAfter(register, id, temporal.position.anchor.seq + temporal.position.unwritten)
    : Promise.resolve(0);

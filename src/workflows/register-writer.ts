import { condition, proxyActivities } from '@temporalio/workflow';
import type { RecordActivities } from '../activities/record.ts';
import type { Anchor } from '../incident/ids.ts';
import { nextBatch, SENDS_FIRST_MS } from '../incident/outbox.ts';
import { RECORD_TASK_QUEUE } from '../temporal/task-queues.ts';
import type { Incident } from './incident-context.ts';

const { record, archiveRun } = proxyActivities<RecordActivities>({
  taskQueue: RECORD_TASK_QUEUE, // its own queue: no message ever waits behind a record
  startToCloseTimeout: '1m',
  heartbeatTimeout: '5s', // a write that died with its worker is tried again soon
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s' }, // for ever: the record may be late, never lost
});

/** Writes the timeline to the register in the workflow's order, one batch at a time, beside the messages. */
export async function writeRegister(incident: Incident): Promise<void> {
  const { state } = incident;
  for (;;) {
    // A run that is about to end starts no write: the next one takes the entries with it.
    await condition(() => state.outbox.length > 0 && incident.moving === null);
    // Alarms first: what is being sent is written together with how it went, so that no message competes with its record.
    await condition(() => incident.sends.size === 0 || incident.moving !== null, SENDS_FIRST_MS);
    if (incident.moving) continue;
    const entries = nextBatch(state.outbox);
    const written = await record({ incidentId: state.incidentId, entries }, state.anchor);
    state.number = written.number;
    state.anchor = written.anchor;
    state.outbox = state.outbox.filter(({ seq }) => seq > written.anchor.seq);
    if (written.ahead) goOnAfter(state, written.anchor, written.ahead);
  }
}

/**
 * This workflow was put back behind the register (a restore, a reset): nothing there is written over. What it has to write comes after
 * the register's end, behind an entry that says which ones it does not know.
 */
export function goOnAfter(
  state: Pick<Incident['state'], 'outbox' | 'seq' | 'anchor'>,
  common: Anchor,
  ahead: Anchor,
): void {
  const [first] = state.outbox;
  if (!first) return;
  const shift = ahead.seq - common.seq + 1;
  const data = { from: common.seq + 1, to: ahead.seq };
  state.outbox = [
    { kind: 'takenUpAgain', seq: ahead.seq + 1, at: first.at, data },
    ...state.outbox.map((entry) => ({ ...entry, seq: entry.seq + shift })),
  ];
  state.seq += shift;
  state.anchor = ahead;
}

/** Keeps the histories of the runs before this one, which the server forgets after its retention. */
export async function archiveEarlierRuns({ state }: Incident): Promise<void> {
  for (const runId of state.toArchive) {
    await archiveRun({ incidentId: state.incidentId, runId });
    state.toArchive = state.toArchive.filter((id) => id !== runId);
  }
}

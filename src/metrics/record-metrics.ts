import { Histogram } from 'prom-client';
import type { RecordActivities } from '../activities/record.ts';
import { msBetween, toInstant } from '../incident/instant.ts';
import { firstReceipt } from '../store/first-receipt.ts';
import type { Register } from '../store/open.ts';
import type { Metrics } from './metrics.ts';

/** Entries that say that a person has a message. */
const RECEIPTS = new Set(['acknowledged', 'arrived', 'receiptRegistered']);

/** The activities that write the register, timed: how far it lags behind, and how soon an incident has its first receipt. */
export function timeRecord(
  { registry }: Metrics,
  register: Register,
  activities: RecordActivities,
): RecordActivities {
  const registers = [registry];
  const lag = new Histogram({
    name: 'fenghuo_register_lag_seconds',
    help: 'From what happened in an incident to its oldest entry of a batch in the register.',
    buckets: [1, 2, 4, 8, 15, 30, 60, 300, 1_800],
    registers,
  });
  const receipt = new Histogram({
    name: 'fenghuo_first_receipt_seconds',
    help: 'From the report to the first receipt of anybody.',
    labelNames: ['drill'],
    buckets: [15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200],
    registers,
  });
  for (const drill of ['true', 'false']) receipt.zero({ drill });

  return {
    ...activities,
    async record(batch, anchor) {
      const written = await activities.record(batch, anchor);
      const { entries, incidentId } = batch;
      if (entries[0]) lag.observe(Math.max(0, msBetween(entries[0].at, toInstant(Date.now()))) / 1_000);
      const receipts = entries.filter(({ kind }) => RECEIPTS.has(kind));
      if (receipts.length > 0) {
        // The record does not wait for its figure.
        void firstReceipt(register, incidentId).then(
          (first) => {
            if (first && receipts.some(({ seq }) => seq === first.seq))
              receipt.observe({ drill: String(first.drill) }, first.seconds);
          },
          () => undefined,
        );
      }
      return written;
    },
  };
}

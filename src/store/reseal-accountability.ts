import { and, asc, eq, gt, ne } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import { headOf } from './accountability.ts';
import { headMac, isOurHead } from './chain.ts';
import type { Step } from './reseal.ts';
import { readable } from './seal.ts';
import { accountabilityHead } from './tables-accountability.ts';

const BATCH = 200;
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** Marks the ends of these chains under the ring's current key. One that is not ours is not made ours. */
export const resealAccountability: Step = async (tx, { keyring }, done, after) => {
  const { currentId: keyId } = keyring;
  const rows = await tx
    .select()
    .from(accountabilityHead)
    .where(
      and(
        gt(accountabilityHead.incidentId, (after || NO_ID) as IncidentId),
        ne(accountabilityHead.keyId, keyId),
      ),
    )
    .orderBy(asc(accountabilityHead.incidentId))
    .limit(BATCH)
    .for('update');
  for (const head of rows) {
    const { incidentId } = head;
    if (!readable(() => isOurHead(keyring, headOf(incidentId), head))) done.unreadable += 1;
    else {
      const mac = headMac(keyring, keyId, headOf(incidentId), head);
      await tx
        .update(accountabilityHead)
        .set({ mac, keyId })
        .where(eq(accountabilityHead.incidentId, incidentId));
      done.heads += 1;
    }
  }
  return rows.length < BATCH ? null : rows.at(-1)!.incidentId;
};

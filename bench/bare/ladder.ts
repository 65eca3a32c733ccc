import { proxyActivities, sleep } from '@temporalio/workflow';
import type { LadderActivities } from './activities.ts';

export interface LadderInput {
  /** Names the two mails. */
  id: string;
  waitMs: number;
}

const { mail } = proxyActivities<LadderActivities>({ startToCloseTimeout: '20s' });

/** The least that two mails with a wait between them cost in Temporal. */
export async function ladder({ id, waitMs }: LadderInput): Promise<void> {
  await mail(`${id}/first`);
  await sleep(waitMs);
  await mail(`${id}/second`);
}

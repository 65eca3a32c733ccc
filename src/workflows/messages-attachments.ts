import { defineUpdate } from '@temporalio/workflow';
import type { EntryData } from '../incident/entry.ts';
import type { Instant } from '../incident/instant.ts';

/**
 * A file was attached as evidence: on record by its hash, and the end of no duty. The file lies in the register already. The same
 * attachment counts once; `again` says that it was recorded before.
 */
export const noteAttachment = defineUpdate<{ at: Instant; again: boolean }, [EntryData['attachmentAdded']]>(
  'noteAttachment',
);

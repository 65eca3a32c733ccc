import { defineUpdate } from '@temporalio/workflow';
import type { EntryData } from '../incident/entry.ts';
import type { Instant } from '../incident/instant.ts';

/**
 * A document of this incident was signed, or a scan attached to one: on record, and the end of no duty. The same act counts once;
 * `again` says that it was recorded before.
 */
export const noteDocument = defineUpdate<{ at: Instant; again: boolean }, [EntryData['documentNoted']]>(
  'noteDocument',
);

import { defineUpdate } from '@temporalio/workflow';
import type { EntryData } from '../incident/entry.ts';
import type { StageId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';

/*
 * The report chain: phone first, text after. Reports are named by their numbers in the chain, 0 the first, and by what they are
 * called (首报, 续报一 …), which the register's reader has counted.
 */

/** A report that somebody made by phone. `stageId` says which duty it was; null: every one that asks to report to that party. */
export interface PhonedReport {
  by: string;
  report: number;
  name: string;
  party: string;
  number: string;
  calledAt: Instant;
  answered: boolean;
  said: string | null;
  stageId: StageId | null;
}
/** `ended`: duties that this call was the evidence for; `written`: the duty to send it in writing, null where there is none. */
export const phoneReport = defineUpdate<
  { at: Instant; ended: StageId[]; written: StageId | null },
  [PhonedReport]
>('phoneReport');

/** A document of the chain on its way to all recipients in the county. `again`: it had been sent like that before. */
export type ReportSending = Omit<EntryData['reportSent'], 'sending' | 'stageId' | 'parties'>;
export const sendReport = defineUpdate<
  { at: Instant; stageId: StageId | null; again: boolean },
  [ReportSending]
>('sendReport');

/** A signed report that was taken above the county. */
export type HandedOnReport = EntryData['reportHandedOn'] & {
  receiver: string | null;
  note: string | null;
};
export const handOnReport = defineUpdate<{ at: Instant }, [HandedOnReport]>('handOnReport');

import { defineUpdate } from '@temporalio/workflow';
import type { ReceiptChannel } from '../incident/entry.ts';
import type { MessageKey, StageId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';

/*
 * What can be answered to a message besides 已收到, and who was called. Every `at` is when it was recorded; `again` says that
 * this was recorded before and nothing was recorded now.
 */

interface Recorded {
  at: Instant;
  again: boolean;
}

/** 已到场: on record with its time, a receipt as well. Only evidence ends the stage. */
export const arrive = defineUpdate<Recorded, [{ key: MessageKey; person: string; note: string | null }]>(
  'arrive',
);

/** 无法处理: the next in line is told at once. `movedOn` is false where there is nobody above. */
export const decline = defineUpdate<
  Recorded & { movedOn: boolean },
  [{ key: MessageKey; person: string; reason: string }]
>('decline');

/** A message by its key, or by whom it asked: then the first that the party was sent in this stage. */
export type MessageMeant =
  { key: MessageKey; stageId?: undefined } | { key?: undefined; stageId: StageId; party: string };

/** 代录: `toldAt` is when the caller said it. Name, number and note are personal. */
export interface RegisteredReceipt {
  by: string;
  message: MessageMeant;
  channel: ReceiptChannel;
  toldAt: Instant;
  caller: { name: string | null; number: string | null };
  note: string | null;
}
export const registerReceipt = defineUpdate<Recorded & { key: MessageKey }, [RegisteredReceipt]>(
  'registerReceipt',
);

/** `reopened`: nobody else had confirmed, so the line goes on. */
export const revokeLink = defineUpdate<
  Recorded & { reopened: boolean },
  [{ key: MessageKey; by: string; reason: string }]
>('revokeLink');

/** A call that somebody of ours made. Number and words are personal. */
export interface Call {
  by: string;
  to: { person: string; party?: undefined } | { person?: undefined; party: string };
  number: string;
  calledAt: Instant;
  answered: boolean;
  said: string | null;
}
export const logCall = defineUpdate<{ at: Instant }, [Call]>('logCall');

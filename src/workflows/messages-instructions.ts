import { defineUpdate } from '@temporalio/workflow';
import type { EntryData } from '../incident/entry.ts';
import type { StageId } from '../incident/ids.ts';

/** 批示: `words` and the name of a leader who is nobody of ours are personal. */
export type RecordedInstruction = Omit<EntryData['instructionRecorded'], 'instruction' | 'stageId'> & {
  words: string;
  fromName: string | null;
};
export const recordInstruction = defineUpdate<
  { instruction: number; stageId: StageId },
  [RecordedInstruction]
>('recordInstruction');

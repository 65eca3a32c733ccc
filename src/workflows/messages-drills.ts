import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { DrillEnd } from '../incident/entry.ts';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';

/** 情景注入: a scene of the script, by its number. What it says is fictional, and sealed like all that people write. */
export interface Inject {
  drill: string;
  inject: number;
  kind: string;
  by: string;
  text: string;
}
/** `again` where this scene was played in before. */
export const giveInject = defineUpdate<{ at: Instant; again: boolean }, [Inject]>('giveInject');

/** The drill is over: its duties end, and messages not sent yet are withdrawn. */
export interface DrillEnding {
  drill: string;
  as: DrillEnd;
  by: string;
  reason: string;
}
export const endDrill = defineUpdate<{ at: Instant }, [DrillEnding]>('endDrill');

/** All is summed up: the drill's incident is closed. The order was approved by two people, so nobody approves this again. */
export const closeDrill = defineUpdate<{ at: Instant }, [DrillEnding]>('closeDrill');

/** How a drill is stopped at one office, or (null) at all of them. */
export interface DrillStop {
  office: string | null;
  as: DrillEnd;
  /** A person; null: an alarm came in. */
  by: string | null;
  realIncident: IncidentId | null;
}

/* To the drill's own workflow. Signals: what became of it stands in the register. */
export const stopDrill = defineSignal<[DrillStop]>('stopDrill');
/** Undone before its start. */
export const withdrawDrill = defineSignal('withdrawDrill');
/** Begin now, and not at the order's time. */
export const startDrillNow = defineSignal('startDrillNow');
/** Summed up: its incidents are closed. */
export const finishDrill = defineSignal<[{ by: string }]>('finishDrill');

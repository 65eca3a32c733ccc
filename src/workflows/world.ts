import type { Instant } from '../incident/instant.ts';
import type { Delivery, Notice } from '../incident/notice.ts';

/**
 * What an incident's procedure stands on: a clock, and somebody who sends. In a workflow both are Temporal's; a simulation
 * brings its own, and runs the very same procedure.
 */
export interface World {
  now(): Instant;
  /** Resolves once it is so. */
  until(isSo: () => boolean): Promise<void>;
  /** Resolves once it is so, or when `ms` milliseconds are over; says whether it was. */
  until(isSo: () => boolean, ms: number): Promise<boolean>;
  /** Begins to send a notice. */
  send(notice: Notice): Sending;
}

/** A notice on its way. */
export interface Sending {
  /** How it ended; null when it was withdrawn before. Never rejects. */
  result: Promise<Delivery | null>;
  /** Withdraws it; one that is already being handed over still says how it ended. */
  cancel(): void;
}

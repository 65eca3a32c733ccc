import { toInstant, type Instant } from '../incident/instant.ts';

/** The workflow's clock: Temporal gives every replay the same time. All recorded instants come from here. */
export const now = (): Instant => toInstant(Date.now());

/** The same in milliseconds since 1970. */
export const millisecondsNow = (): number => Date.now();

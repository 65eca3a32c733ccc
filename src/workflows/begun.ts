import { msBetween, plus, type Instant } from '../incident/instant.ts';
import type { StageState } from '../incident/state.ts';

const MINUTE_MS = 60_000;

/** Whether a duty had begun at a time that somebody wrote down. Clerks write minutes: what was said in that minute was said after it. */
export const hadBegun = ({ openedAt, startsAt }: StageState, at: Instant): boolean =>
  msBetween(startsAt ?? openedAt, plus(at, MINUTE_MS)) > 0;

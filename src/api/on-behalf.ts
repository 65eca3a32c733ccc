import { readTime } from '../incident/facts.ts';
import { toMs, type Instant } from '../incident/instant.ts';
import { personById, type Organisation } from '../people/organisation.ts';
import type { ReportBody } from './schemas.ts';

/** How far ahead the clerk's clock may run before the call counts as in the future. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** 代报, read: what stands in the record, who is the reporter, and what deserves a look. None of it can refuse the alarm. */
export interface OnBehalf {
  data: { registeredBy: string | null; calledAt: Instant | null };
  reporter: { name: string | null; phone: string | null };
  /** A time that cannot be read, as it was given. */
  unreadable: string | null;
  /** Somebody the organisation does not have, as given: it may be a name, so it is personal. */
  strange: string | null;
  marks: string[];
}

/** Null for a report that nobody phoned in. */
export function readOnBehalf(
  { reportedBy, reporter }: ReportBody,
  { organisation, receivedAt }: { organisation: Organisation; receivedAt: Instant },
): OnBehalf | null {
  if (!reportedBy) return null;
  const { instant: calledAt, unreadable } = readTime(reportedBy.calledAt);
  const registeredBy = personById(organisation, reportedBy.registeredBy)?.id ?? null;
  const isFuture = calledAt !== null && toMs(calledAt) > toMs(receivedAt) + CLOCK_TOLERANCE_MS;
  return {
    data: { registeredBy, calledAt },
    reporter: {
      name: reportedBy.name || reporter?.name || null,
      phone: reportedBy.number || reporter?.phone || null,
    },
    unreadable,
    strange: registeredBy === null ? reportedBy.registeredBy : null,
    marks: [...(isFuture ? ['calledInFuture'] : []), ...(registeredBy === null ? ['unknownRegistrar'] : [])],
  };
}

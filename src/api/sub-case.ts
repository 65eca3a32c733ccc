import { knownFacts, missingFacts, subjectFact, timeMarks } from '../incident/facts.ts';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import type { Report } from '../incident/state.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Organisation } from '../people/organisation.ts';
import type { IncidentRow } from '../store/incidents.ts';
import { bodyHash, given, numberSeries } from './intake.ts';
import type { SubCaseBody } from './schemas-acts.ts';

const IDENTITY = ['name', 'file', 'phone', 'correctionType', 'decidingAuthority', 'minor', 'enrolled'];

/**
 * The report a sub-case begins with: office, drill and times are its parent's, the chosen subjects are copied from it with all
 * that is known of them, numbered anew from 1. `personal` are the parent's personal values by entry.
 */
export function subCaseReport(
  body: SubCaseBody,
  parent: IncidentRow,
  personal: Map<number, Record<string, string | null>>,
  at: { id: IncidentId; apiKeyId: string; receivedAt: Instant; keyring: Keyring; organisation: Organisation },
): Report {
  const known = knownFacts(personal);
  const told = (name: string): string | null => known.get(name)?.value ?? null;
  const numbers = [...new Set(body.subjects)];
  const times = {
    occurredAt: told('occurredAt') ?? parent.occurredAt,
    discoveredAt: told('discoveredAt') ?? parent.discoveredAt,
  };
  const facts = {
    ...times,
    eventType: body.eventType ?? null,
    place: body.place || null,
    subjects: numbers.map((nr) => ({ name: told(subjectFact(nr, 'name')) })),
    measuresTaken: null,
    source: null,
    reporter: null,
  };
  const subjects = numbers.flatMap((nr, index) =>
    IDENTITY.map((name) => [subjectFact(index + 1, name), told(subjectFact(nr, name))] as const),
  );
  return {
    incidentId: at.id,
    parent: parent.id,
    drill: parent.drill,
    eventType: facts.eventType,
    office: parent.office,
    ...times,
    receivedAt: at.receivedAt,
    subjects: numbers.length,
    missing: missingFacts(facts),
    marks: timeMarks(times, at.receivedAt),
    bodyHash: bodyHash(at.keyring, body),
    apiKeyId: at.apiKeyId,
    numberSeries: numberSeries(at.organisation, at.receivedAt, parent.drill),
    personal: given({
      situation: body.situation,
      place: facts.place,
      ...Object.fromEntries(subjects),
    }),
  };
}

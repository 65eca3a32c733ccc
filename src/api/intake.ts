import { createHmac } from 'node:crypto';
import { DateTime } from 'luxon';
import { v4 as randomId, v5 as nameId } from 'uuid';
import { canonicalJson } from '../canonical-json.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { missingFacts, readTime, timeMarks } from '../incident/facts.ts';
import type { IncidentId, MessageKey } from '../incident/ids.ts';
import { SHOWN_TIME_ZONE, type Instant } from '../incident/instant.ts';
import type { NumberSeries } from '../incident/notice.ts';
import type { Report } from '../incident/state.ts';
import type { Organisation, Person } from '../people/organisation.ts';
import { readOnBehalf } from './on-behalf.ts';
import type { ReportBody } from './schemas.ts';

/** The namespace of incident ids. Never changes: ids of earlier reports are made from it. */
const INCIDENT_NAMESPACE = '6f1d3c1e-52c9-5d0b-9a37-8c3f7f0d2b11';

/** The id a report gets: the same for the same API key and Idempotency-Key, for good. */
export const incidentIdOf = (apiKeyId: string, idempotencyKey: string | undefined): IncidentId =>
  (idempotencyKey === undefined
    ? randomId()
    : nameId(JSON.stringify([apiKeyId, idempotencyKey]), INCIDENT_NAMESPACE)) as IncidentId;

/** The id a sub-case gets: keys are counted apart for each parent, and apart from those of reports. */
export const subCaseIdOf = (
  parent: IncidentId,
  apiKeyId: string,
  idempotencyKey: string | undefined,
): IncidentId =>
  (idempotencyKey === undefined
    ? randomId()
    : nameId(JSON.stringify([parent, apiKeyId, idempotencyKey]), INCIDENT_NAMESPACE)) as IncidentId;

interface Act {
  kind: string;
  body: object;
}

/** The id of an act under an Idempotency-Key, of this kind and with this body alone; none without a key. */
export const actIdOf = (
  keyring: Keyring,
  apiKeyId: string,
  idempotencyKey: string | undefined,
  { kind, body }: Act,
): string | undefined =>
  idempotencyKey === undefined
    ? undefined
    : nameId(
        JSON.stringify(['act', apiKeyId, idempotencyKey, kind, bodyHash(keyring, body)]),
        INCIDENT_NAMESPACE,
      );

/** The id of an answer by link: of this kind to this message by this person, in these words. */
export const answerIdOf = (
  keyring: Keyring,
  { key, person }: { key: MessageKey; person: string },
  { kind, body }: Act,
): string =>
  nameId(JSON.stringify(['answer', key, person, kind, bodyHash(keyring, body)]), INCIDENT_NAMESPACE);

/** A fingerprint of what was sent, from which its words cannot be guessed: key id and hex HMAC. */
export function bodyHash(keyring: Keyring, body: object, keyId = keyring.currentId): string {
  const mac = createHmac('sha256', keyring.key('digest', keyId)).update(canonicalJson(body));
  return `${keyId}:${mac.digest('hex')}`;
}

/** Whether `body` is what `hash` was made of, under whichever key that was. */
export function isSameBody(keyring: Keyring, body: object, hash: string): boolean {
  const keyId = hash.split(':')[0]!;
  return keyring.ids.includes(keyId) && bodyHash(keyring, body, keyId) === hash;
}

/** A report as the workflow takes it: facts in clear words of the plan, identities and free text apart. */
export function toReport(
  body: ReportBody,
  at: {
    id: IncidentId;
    apiKeyId: string;
    receivedAt: Instant;
    keyring: Keyring;
    organisation: Organisation;
    marks: string[];
    /** Who is signed in: the reporter, unless the report names another. At night nobody types their own number. */
    person?: Person | null;
  },
): Report {
  const occurred = readTime(body.occurredAt);
  const discovered = readTime(body.discoveredAt);
  const onBehalf = readOnBehalf(body, at);
  const facts = {
    eventType: body.eventType || null,
    place: body.place || null,
    occurredAt: occurred.instant,
    discoveredAt: discovered.instant,
    subjects: body.subjects ?? [],
    measuresTaken: body.measuresTaken || null,
    source: body.source || null,
    reporter: onBehalf?.reporter ?? body.reporter ?? at.person ?? null,
  };
  const isUnknown = at.marks.includes('unknownEventType');
  const unreadable = {
    occurredAt: occurred.unreadable,
    discoveredAt: discovered.unreadable,
    calledAt: onBehalf?.unreadable ?? null,
  };
  return {
    incidentId: at.id,
    drill: body.drill,
    // What is no type of the plan is free text, and may say anything.
    eventType: isUnknown ? null : facts.eventType,
    office: body.office,
    occurredAt: facts.occurredAt,
    discoveredAt: facts.discoveredAt,
    receivedAt: at.receivedAt,
    subjects: facts.subjects.length,
    parent: null,
    missing: missingFacts(facts),
    marks: [
      ...at.marks,
      ...timeMarks(facts, at.receivedAt),
      ...(onBehalf?.marks ?? []),
      ...Object.entries(unreadable).flatMap(([name, text]) => (text ? [`${name}Unreadable`] : [])),
    ],
    bodyHash: bodyHash(at.keyring, body),
    apiKeyId: at.apiKeyId,
    numberSeries: numberSeries(at.organisation, at.receivedAt, body.drill),
    ...(onBehalf ? { onBehalf: onBehalf.data } : {}),
    personal: given({
      situation: body.situation,
      place: facts.place,
      measuresTaken: facts.measuresTaken,
      source: facts.source,
      'reporter.name': facts.reporter?.name,
      'reporter.phone': facts.reporter?.phone,
      eventTypeAsGiven: isUnknown ? facts.eventType : null,
      occurredAtAsGiven: unreadable.occurredAt,
      discoveredAtAsGiven: unreadable.discoveredAt,
      calledAtAsGiven: unreadable.calledAt,
      registeredByAsGiven: onBehalf?.strange ?? null,
      ...Object.fromEntries(
        facts.subjects.flatMap((subject, index) =>
          Object.entries(subject).map(([name, value]) => [`subject.${index + 1}.${name}`, value]),
        ),
      ),
    }),
  };
}

/** The series an incident is counted in. The year is China's. */
export const numberSeries = (
  { numberPrefix }: Organisation,
  receivedAt: Instant,
  drill: boolean,
): NumberSeries => ({
  prefix: numberPrefix,
  year: DateTime.fromISO(receivedAt, { zone: SHOWN_TIME_ZONE }).year,
  drill,
});

/** Those that were given. */
export const given = (values: Record<string, string | null | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => !!entry[1]));

import { randomUUID } from 'node:crypto';
import { and, asc, eq, gte, min } from 'drizzle-orm';
import type { PlanPin } from '../incident/entry.ts';
import type { Instant } from '../incident/instant.ts';
import type { Studied } from '../registers/study.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { publicationsOf } from './plan-proposals.ts';
import { planEdition } from './tables.ts';
import { study, studySession } from './tables-registers.ts';

/** A study to be put on record; the same person's of the same edition and day is one. */
export interface NewStudy {
  pin: PlanPin;
  /** A date in Asia/Shanghai. */
  studiedOn: string;
  recordedBy: string;
}

const rowOf = ({ pin, ...rest }: NewStudy, person: string, session: string | null) => ({
  id: randomUUID(),
  person,
  session,
  key: pin.key,
  edition: pin.edition,
  hash: pin.hash,
  ...rest,
});

/** Notes that a person studied by themselves. */
export const recordStudy = ({ db }: Register, person: string, given: NewStudy): Promise<void> =>
  guarded(async () => {
    await db
      .insert(study)
      .values(rowOf(given, person, null))
      .onConflictDoNothing();
  });

/** Notes an organised study of a body with everybody who was there. Gives its id. */
export const recordSession = (
  { db }: Register,
  body: string,
  people: string[],
  given: NewStudy,
): Promise<string> =>
  guarded(() =>
    db.transaction(async (tx) => {
      const id = randomUUID();
      const { pin, studiedOn: heldOn, recordedBy } = given;
      await tx
        .insert(studySession)
        .values({ id, body, key: pin.key, edition: pin.edition, heldOn, recordedBy });
      await tx
        .insert(study)
        .values(people.map((person) => rowOf(given, person, id)))
        .onConflictDoNothing();
      return id;
    }),
  );

/** Who has studied an edition since a date, each by their first time. */
export const studiesOf = (
  { db }: Register,
  { key, edition }: Pick<PlanPin, 'key' | 'edition'>,
  since: string,
): Promise<Studied[]> =>
  guarded(async () => {
    const rows = await db
      .select({ person: study.person, studiedOn: study.studiedOn, session: study.session })
      .from(study)
      .where(and(eq(study.key, key), eq(study.edition, edition), gte(study.studiedOn, since)))
      .orderBy(asc(study.studiedOn), asc(study.recordedAt));
    const first = new Map<string, Studied>();
    for (const row of rows) if (!first.has(row.person)) first.set(row.person, row);
    return [...first.values()];
  });

/** Since when an edition stands here. */
export interface EditionOpened {
  /** When it was first known to this register. */
  firstSeenAt: Instant;
  /** When two people put it in force after another edition; null where it came as the file. */
  enforcedAt: Instant | null;
}

/**
 * Since when the edition in force is in force. Other limits of the same edition open no new study: its words are the same. One that
 * came back after another does.
 */
export async function editionOpened(register: Register, { key, edition }: PlanPin): Promise<EditionOpened> {
  const publications = await publicationsOf(register, key); // the newest first
  const other = publications.findIndex((one) => one.edition !== edition);
  const run = other < 0 ? publications : publications.slice(0, other);
  const seen = await firstSeen(register, key);
  const isFromTheStart = other < 0 && [...seen.keys()][0] === edition;
  return {
    firstSeenAt: seen.get(edition)!,
    enforcedAt: isFromTheStart ? null : (run.at(-1)?.decidedAt ?? null),
  };
}

/** When each edition of a plan was first known, the oldest first. */
const firstSeen = ({ db }: Register, key: string): Promise<Map<string, Instant>> =>
  guarded(async () => {
    const at = min(planEdition.firstSeenAt);
    const rows = await db
      .select({ edition: planEdition.edition, at })
      .from(planEdition)
      .where(eq(planEdition.key, key))
      .groupBy(planEdition.edition)
      .orderBy(asc(at));
    return new Map(rows.map(({ edition, at: when }) => [edition, new Date(when!).toISOString()]));
  });

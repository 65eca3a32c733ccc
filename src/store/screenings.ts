import { randomUUID } from 'node:crypto';
import { and, asc, desc, eq, inArray, isNull, max } from 'drizzle-orm';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { openText, sealText } from './sealed-text.ts';
import { screening, screeningFinding as finding, type Risk } from './tables-registers.ts';

/** What a finding says of a subject; it stands sealed. */
export interface FindingWords {
  /** The subject's file number 档案编号. */
  file: string;
  situation: string;
  /** 针对性的管理教育措施. */
  measure: string;
}

export interface NewFinding extends FindingWords {
  risk: Risk;
  owner: string;
  dueOn: string;
}

export type ScreeningRow = typeof screening.$inferSelect;

/** A finding without its words. */
export interface FindingRow {
  id: string;
  screening: string;
  risk: Risk;
  owner: string;
  dueOn: string;
  endedAt: Instant | null;
  endedBy: string | null;
}

const COLUMNS = {
  id: finding.id,
  screening: finding.screening,
  risk: finding.risk,
  owner: finding.owner,
  dueOn: finding.dueOn,
  endedAt: finding.endedAt,
  endedBy: finding.endedBy,
};

const WORDS = 'screeningFinding.words';
const ENDED = 'screeningFinding.ended';

/** Keeps one round of an office with what it found. Gives its id. */
export const recordScreening = (
  { db, keyring }: Register,
  round: Pick<ScreeningRow, 'office' | 'heldOn' | 'participants' | 'recordedBy'>,
  findings: NewFinding[],
): Promise<string> =>
  guarded(() =>
    db.transaction(async (tx) => {
      const id = randomUUID();
      await tx.insert(screening).values({ ...round, id });
      const rows = findings.map(({ risk, owner, dueOn, ...words }) => {
        const place = { id: randomUUID(), name: WORDS };
        const { box, keyId } = sealText(keyring, place, JSON.stringify(words));
        return { id: place.id, screening: id, risk, owner, dueOn, words: box, wordsKeyId: keyId };
      });
      if (rows.length > 0) await tx.insert(finding).values(rows);
      return id;
    }),
  );

/** The last rounds of these offices (null: of all), the newest first, with their findings. */
export const screenings = (
  { db }: Register,
  among: string[] | null,
  limit: number,
): Promise<(ScreeningRow & { findings: FindingRow[] })[]> =>
  guarded(async () => {
    const rounds = await db
      .select()
      .from(screening)
      .where(among ? inArray(screening.office, among) : undefined)
      .orderBy(desc(screening.heldOn), desc(screening.recordedAt))
      .limit(limit);
    const ids = rounds.map(({ id }) => id);
    const found = ids.length === 0 ? [] : await findingsOf(db, inArray(finding.screening, ids));
    return rounds.map((round) => ({
      ...round,
      findings: found.filter((one) => one.screening === round.id),
    }));
  });

const findingsOf = (db: Register['db'], where: ReturnType<typeof and>): Promise<FindingRow[]> =>
  db.select(COLUMNS).from(finding).where(where).orderBy(asc(finding.dueOn), asc(finding.id)).execute();

/** Findings that nobody has ended, with their office; the soonest due first. */
export const openFindingsOfScreenings = ({ db }: Register): Promise<(FindingRow & { office: string })[]> =>
  guarded(async () =>
    db
      .select({ ...COLUMNS, office: screening.office })
      .from(finding)
      .innerJoin(screening, eq(finding.screening, screening.id))
      .where(isNull(finding.endedAt))
      .orderBy(asc(finding.dueOn), asc(finding.id)),
  );

/** The day of each office's last round. */
export const lastScreenings = ({ db }: Register): Promise<Map<string, string>> =>
  guarded(async () => {
    const rows = await db
      .select({ office: screening.office, last: max(screening.heldOn) })
      .from(screening)
      .groupBy(screening.office);
    return new Map(rows.map(({ office, last }) => [office, last!]));
  });

/** A finding's office and how it stands, without its words; null when there is none. */
export const findingById = (
  { db }: Register,
  id: string,
): Promise<(FindingRow & { office: string }) | null> =>
  guarded(async () => {
    const [row] = await db
      .select({ ...COLUMNS, office: screening.office })
      .from(finding)
      .innerJoin(screening, eq(finding.screening, screening.id))
      .where(eq(finding.id, id));
    return row ?? null;
  });

/** What a finding says, and what came of it, in clear; whoever asks logs it first. Null where it was erased. */
export const findingWords = (
  { db, keyring }: Register,
  id: string,
): Promise<(FindingWords & { ended: string | null }) | null> =>
  guarded(async () => {
    const [row] = await db.select().from(finding).where(eq(finding.id, id));
    const words = row && openText(keyring, { id, name: WORDS }, { box: row.words, keyId: row.wordsKeyId });
    if (!words) return null;
    const ended = openText(keyring, { id, name: ENDED }, { box: row.ended, keyId: row.endedKeyId });
    return { ...(JSON.parse(words) as FindingWords), ended };
  });

/** Ends a finding's follow-up with what came of it, once. False when it had been. */
export const endFinding = (
  { db, keyring }: Register,
  id: string,
  { by, at, result }: { by: string; at: Instant; result: string },
): Promise<boolean> =>
  guarded(async () => {
    const { box, keyId } = sealText(keyring, { id, name: ENDED }, result);
    const ended = await db
      .update(finding)
      .set({ endedAt: at, endedBy: by, ended: box, endedKeyId: keyId })
      .where(and(eq(finding.id, id), isNull(finding.endedAt)))
      .returning({ id: finding.id });
    return ended.length > 0;
  });

import { randomUUID } from 'node:crypto';
import { and, desc, eq, isNull, notInArray, sql } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import type { Change } from './change-entry.ts';
import { appendChanges } from './changes.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { openText, sealText } from './sealed-text.ts';
import { incident, stage } from './tables.ts';
import { revisionPrompt as table, type PromptCause } from './tables-registers.ts';

/** What asks for the plan to be revised. */
export interface NewPrompt {
  cause: PromptCause;
  /** The incident or drill: it prompts once. Null for a change of law. */
  incidentId: IncidentId | null;
  raisedBy: string | null;
  raisedAt: Instant;
  /** What changed, and where it is to be read. */
  words: string | null;
}

export interface Prompt extends NewPrompt {
  id: string;
  decision: 'revised' | 'noNeed' | null;
  decidedBy: string | null;
  decidedAt: Instant | null;
  reason: string | null;
  /** The edition in which it was revised, by hash. */
  edition: string | null;
  /** The incident's number, where it comes from one. */
  number: string | null;
}

const WORDS = 'revisionPrompt.words';
const REASON = 'revisionPrompt.reason';

/** Asks for the plan to be looked at again: after a drill was scored, or the law has changed. Once for each incident. */
export const promptRevision = ({ db, keyring }: Register, { words, ...prompt }: NewPrompt): Promise<void> =>
  guarded(async () => {
    const id = randomUUID();
    const sealedWords = words === null ? null : sealText(keyring, { id, name: WORDS }, words);
    await db
      .insert(table)
      .values({ ...prompt, id, words: sealedWords?.box ?? null, wordsKeyId: sealedWords?.keyId ?? null })
      .onConflictDoNothing();
  });

/** The stage of the aftermath whose end says that an incident was investigated. */
const INVESTIGATED = 'investigationReport';

/** Raises a prompt for each real incident whose investigation report is in and that has none yet. Gives how many. */
export const promptAfterInvestigations = ({ db }: Register): Promise<number> =>
  guarded(async () => {
    const ended = await db
      .select({ incidentId: stage.incidentId, at: sql<string>`min(${stage.resolvedAt})` })
      .from(stage)
      .innerJoin(incident, eq(incident.id, stage.incidentId))
      .where(
        and(
          eq(stage.stage, INVESTIGATED),
          sql`${stage.resolvedAt} is not null and ${stage.resolvedBy} is not null`,
          notInArray(stage.outcome, ['superseded', 'closed']),
          eq(incident.drill, false),
        ),
      )
      .groupBy(stage.incidentId);
    if (ended.length === 0) return 0;
    const rows = ended.map(({ incidentId, at }) => ({
      id: randomUUID(),
      cause: 'investigation' as const,
      incidentId,
      raisedAt: new Date(at).toISOString(),
    }));
    const added = await db.insert(table).values(rows).onConflictDoNothing().returning({ id: table.id });
    return added.length;
  });

/** Every prompt, those that wait for a decision first, then the newest. */
export const revisionPrompts = ({ db, keyring }: Register): Promise<Prompt[]> =>
  guarded(async () => {
    const rows = await db
      .select({ prompt: table, number: incident.number })
      .from(table)
      .leftJoin(incident, eq(incident.id, table.incidentId))
      .orderBy(sql`${table.decision} is not null`, desc(table.raisedAt))
      .limit(500);
    return rows.map(({ prompt: { wordsKeyId, reasonKeyId, ...row }, number }) => ({
      ...row,
      number,
      words: openText(keyring, { id: row.id, name: WORDS }, { box: row.words, keyId: wordsKeyId }),
      reason: openText(keyring, { id: row.id, name: REASON }, { box: row.reason, keyId: reasonKeyId }),
    }));
  });

export interface PromptDecision {
  decision: 'revised' | 'noNeed';
  by: string;
  at: Instant;
  reason: string;
  edition: string | null;
}

/** Decides a prompt, once, with `change` on the change record. False when there is none that waits under this id. */
export const decidePrompt = (
  { db, keyring }: Register,
  id: string,
  { decision, by, at, reason, edition }: PromptDecision,
  change: Change,
): Promise<boolean> =>
  guarded(() =>
    db.transaction(async (tx) => {
      const { box, keyId } = sealText(keyring, { id, name: REASON }, reason);
      const [decided] = await tx
        .update(table)
        .set({
          decision,
          decidedBy: by,
          decidedAt: at,
          edition,
          reason: box,
          reasonKeyId: keyId,
        })
        .where(and(eq(table.id, id), isNull(table.decision)))
        .returning({ id: table.id });
      if (decided) await appendChanges(tx, keyring, [change]);
      return decided !== undefined;
    }),
  );

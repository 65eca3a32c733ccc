import { and, desc, eq, isNotNull, isNull, max, sql } from 'drizzle-orm';
import type { Instant } from '../incident/instant.ts';
import type { Change } from './change-entry.ts';
import { appendChanges } from './changes.ts';
import { guarded } from './errors.ts';
import type { Db, Register } from './open.ts';
import { planEdition } from './tables.ts';
import { planProposal as table, type ProposalKind } from './tables-plans.ts';

/** A proposal to put an edition in force. */
export interface ProposalRow {
  nr: number;
  key: string;
  edition: string;
  hash: string;
  kind: ProposalKind;
  upon: string;
  documentNumber: string | null;
  scanHash: string | null;
  proposedBy: string;
  proposedAt: Instant;
  reason: string;
  decision: 'approved' | 'refused' | null;
  decidedBy: string | null;
  decidedAt: Instant | null;
  decisionReason: string | null;
  publication: number | null;
}

const { text: _text, ...columns } = {
  nr: table.nr,
  key: table.key,
  edition: table.edition,
  hash: table.hash,
  text: table.text,
  kind: table.kind,
  upon: table.upon,
  documentNumber: table.documentNumber,
  scanHash: table.scanHash,
  proposedBy: table.proposedBy,
  proposedAt: table.proposedAt,
  reason: table.reason,
  decision: table.decision,
  decidedBy: table.decidedBy,
  decidedAt: table.decidedAt,
  decisionReason: table.decisionReason,
  publication: table.publication,
};

/** Keeps a proposal, with it on the change record: both or neither. Gives its number. */
export const addProposal = (
  { db, keyring }: Register,
  proposal: Omit<typeof table.$inferInsert, 'nr' | 'decision'>,
  changeOf: (nr: number) => Change,
): Promise<number> =>
  guarded(() =>
    db.transaction(async (tx) => {
      const [row] = await tx.insert(table).values(proposal).returning({ nr: table.nr });
      await appendChanges(tx, keyring, [changeOf(row!.nr)]);
      return row!.nr;
    }),
  );

/** A plan's proposals, the newest first. */
export const proposalsOf = ({ db }: Register, key: string): Promise<ProposalRow[]> =>
  guarded(async () =>
    db.select(columns).from(table).where(eq(table.key, key)).orderBy(desc(table.nr)).limit(200),
  );

/** One proposal with its text; null when there is none of that number. */
export const proposalByNr = (
  { db }: Register,
  nr: number,
): Promise<(ProposalRow & { text: string }) | null> =>
  guarded(async () => {
    const [row] = await db
      .select({ ...columns, text: table.text })
      .from(table)
      .where(eq(table.nr, nr));
    return row ?? null;
  });

/** The text of a proposal that waits for its decision, by its edition's hash; null when none has it. */
export const openProposalText = ({ db }: Register, key: string, hash: string): Promise<string | null> =>
  guarded(async () => {
    const [row] = await db
      .select({ text: table.text })
      .from(table)
      .where(and(eq(table.key, key), eq(table.hash, hash), isNull(table.decision)))
      .limit(1);
    return row?.text ?? null;
  });

/** The publication of a plan that is in force, by its number; null while its file is. */
export const standingPublication = ({ db }: Register, key: string): Promise<number | null> =>
  guarded(() => lastOf(db, key));

const lastOf = async (db: Db, key: string): Promise<number | null> => {
  const [row] = await db
    .select({ nr: max(table.publication) })
    .from(table)
    .where(eq(table.key, key));
  return row?.nr ?? null;
};

/** The text of a publication. */
export const publishedText = ({ db }: Register, publication: number): Promise<string> =>
  guarded(async () => {
    const [row] = await db.select({ text: table.text }).from(table).where(eq(table.publication, publication));
    return row!.text;
  });

export interface Decision {
  by: string;
  reason: string;
  approve: boolean;
  /** The publication in force when it was decided; null for the file. Another by now: nothing is decided. */
  upon: number | null;
}

/** How a decision ended: `decided`, or why not. */
export type Decided =
  { state: 'decided'; publication: number | null } | { state: 'outdated' } | { state: 'decidedBefore' };

/**
 * Decides a proposal once; approved, its edition is kept among the plan's and in force from then on. Of two that decide at once,
 * one does; of two proposals upon the same edition, one is put in force. `change` goes on the change record with it: no edition is in
 * force that the record does not have.
 */
export const decideProposal = (
  { db, keyring }: Register,
  { nr, key, edition, hash, text }: Pick<ProposalRow, 'nr' | 'key' | 'edition' | 'hash'> & { text: string },
  { by, reason, approve, upon }: Decision,
  change: Change,
): Promise<Decided> =>
  guarded(() =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('plan publication'))`);
      if (approve && (await lastOf(tx, key)) !== upon) return { state: 'outdated' };
      const [last] = await tx.select({ nr: max(table.publication) }).from(table);
      const publication = approve ? (last?.nr ?? 0) + 1 : null;
      const [row] = await tx
        .update(table)
        .set({
          decision: approve ? ('approved' as const) : ('refused' as const),
          decidedBy: by,
          publication,
          decidedAt: sql`now()`,
          decisionReason: reason,
        })
        .where(and(eq(table.nr, nr), isNull(table.decision)))
        .returning({ nr: table.nr });
      if (!row) return { state: 'decidedBefore' };
      if (approve) await tx.insert(planEdition).values({ key, edition, hash, text }).onConflictDoNothing();
      await appendChanges(tx, keyring, [change]);
      return { state: 'decided', publication };
    }),
  );

/** Every edition of a plan that the register knows, the newest first. */
export const editionsOfPlan = (
  { db }: Register,
  key?: string,
): Promise<{ key: string; edition: string; hash: string; firstSeenAt: Instant }[]> =>
  guarded(async () =>
    db
      .select({
        key: planEdition.key,
        edition: planEdition.edition,
        hash: planEdition.hash,
        firstSeenAt: planEdition.firstSeenAt,
      })
      .from(planEdition)
      .where(key === undefined ? undefined : eq(planEdition.key, key))
      .orderBy(desc(planEdition.firstSeenAt), planEdition.hash)
      .limit(500),
  );

/** What was put in force, by the edition's hash: the last time of each. */
export const publicationsOf = ({ db }: Register, key: string): Promise<ProposalRow[]> =>
  guarded(async () =>
    db
      .select(columns)
      .from(table)
      .where(and(eq(table.key, key), isNotNull(table.publication)))
      .orderBy(desc(table.publication)),
  );

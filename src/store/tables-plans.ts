import { sql } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** What a proposal is: the bureau's own limits, a revision of the plan itself, or an earlier edition in force again. */
export type ProposalKind = 'limits' | 'revision' | 'earlier';

/** Editions proposed to be put in force, and what another person decided. Only grows, but for the decision, which is made once. */
export const planProposal = pgTable('plan_proposal', {
  nr: integer('nr').primaryKey().generatedAlwaysAsIdentity(),
  key: text('key').notNull(),
  edition: text('edition').notNull(),
  /** SHA-256 of the proposed text. */
  hash: text('hash').notNull(),
  text: text('text').notNull(),
  kind: text('kind').$type<ProposalKind>().notNull(),
  /** The edition in force that it was made upon, by hash. */
  upon: text('upon').notNull(),
  /** For a revision: the document's number, and SHA-256 of its scan. */
  documentNumber: text('document_number'),
  scanHash: text('scan_hash'),
  proposedBy: text('proposed_by').notNull(),
  proposedAt: instant('proposed_at')
    .notNull()
    .default(sql`now()`),
  reason: text('reason').notNull(),
  decision: text('decision').$type<'approved' | 'refused'>(),
  decidedBy: text('decided_by'),
  decidedAt: instant('decided_at'),
  decisionReason: text('decision_reason'),
  /** Counts what was put in force, over all plans: the highest of a plan is in force. */
  publication: integer('publication').unique(),
});

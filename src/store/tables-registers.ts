import { sql } from 'drizzle-orm';
import { date, index, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { IncidentId } from '../incident/ids.ts';
import { bytes, instant } from './columns.ts';

/*
 * The registers beside the incidents' own: who has studied the plan (五（一）, 七), what screening found (五（三）), and what asks for
 * the plan to be revised (九). What people write is sealed.
 */

const recordedAt = () =>
  instant('recorded_at')
    .notNull()
    .default(sql`now()`);

/** The bureau's own limits for these registers. A row that is not there: 未载明. */
export const registerLimit = pgTable('register_limit', {
  name: text('name').$type<'study' | 'screening'>().primaryKey(),
  /** ISO 8601 in days, weeks or months. */
  period: text('period').notNull(),
  setAt: instant('set_at').notNull(),
});

/** An organised study of an edition: which body's, on which day, who was there. */
export const studySession = pgTable('study_session', {
  id: uuid('id').primaryKey(),
  body: text('body').notNull(),
  key: text('key').notNull(),
  edition: text('edition').notNull(),
  heldOn: date('held_on').notNull(),
  recordedBy: text('recorded_by').notNull(),
  recordedAt: recordedAt(),
});

/** That a person studied an edition of the plan: by their own word, or as one of a session's list. */
export const study = pgTable(
  'study',
  {
    id: uuid('id').primaryKey(),
    person: text('person').notNull(),
    key: text('key').notNull(),
    edition: text('edition').notNull(),
    /** The text that was in force: its limits may be others than another's of the same edition. */
    hash: text('hash').notNull(),
    studiedOn: date('studied_on').notNull(),
    session: uuid('session'),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [unique('study_once').on(t.key, t.edition, t.person, t.studiedOn)],
);

/** 分析排查: one round of an office. */
export const screening = pgTable(
  'screening',
  {
    id: uuid('id').primaryKey(),
    office: text('office').notNull(),
    heldOn: date('held_on').notNull(),
    participants: jsonb('participants').$type<string[]>().notNull(),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [index('screening_office').on(t.office, t.heldOn)],
);

/** What sort of danger a finding sees. */
export const RISKS = ['selfHarm', 'violence', 'revenge', 'disorder', 'outOfContact', 'other'] as const;
export type Risk = (typeof RISKS)[number];

/** What a round found about one subject, and what is done about it. */
export const screeningFinding = pgTable(
  'screening_finding',
  {
    id: uuid('id').primaryKey(),
    screening: uuid('screening').notNull(),
    risk: text('risk').$type<Risk>().notNull(),
    /** Whoever follows it up, and until when. */
    owner: text('owner').notNull(),
    dueOn: date('due_on').notNull(),
    /** The subject's file number, what was found, the measure: JSON, sealed. */
    words: bytes('words'),
    wordsKeyId: text('words_key_id').notNull(),
    endedAt: instant('ended_at'),
    endedBy: text('ended_by'),
    /** What came of it, sealed. */
    ended: bytes('ended'),
    endedKeyId: text('ended_key_id'),
  },
  (t) => [index('screening_finding_of').on(t.screening), index('screening_finding_open').on(t.dueOn)],
);

/** Why the plan may have to be revised. */
export const PROMPT_CAUSES = ['investigation', 'drill', 'lawChange'] as const;
export type PromptCause = (typeof PROMPT_CAUSES)[number];

/** 九: what asks whether the plan is to be revised, and what a named person decided. */
export const revisionPrompt = pgTable(
  'revision_prompt',
  {
    id: uuid('id').primaryKey(),
    cause: text('cause').$type<PromptCause>().notNull(),
    /** The incident or drill it comes from; null for a change of law. */
    incidentId: uuid('incident_id').$type<IncidentId>(),
    raisedAt: instant('raised_at').notNull(),
    /** Whoever entered it; null where an investigation's end did. */
    raisedBy: text('raised_by'),
    /** What changed and where it is to be read, sealed; null where the incident says it all. */
    words: bytes('words'),
    wordsKeyId: text('words_key_id'),
    decision: text('decision').$type<'revised' | 'noNeed'>(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    reason: bytes('reason'),
    reasonKeyId: text('reason_key_id'),
    /** The edition in which it was revised, by hash. */
    edition: text('edition'),
  },
  (t) => [unique('revision_prompt_once').on(t.cause, t.incidentId)],
);

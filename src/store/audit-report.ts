/**
 * What can be wrong, of the entry at `seq` unless said otherwise:
 * - `CHANGED_ENTRY`: its data, instant, kind or digests are not what was hashed
 * - `CHANGED_PERSONAL`: a sealed value is not what was sealed, is gone without having been erased, or was erased only in part
 * - `ERASED_UNRECORDED`: a personal value is erased, and no erasure of the incident is on record
 * - `CHANGED_PROJECTION`: a row that API and pages read is not what the timeline says; `text` names table, row and columns
 * - `MISSING_ENTRY`: there is none, though later ones stand there
 * - `BROKEN_LINK`: it does not follow the entry before it
 * - `CUT_TAIL`: from here on entries are gone: the head or the workflow knows of them
 * - `FORGED_HEAD`: the end of the chain is marked by somebody without the key, or not at all
 * - `NOT_ANCHORED`: it is not the entry the workflow was told had been written
 * - `NO_ENTRIES`: an incident without a timeline
 * - `KEY_MISSING`: cannot be checked, its key is not in the ring
 * - `CHANGED_DOCUMENT`: what was signed is not what the timeline says, or is gone
 * - `CHANGED_FILE`: a scan or attachment is not the file whose hash the timeline has, or is gone without an erasure on record
 * - `MISSING_NUMBER`: `number` was given out, and no incident has it; `incidentId` is empty
 *
 * What is broken in the change record comes with its own codes, under the number `changes`.
 */
export type AuditCode =
  | 'CHANGED_ENTRY'
  | 'CHANGED_PERSONAL'
  | 'ERASED_UNRECORDED'
  | 'CHANGED_PROJECTION'
  | 'MISSING_ENTRY'
  | 'BROKEN_LINK'
  | 'CUT_TAIL'
  | 'FORGED_HEAD'
  | 'NOT_ANCHORED'
  | 'NO_ENTRIES'
  | 'KEY_MISSING'
  | 'CHANGED_DOCUMENT'
  | 'CHANGED_FILE'
  | 'MISSING_NUMBER';

export interface AuditProblem {
  incidentId: string;
  number: string | null;
  seq: number | null;
  code: AuditCode;
  /** In English, without personal data. */
  text: string;
}

export interface AuditReport {
  incidents: number;
  entries: number;
  /** Personal values that were erased: their digests stand, what they said cannot be checked any more. */
  erased: number;
  /** Incidents whose end was compared with no workflow's anchor: a tail cut together with its head would not show in them. */
  unanchored: number;
  /** What was lawfully erased: of which incident, when, by whom, on what basis. */
  erasures: AuditErasure[];
  problems: AuditProblem[];
}

export interface AuditErasure {
  incidentId: string;
  number: string | null;
  basis: 'retention' | 'law';
  legalBasis: string | null;
  proposedBy: string;
  approvedBy: string;
  erasedAt: string;
  values: number;
  files: number;
  /** Its entry in the change record. */
  change: number | null;
}

/** A problem of an incident that is not named yet. */
export type Finding = Pick<AuditProblem, 'seq' | 'code' | 'text'>;

export const finding = (seq: number | null, code: AuditCode, text: string): Finding => ({ seq, code, text });

/**
 * What can be wrong with a bundle, of the file that is named and, where there is one, of the timeline's entry:
 * - `NOT_A_ZIP`, `TRUNCATED`: it cannot be opened at all; the end of one that was cut is missing
 * - `BAD_PATH`: a file that would be unpacked outside its folder; `DUPLICATE_FILE`: two under one name
 * - `TOO_LARGE`: it would unpack to more than is believed; nothing is unpacked then
 * - `MISSING_MANIFEST`, `BAD_MANIFEST`: without it nothing is known
 * - `MISSING_SIGNATURE`, `BAD_SIGNATURE`: the manifest is not what was signed
 * - `OTHER_KEY`: signed, and not by the key that was asked for: somebody else made it
 * - `MISSING_FILE`, `EXTRA_FILE`, `CHANGED_FILE`: against the manifest
 * - `UNREADABLE`: a file that is as it was signed, and not what belongs there
 * - `CHANGED_ENTRY`, `MISSING_ENTRY`, `BROKEN_LINK`, `CUT_TAIL`: of the timeline, as in the register's audit
 * - `CHANGED_PERSONAL`: a personal value does not give its digest; `ERASED_UNRECORDED`: one is gone, and no erasure is on record
 * - `CHANGED_PLAN`, `CHANGED_DOCUMENT`, `CHANGED_SCAN`, `CHANGED_ATTACHMENT`: not what the timeline says
 * - `MISSING_HISTORY`: a run of the workflow is not there; `NOT_ANCHORED`: the last one ended with another entry
 */
export type BundleCode =
  | 'NOT_A_ZIP'
  | 'TRUNCATED'
  | 'BAD_PATH'
  | 'DUPLICATE_FILE'
  | 'TOO_LARGE'
  | 'MISSING_MANIFEST'
  | 'BAD_MANIFEST'
  | 'MISSING_SIGNATURE'
  | 'BAD_SIGNATURE'
  | 'OTHER_KEY'
  | 'MISSING_FILE'
  | 'EXTRA_FILE'
  | 'CHANGED_FILE'
  | 'UNREADABLE'
  | 'CHANGED_ENTRY'
  | 'MISSING_ENTRY'
  | 'BROKEN_LINK'
  | 'CUT_TAIL'
  | 'CHANGED_PERSONAL'
  | 'ERASED_UNRECORDED'
  | 'CHANGED_PLAN'
  | 'CHANGED_DOCUMENT'
  | 'CHANGED_SCAN'
  | 'CHANGED_ATTACHMENT'
  | 'MISSING_HISTORY'
  | 'NOT_ANCHORED';

export interface BundleProblem {
  code: BundleCode;
  /** Null where it is of the bundle as a whole. */
  file: string | null;
  /** The timeline's entry. */
  seq: number | null;
  /** In English, without personal data. */
  text: string;
}

/** Ends the verification: what is named by its problem leaves nothing to look at. */
export class BundleBroken extends Error {
  override name = 'BundleBroken';
  constructor(readonly problem: BundleProblem) {
    super(problem.text);
  }
}

export const problem = (
  code: BundleCode,
  file: string | null,
  text: string,
  seq: number | null = null,
): BundleProblem => ({ code, file, seq, text });

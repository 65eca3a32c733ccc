/**
 * Why an incident refuses what was said to it. The code is the failure's type in Temporal and the `code` of the API's
 * problem; it is never encrypted, so it says nothing personal.
 */
export const REFUSALS = {
  /** The incident moves to another run at this instant: try again. */
  Moving: 'the incident is moving to another run; try again in a moment',
  IncidentClosed: 'the incident is closed',
  UnknownStage: 'the incident has no such stage',
  StageEnded: 'the stage has ended already',
  UnknownOutcome: 'the plan has no such outcome for this stage',
  /** A stage that a proposal, an approval or a switch ends, and nothing else. */
  NotByOutcome: 'this stage is ended by its own act, not by an outcome',
  UnknownMessage: 'no such message was sent',
  /** It was sent to the wrong person, or by mistake. */
  LinkRevoked: 'the receipt link of this message has been revoked',
  /** An outside party is asked, never ordered (rules of care, 6). */
  NotForOutside: 'an outside party is not asked whether it can handle this',
  ToldInFuture: 'this time is still to come',
  ToldBeforeSent: 'the message had not been sent then',
  SameBranch: 'the incident is in this branch already',
  OtherPlan: 'the incident runs on another plan edition',
  ClosingProposed: 'a closing is proposed already and awaits its approval',
  /** It approves what it has seen, and nothing proposed since. */
  OtherProposal: 'another closing has been proposed meanwhile',
  /** The register has not taken what is waiting for it; nothing more is accepted that would be lost with it. */
  RegisterBehind: 'the register is far behind; try again when it is back',
  NothingProposed: 'no closing is proposed',
  UnknownSubject: 'the incident has no such subject',
  /** The roster is not accounted for while nobody has said how somebody on it is. */
  SubjectsUnaccounted: 'nobody has said yet how some subjects are',
  SubCasesOpen: 'sub-cases are still open',
  /** An incident into itself, into a sub-case or parent, or into one that was merged into it. */
  MergeRing: 'these two incidents cannot be merged',
  /** The outcome leads to another branch, whose part of the plan did not come with it. */
  BranchNeeded: 'this outcome leads to another branch; say which',
  UnknownParty: 'the plan has no such party',
  /** What happens after a response has ended is a new incident. */
  ResponseEnded: 'the response has ended: what happens now is a new incident',
  /** A merge must not end the duties of a graver branch: switch the incident that goes on first. */
  OtherBranch: 'the incident that would go on is in a branch without the duties of the other',
  /** Corrective actions belong to the aftermath. */
  NotInAftermath: 'the response has not ended yet',
  /** 奖惩、移交: an edition of before this has no such stage. */
  UnknownMeasure: 'the plan of this incident has no such measure',
  /** 整改销号 takes two people. */
  OwnCorrection: 'who reported a correction done neither confirms it nor sends it back',
  /** What an order's script and end are said to is a drill's incident, and nothing that really happened. */
  NotADrill: 'this incident is not carried out for that drill order',
  DrillEnded: 'the drill is over; only its papers go on',
  /** A stage that this edition of the plan does not have. */
  NotInPlan: 'the plan of this incident has no such duty',
  /** Whom nobody reached has not been told. */
  NotAnswered: 'a call that was not answered is no report',
  /** Closing takes two people (rules of care, 10). */
  SamePerson: 'who proposed the closing cannot approve it',
} as const;

export type RefusalCode = keyof typeof REFUSALS;

export const isRefusal = (code: string | undefined | null): code is RefusalCode =>
  !!code && Object.hasOwn(REFUSALS, code);

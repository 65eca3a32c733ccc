import { setHandler } from '@temporalio/workflow';
import type { EntryData } from '../incident/entry.ts';
import type { ClosingProposal } from '../incident/state.ts';
import type { PlanPart } from '../plan/part.ts';
import { changeBranch } from './branch-change.ts';
import { now } from './clock.ts';
import {
  closeStage,
  findStage,
  note,
  openStage,
  openStages,
  openSubCases,
  type Incident,
} from './incident-context.ts';
import * as messages from './messages.ts';
import { mustBeOpen, mustKeepUp, refused } from './refuse.ts';

/** The end of the response, and of the incident: proposed by one person, decided by another. */
export function answerClosing(incident: Incident): void {
  const { state } = incident;
  /**
   * 六（一）follows a response that has ended. A false alarm has nothing to follow, and a sub-case belongs to the aftermath of
   * the incident it is under.
   */
  const goesToAftermath = ({ as }: ClosingProposal, aftermath: PlanPart | null): boolean =>
    as === 'responseEnded' &&
    aftermath !== null &&
    state.parent === null &&
    incident.plan.branch.workflow !== 'aftermath';
  setHandler(
    messages.proposeClosing,
    ({ by, as, evidence }) => {
      if (state.proposal) return { at: state.proposal.at, openStages: state.proposal.openStages };
      const asked = findStage(incident, 'proposeClosing');
      if (asked && !asked.ended) closeStage(incident, asked, 'proposed', by);
      const stillOpen = openStages(state).map(({ id }) => id);
      state.proposal = { by, as, at: now(), openStages: stillOpen };
      note(incident, {
        kind: 'closingProposed',
        data: { by, as, openStages: stillOpen },
        personal: { evidence },
      });
      openStage(incident, 'approveClosing');
      return { at: now(), openStages: stillOpen };
    },
    {
      validator: ({ by, as }) => {
        mustBeOpen(incident);
        mustKeepUp(incident);
        // The same proposal by the same person, sent again over a bad line, is one proposal.
        const { proposal } = state;
        if (proposal && (proposal.by !== by || proposal.as !== as))
          throw refused('ClosingProposed', proposal);
      },
    },
  );
  setHandler(
    messages.decideClosing,
    ({ by, approve, reason, aftermath }) => {
      const proposal = state.proposal!;
      const branch = incident.plan.branch.key;
      closeStage(incident, findStage(incident, 'approveClosing')!, approve ? 'approved' : 'refused', by);
      state.proposal = null;
      if (!approve) {
        note(incident, { kind: 'closingRefused', data: { by }, personal: { reason } });
        return { closed: false, branch, at: now() };
      }
      if (goesToAftermath(proposal, aftermath)) {
        const data = { by, proposedBy: proposal.by };
        note(incident, { kind: 'responseEnded', data, personal: { reason } });
        changeBranch(incident, aftermath!, by, reason);
        return { closed: false, branch: aftermath!.branch.key, at: now() };
      }
      close(incident, { by, proposedBy: proposal.by, as: proposal.as, mergedInto: null }, reason);
      return { closed: true, branch, at: now() };
    },
    {
      validator: ({ by, approve, proposedAt, aftermath }) => {
        mustBeOpen(incident);
        if (!state.proposal) throw refused('NothingProposed');
        const subCases = openSubCases(state);
        if (approve && subCases.length) throw refused('SubCasesOpen', subCases);
        if (aftermath && aftermath.pin.hash !== incident.plan.pin.hash) throw refused('OtherPlan');
        if (proposedAt && proposedAt !== state.proposal.at) throw refused('OtherProposal', state.proposal);
        if (state.proposal.by === by) throw refused('SamePerson');
      },
    },
  );
}

/** Ends the incident; its workflow follows once all is written. */
export function close(incident: Incident, data: EntryData['incidentClosed'], reason: string): void {
  for (const stage of openStages(incident.state)) closeStage(incident, stage, 'closed', data.by);
  incident.state.closed = { person: data.by, at: now(), as: data.as };
  note(incident, { kind: 'incidentClosed', data, personal: { reason } });
}

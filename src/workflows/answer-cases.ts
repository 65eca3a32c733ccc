import { setHandler } from '@temporalio/workflow';
import type { IncidentId } from '../incident/ids.ts';
import { close } from './answer-closing.ts';
import { now } from './clock.ts';
import { note, openSubCases, type Incident } from './incident-context.ts';
import * as messages from './messages.ts';
import { mustBeOpen, mustKeepUp, refused } from './refuse.ts';

/** Other cases beside this one: sub-cases under it, and reports of the same event. */
export function answerCases(incident: Incident): void {
  answerSubCases(incident);
  answerMerging(incident);
}

function answerSubCases(incident: Incident): void {
  const { state } = incident;
  setHandler(
    messages.openSubCase,
    ({ plan, report, subjects, by, reason }) => {
      const { incidentId: subCase } = report;
      // The same sub-case, sent again over a bad line, is one.
      if (Object.hasOwn(state.subCases, subCase)) return { subCase };
      state.subCases[subCase] = null;
      const { drillOrder } = state;
      state.starting.push({ plan, report: drillOrder ? { ...report, drillOrder } : report });
      const data = { subCase, branch: plan.branch.key, subjects, by };
      note(incident, { kind: 'subCaseOpened', data, personal: { reason } });
      return { subCase };
    },
    {
      validator: ({ plan, subjects }: messages.SubCase) => {
        mustBeOpen(incident);
        mustKeepUp(incident);
        if (plan.pin.hash !== incident.plan.pin.hash) throw refused('OtherPlan');
        const unknown = subjects.filter((nr) => !Object.hasOwn(state.subjects, nr));
        if (unknown.length) throw refused('UnknownSubject', unknown);
      },
    },
  );
  setHandler(messages.subCaseEnded, ({ subCase, as }) => {
    if (state.closed || state.subCases[subCase] !== null) return;
    state.subCases[subCase] = as;
    note(incident, { kind: 'subCaseEnded', data: { subCase, as } });
  });
}

function answerMerging(incident: Incident): void {
  const { state } = incident;
  const isOfTheFamily = (other: IncidentId): boolean =>
    other === state.incidentId || other === state.parent || Object.hasOwn(state.subCases, other);
  setHandler(
    messages.absorb,
    ({ from, receivedAt, by, reason }) => {
      if (state.absorbed.includes(from)) return { at: now() };
      state.absorbed.push(from);
      const data = { from, receivedAt, by };
      note(incident, { kind: 'incidentAbsorbed', data, personal: { reason } });
      return { at: now() };
    },
    {
      validator: ({ from, branch }) => {
        mustBeOpen(incident);
        mustKeepUp(incident);
        if (isOfTheFamily(from)) throw refused('MergeRing');
        if (state.absorbed.includes(from)) return;
        // Nothing that is about to end takes over what goes on elsewhere.
        const { key, workflow } = incident.plan.branch;
        if (workflow === 'aftermath') throw refused('ResponseEnded');
        if (state.proposal) throw refused('ClosingProposed', state.proposal);
        if (!coversDutiesOf(key, branch)) throw refused('OtherBranch', { branch: key });
      },
    },
  );
  setHandler(
    messages.mergeInto,
    ({ into, by, reason }) => {
      // What was not sent yet is withdrawn with its stages: the other incident tells everybody, and nobody hears it twice.
      close(incident, { by, proposedBy: null, as: 'merged', mergedInto: into }, reason);
      return { at: now() };
    },
    {
      validator: ({ into }) => {
        mustBeOpen(incident);
        mustKeepUp(incident);
        if (isOfTheFamily(into) || state.absorbed.includes(into)) throw refused('MergeRing');
        const open = openSubCases(state);
        if (open.length) throw refused('SubCasesOpen', open);
      },
    },
  );
}

/**
 * A merge ends the duties of one incident, so that the other has to have them, or graver ones: it is in the same branch, or in
 * 四（三）, or all that was asked of the first was to choose a branch.
 */
const coversDutiesOf = (branch: string, ended: string): boolean =>
  branch === ended || branch === 'violentAct' || ended === 'triage';

import { setHandler } from '@temporalio/workflow';
import { nextTellings } from '../incident/escalation.ts';
import type { Position } from '../incident/state.ts';
import { answerAttachments } from './answer-attachments.ts';
import { answerCases } from './answer-cases.ts';
import { answerCalls } from './answer-calls.ts';
import { answerDrills } from './answer-drills.ts';
import { answerDocuments } from './answer-documents.ts';
import { answerClosing } from './answer-closing.ts';
import { answerFacts } from './answer-facts.ts';
import { answerMeasures } from './answer-measures.ts';
import { answerInstructions } from './answer-instructions.ts';
import { answerPeople } from './answer-people.ts';
import { answerReportChain } from './answer-report-chain.ts';
import { answerReceipts } from './answer-receipts.ts';
import { answerReports } from './answer-reports.ts';
import { answerRegistered } from './answer-registered.ts';
import { answerStages, answerSwitch } from './answer-stages.ts';
import { openStages, openSubCases, type Incident } from './incident-context.ts';
import * as messages from './messages.ts';

/** Answers everything that can be said to an incident. Refuses in the validator, changes in the handler; a handler never waits. */
export function answerMessages(incident: Incident): void {
  answerReceipts(incident);
  answerReports(incident);
  answerRegistered(incident);
  answerCalls(incident);
  answerDocuments(incident);
  answerAttachments(incident);
  answerReportChain(incident);
  answerInstructions(incident);
  answerStages(incident);
  answerSwitch(incident);
  answerPeople(incident);
  answerFacts(incident);
  answerCases(incident);
  answerMeasures(incident);
  answerClosing(incident);
  answerDrills(incident);
  setHandler(messages.position, () => positionOf(incident));
}

function positionOf({ plan, state }: Incident): Position {
  const open = openStages(state);
  const [next] = state.outbox;
  return {
    incidentId: state.incidentId,
    number: state.number,
    branch: plan.branch.key,
    entry: state.entry,
    closed: state.closed,
    anchor: state.anchor,
    next: open.flatMap((stage) => nextTellings(plan, stage)).sort((a, b) => (a.at < b.at ? -1 : 1)),
    unsent: Object.values(state.sending).map(({ key }) => key),
    unwritten: state.outbox.length,
    nextUnwritten: next ? { seq: next.seq, kind: next.kind, at: next.at } : null,
    openStages: open.map(({ id }) => id),
    subCases: openSubCases(state),
    absorbed: state.absorbed,
  };
}

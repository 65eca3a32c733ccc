import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import { acknowledge as acknowledgeLine, nextTellings } from '../incident/escalation.ts';
import { parseMessageKey, type StageId } from '../incident/ids.ts';
import { plus } from '../incident/instant.ts';
import { outboxSize } from '../incident/outbox.ts';
import { REFUSALS, type RefusalCode } from '../incident/refusal.ts';
import type { LineState, Position, StageState } from '../incident/state.ts';
import { now } from './clock.ts';
import {
  closeStage,
  findStage,
  note,
  openStage,
  openStages,
  withdraw,
  type Incident,
} from './incident-context.ts';
import * as messages from './messages.ts';

/** Stages that one act alone may end. */
const ENDED_BY_THEIR_ACT = ['chooseBranch', 'proposeClosing', 'approveClosing'];

const refused = (code: RefusalCode, details?: unknown): ApplicationFailure =>
  ApplicationFailure.create({
    type: code,
    message: REFUSALS[code],
    nonRetryable: true,
    details: details === undefined ? [] : [details],
  });

/** Answers everything that can be said to an incident. Refuses in the validator, changes in the handler; a handler never waits. */
export function answerMessages(incident: Incident): void {
  answerReceipts(incident);
  answerStages(incident);
  answerSwitch(incident);
  answerPeople(incident);
  answerClosing(incident);
  setHandler(messages.position, () => positionOf(incident));
}

function mustBeOpen({ state, moving }: Incident): void {
  if (moving) throw refused('Moving');
  if (state.closed) throw refused('IncidentClosed', { at: state.closed.at, as: state.closed.as });
}

/** Texts wait here until the register takes them; past this there is no room left to carry them to another run. */
const OUTBOX_LIMIT = 1_000_000;

function mustKeepUp({ state }: Incident): void {
  if (outboxSize(state.outbox) > OUTBOX_LIMIT) throw refused('RegisterBehind');
}

function answerReceipts(incident: Incident): void {
  const lineOf = (key: string): { stage: StageState; line: LineState } | null => {
    const place = parseMessageKey(key);
    const stage = place && incident.state.stages[place.stageId];
    const line =
      stage?.opening === place?.opening ? stage?.lines.find(({ line }) => line === place?.line) : undefined;
    const wasTold =
      place && line && (place.rung < line.rung || (place.rung === line.rung && place.repeat <= line.repeat));
    return stage && line && wasTold ? { stage, line } : null;
  };
  const isOfEarlierOpening = (key: string): boolean => {
    const place = parseMessageKey(key);
    return !!place && place.opening < (incident.state.stages[place.stageId]?.opening ?? 0);
  };
  setHandler(
    messages.acknowledge,
    ({ key, person }) => {
      const { stage, line } = lineOf(key)!;
      // The same receipt once more, by a second press or over a bad line, is one receipt.
      if (line.confirmed.includes(key)) return { at: line.acknowledged!.at };
      line.confirmed.push(key);
      acknowledgeLine(line, person, now());
      // Each person's own receipt stands on record, also when somebody else of the line was first.
      note(incident, {
        kind: 'acknowledged',
        data: { key, stageId: stage.id, opening: stage.opening, line: line.line, person },
      });
      if (line.clock === 'receipt') {
        withdraw(incident, (notice) => notice.stageId === stage.id && notice.line === line.line);
      }
      return { at: now() };
    },
    {
      validator: ({ key }) => {
        mustBeOpen(incident);
        if (!lineOf(key)) throw refused(isOfEarlierOpening(key) ? 'StageEnded' : 'UnknownMessage');
      },
    },
  );
}

function answerStages(incident: Incident): void {
  const { state } = incident;
  setHandler(
    messages.resolveStage,
    ({ stageId, outcome, by, evidence }) => {
      const stage = state.stages[stageId]!;
      // The same outcome by the same person, sent again over a bad line, is one outcome.
      if (!stage.ended) closeStage(incident, stage, outcome, by, evidence);
      return stage.ended!;
    },
    {
      validator: ({ stageId, outcome, by }) => {
        mustBeOpen(incident);
        const stage = state.stages[stageId];
        if (!stage) throw refused('UnknownStage');
        if (stage.ended && (stage.ended.outcome !== outcome || stage.ended.by !== by))
          throw refused('StageEnded', stage.ended);
        if (stage.ended) return;
        if (ENDED_BY_THEIR_ACT.includes(stage.stage)) throw refused('NotByOutcome');
        mustKeepUp(incident);
        const outcomes = Object.keys(incident.plan.branch.stages[stage.stage]?.outcomes ?? {});
        if (!outcomes.includes(outcome)) throw refused('UnknownOutcome', outcomes);
      },
    },
  );
}

function answerSwitch(incident: Incident): void {
  const { state } = incident;
  setHandler(
    messages.switchBranch,
    ({ plan, by, reason }) => {
      // The same decision by the same person, sent again over a bad line, is one decision.
      if (plan.branch.key === incident.plan.branch.key)
        return { branch: plan.branch.key, entry: state.entry };
      const goesOn = (stage: StageState): boolean => plan.branch.carries.includes(stage.stage);
      state.carried = Object.fromEntries(
        openStages(state)
          .filter(goesOn)
          .map(({ stage, id }) => [stage, id]),
      );
      for (const stage of openStages(state)) {
        if (!goesOn(stage))
          closeStage(incident, stage, stage.stage === 'chooseBranch' ? 'chosen' : 'superseded', by);
      }
      state.proposal = null;
      state.entry += 1;
      state.entering = { by, chosen: 'person', reason };
      state.chosenBy = by;
      incident.moving = plan;
      return { branch: plan.branch.key, entry: state.entry };
    },
    {
      validator: ({ plan, by }) => {
        mustBeOpen(incident);
        if (plan.branch.key === incident.plan.branch.key && state.chosenBy !== by)
          throw refused('SameBranch');
        if (plan.pin.hash !== incident.plan.pin.hash) throw refused('OtherPlan');
      },
    },
  );
}

function answerPeople(incident: Incident): void {
  const { state, plan } = incident;
  setHandler(
    messages.stillResponding,
    ({ by }) => {
      const until = plus(now(), plan.quietFor.ms);
      state.quiet[by] = until;
      note(incident, { kind: 'stillResponding', data: { by, until } });
      return { until };
    },
    { validator: (_said) => mustBeOpen(incident) },
  );
  const takenOver = (stageId: StageId | null): StageState[] =>
    openStages(state).filter(({ id }) => stageId === null || id === stageId);
  setHandler(
    messages.takeOver,
    ({ by, stageId, reason }) => {
      const stages = takenOver(stageId);
      for (const [index, stage] of stages.filter(({ holder }) => holder !== by).entries()) {
        stage.holder = by;
        const data = { stageId: stage.id, opening: stage.opening, by };
        // Once is enough: one act, one reason.
        note(incident, { kind: 'takenOver', data, ...(index === 0 ? { personal: { reason } } : {}) });
      }
      return { stages: stages.map(({ id }) => id) };
    },
    {
      validator: ({ stageId }) => {
        mustBeOpen(incident);
        mustKeepUp(incident);
        if (stageId === null) return;
        const stage = state.stages[stageId];
        if (!stage) throw refused('UnknownStage');
        if (stage.ended) throw refused('StageEnded', stage.ended);
      },
    },
  );
}

function answerClosing(incident: Incident): void {
  const { state } = incident;
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
    ({ by, approve, reason }) => {
      const proposal = state.proposal!;
      closeStage(incident, findStage(incident, 'approveClosing')!, approve ? 'approved' : 'refused', by);
      state.proposal = null;
      if (!approve) {
        note(incident, { kind: 'closingRefused', data: { by }, personal: { reason } });
        return { closed: false, at: now() };
      }
      for (const stage of openStages(state)) closeStage(incident, stage, 'closed', by);
      state.closed = { person: by, at: now(), as: proposal.as };
      const data = { by, proposedBy: proposal.by, as: proposal.as };
      note(incident, { kind: 'incidentClosed', data, personal: { reason } });
      return { closed: true, at: now() };
    },
    {
      validator: ({ by, proposedAt }) => {
        mustBeOpen(incident);
        if (!state.proposal) throw refused('NothingProposed');
        if (proposedAt && proposedAt !== state.proposal.at) throw refused('OtherProposal', state.proposal);
        if (state.proposal.by === by) throw refused('SamePerson');
      },
    },
  );
}

function positionOf({ plan, state }: Incident): Position {
  const open = openStages(state);
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
    openStages: open.map(({ id }) => id),
  };
}

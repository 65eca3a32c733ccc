import { setHandler } from '@temporalio/workflow';
import { hasStage, instanceOf, planStage, ruleName } from '../incident/escalation.ts';
import type { StageId } from '../incident/ids.ts';
import { msBetween } from '../incident/instant.ts';
import type { StageState } from '../incident/state.ts';
import { endWith } from './answer-stages.ts';
import { hadBegun } from './begun.ts';
import { now } from './clock.ts';
import { closeStage, findStage, note, openStage, openStages, type Incident } from './incident-context.ts';
import * as messages from './messages-report-chain.ts';
import { mustBeOpen, mustKeepUp, refused } from './refuse.ts';

/** Reports up the line: made by phone, sent in writing, taken on above the county. */
export function answerReportChain(incident: Incident): void {
  answerPhonedReports(incident);
  answerSendings(incident);
  setHandler(
    messages.handOnReport,
    ({ receiver, note: words, ...data }) => {
      const personal = { ...(receiver ? { receiver } : {}), ...(words ? { note: words } : {}) };
      note(incident, { kind: 'reportHandedOn', data, personal });
      return { at: now() };
    },
    {
      validator: ({ party, handedAt }) => {
        mustBeOpen(incident);
        mustKeepUp(incident);
        if (!Object.hasOwn(incident.plan.parties, party)) throw refused('UnknownParty');
        if (msBetween(now(), handedAt) > 0) throw refused('ToldInFuture');
      },
    },
  );
}

/** A call is the alarm: what asks to report to that party has ended with it. The text is owed from then on. */
function answerPhonedReports(incident: Incident): void {
  setHandler(
    messages.phoneReport,
    ({ by, report, name, party, number, calledAt, answered, said, stageId }) => {
      note(incident, {
        kind: 'phoneCalled',
        data: { by, person: null, party, calledAt, answered, report },
        personal: { number, ...(said ? { said } : {}) },
      });
      if (!answered) return { at: now(), ended: [], written: null };
      const asked = openStages(incident.state).filter((stage) =>
        stageId === null
          ? hadBegun(stage, calledAt) && asksToReport(incident, stage, party)
          : stage.id === stageId,
      );
      for (const stage of asked)
        endWith(incident, stage, 'reported', by, said ? `电话报告：${said}` : '电话报告');
      return { at: now(), ended: asked.map(({ id }) => id), written: oweInWriting(incident, report, name) };
    },
    {
      validator: ({ party, calledAt, stageId, answered }) => {
        mustBeOpen(incident);
        mustKeepUp(incident);
        if (!Object.hasOwn(incident.plan.parties, party)) throw refused('UnknownParty');
        if (msBetween(now(), calledAt) > 0) throw refused('ToldInFuture');
        if (stageId === null) return;
        const stage = incident.state.stages[stageId];
        if (!stage) throw refused('UnknownStage');
        if (stage.ended) throw refused('StageEnded', stage.ended);
        if (!answered) throw refused('NotAnswered');
        if (!canEndReported(incident, stage)) throw refused('UnknownOutcome');
        if (!hadBegun(stage, calledAt)) throw refused('ToldBeforeSent');
      },
    },
  );
}

const canEndReported = ({ plan }: Incident, { stage }: StageState): boolean =>
  planStage(plan, stage).outcomes.reported?.continues === false;

/** A duty of ours to report to this party, by a paper that the plan names. */
function asksToReport(incident: Incident, stage: StageState, party: string): boolean {
  const { owner, tells, documents } = planStage(incident.plan, stage.stage);
  const tellsIt = owner !== party && tells.some((line) => line.party === party);
  return tellsIt && documents.length > 0 && canEndReported(incident, stage);
}

/** The written report has a clock of its own, from the call on: once for each report, however many were called. */
function oweInWriting(incident: Incident, report: number, name: string): StageId | null {
  const { plan, state } = incident;
  const wasSent = Object.values(state.sendings ?? {}).some((each) => each.report === report && each.signed);
  if (!hasStage(plan, 'writtenReport') || wasSent) return null;
  const key = instanceOf('writtenReport', report);
  const open = findStage(incident, key);
  const stage = open && !open.ended ? open : openStage(incident, key, { about: { name, says: '' } });
  return stage.id;
}

/** A report goes to all recipients at once, each with a receipt of its own. */
function answerSendings(incident: Incident): void {
  const { state, plan } = incident;
  setHandler(
    messages.sendReport,
    (data) => {
      const { signed, report, name, by } = data;
      const before = state.sendings?.[keyOf(data)];
      if (before) return { at: before.at, stageId: before.stageId, again: true };
      const sending = Object.keys(state.sendings ?? {}).length + 1;
      lapseReceipts(incident, data);
      const stage = hasStage(plan, 'reportReceipt')
        ? openStage(incident, instanceOf('reportReceipt', sending), {
            about: { name, says: saysOf(data) },
          })
        : null;
      const parties = stage ? planStage(plan, stage.stage).tells.map(({ party }) => party) : [];
      const stageId = stage?.id ?? null;
      note(incident, { kind: 'reportSent', data: { sending, ...data, stageId, parties } });
      state.sendings = { ...state.sendings, [keyOf(data)]: { report, signed, stageId, at: now() } };
      const owed = findStage(incident, instanceOf('writtenReport', report));
      if (signed && owed && !owed.ended)
        closeStage(incident, owed, 'sent', by, `${name}已签发，送各接收单位`);
      return { at: now(), stageId, again: false };
    },
    {
      validator: (_said) => {
        mustBeOpen(incident);
        mustKeepUp(incident);
      },
    },
  );
}

const keyOf = ({ document, signed }: Pick<messages.ReportSending, 'document' | 'signed'>): string =>
  `${document} ${signed ? 'signed' : 'ahead'}`;

/** Nobody is asked to confirm what another paper has taken the place of: the old one, and what went ahead of this report. */
function lapseReceipts(incident: Incident, { document, report, old }: messages.ReportSending): void {
  const { sendings = {}, stages } = incident.state;
  const replaced = [document, ...(old ? [old.document] : [])];
  for (const [key, { stageId, ...sent }] of Object.entries(sendings)) {
    const isReplaced =
      replaced.some((each) => key.startsWith(each)) || (sent.report === report && !sent.signed);
    const stage = isReplaced && stageId ? stages[stageId] : undefined;
    if (stage && !stage.ended && ruleName(stage.stage) === 'reportReceipt')
      closeStage(incident, stage, 'lapsed', null);
  }
}

/** What recipients are told of it: never what it says. */
function saysOf({ name, signed, old }: messages.ReportSending): string {
  if (!signed) return `${name}未签发·先行告知`;
  if (old) return `${name}已签发，${old.act === 'corrects' ? '更正' : '撤回'}此前所发的报告，以本次为准`;
  return `${name}已签发`;
}

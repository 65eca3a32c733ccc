import { ApplicationFailure } from '@temporalio/workflow';
import { outboxSize } from '../incident/outbox.ts';
import { REFUSALS, type RefusalCode } from '../incident/refusal.ts';
import type { Incident } from './incident-context.ts';

/** A refusal as the API knows it: the code is the failure's type. */
export const refused = (code: RefusalCode, details?: unknown): ApplicationFailure =>
  ApplicationFailure.create({
    type: code,
    message: REFUSALS[code],
    nonRetryable: true,
    details: details === undefined ? [] : [details],
  });

export function mustBeOpen(incident: Incident): void {
  mustNotBeClosed(incident);
  const { drillEnded } = incident.state;
  if (drillEnded) throw refused('DrillEnded', drillEnded);
}

/** The same for what still comes when a drill is over: its papers. */
export function mustNotBeClosed({ state, moving }: Incident): void {
  if (moving) throw refused('Moving');
  if (state.closed) throw refused('IncidentClosed', { at: state.closed.at, as: state.closed.as });
}

/** Texts wait here until the register takes them; past this there is no room left to carry them to another run. */
const OUTBOX_LIMIT = 1_000_000;

export function mustKeepUp({ state }: Incident): void {
  if (outboxSize(state.outbox) > OUTBOX_LIMIT) throw refused('RegisterBehind');
}

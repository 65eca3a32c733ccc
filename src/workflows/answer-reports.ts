import { setHandler } from '@temporalio/workflow';
import { missed } from '../incident/escalation.ts';
import { parseMessageKey } from '../incident/ids.ts';
import { now } from './clock.ts';
import { note, type Incident } from './incident-context.ts';
import * as messages from './messages.ts';

/** Enough for a provider that repeats itself; an incident may go on for months. */
const REMEMBERED = 20;

/** Delivery reports: a call that was not taken or a message that cannot be delivered is followed by the next try at once. */
export function answerReports(incident: Incident): void {
  setHandler(messages.deliveryReported, ({ key, status, code }) => {
    const { state, plan } = incident;
    const place = parseMessageKey(key);
    const stage = place && state.stages[place.stageId];
    // A provider repeats itself, and answers for incidents long gone: what says nothing new changes nothing.
    if (state.closed || !stage || !place || stage.opening !== place.opening) return;
    const line = stage.lines.find(({ line }) => line === place.line);
    if (!line || line.reported?.includes(`${key} ${status}`)) return;
    line.reported = [...(line.reported ?? []), `${key} ${status}`].slice(-REMEMBERED);
    note(incident, { kind: 'deliveryReported', data: { key, status, code } });
    if (status === 'delivered' || stage.ended) return;
    if (state.sending[key]) line.missedEarly = key;
    else missed(plan, stage, line, place, now());
  });
}

import { ladder, ruleName, rulesOf } from '../incident/escalation.ts';
import { parseMessageKey } from '../incident/ids.ts';
import type { LineState, StageState } from '../incident/state.ts';
import { closeStage, type Incident } from './incident-context.ts';

/**
 * A report that was sent has arrived once each of its recipients has confirmed: there the receipt is the evidence. Somebody above
 * who confirmed in a recipient's place stops the climbing, and is no recipient.
 */
export function endReceived(incident: Incident, stage: StageState, by: string): void {
  if (ruleName(stage.stage) !== 'reportReceipt' || stage.ended) return;
  const lines = stage.lines.filter(({ clock }) => clock === 'receipt');
  if (lines.every((line) => hasReceived(incident, stage, line)))
    closeStage(incident, stage, 'received', by, '各接收单位均已确认收到');
}

function hasReceived({ plan }: Incident, stage: StageState, line: LineState): boolean {
  const steps = ladder(plan, rulesOf(plan, stage), line);
  return line.confirmed.some((key) => {
    const answers = line.answers?.[key];
    const stands = !answers?.revoked || answers.registered === true;
    return stands && steps[parseMessageKey(key)!.rung]?.party === line.party;
  });
}

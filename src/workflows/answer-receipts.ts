import { setHandler } from '@temporalio/workflow';
import { acknowledge as acknowledgeLine } from '../incident/escalation.ts';
import { parseMessageKey } from '../incident/ids.ts';
import type { LineState, StageState } from '../incident/state.ts';
import { now } from './clock.ts';
import { note, withdraw, type Incident } from './incident-context.ts';
import * as messages from './messages.ts';
import { mustBeOpen, refused } from './refuse.ts';

/** Receipts: a person has the message. */
export function answerReceipts(incident: Incident): void {
  const lineOf = (key: string): { stage: StageState; line: LineState } | null => {
    const place = parseMessageKey(key);
    const stage = place && incident.state.stages[place.stageId];
    const line =
      stage?.opening === place?.opening ? stage?.lines.find(({ line }) => line === place?.line) : undefined;
    const wasTold =
      place && line && (place.rung < line.rung || (place.rung === line.rung && place.repeat <= line.repeat));
    return stage && line && wasTold ? { stage, line } : null;
  };
  /** Of an earlier opening of the stage, or of an overdue limit that was answered since. */
  const isPast = (key: string): boolean => {
    const place = parseMessageKey(key);
    const stage = place && incident.state.stages[place.stageId];
    return !!stage && (place.opening < stage.opening || (stage.turns > 0 && place.line.includes(':overdue')));
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
        if (!lineOf(key)) throw refused(isPast(key) ? 'StageEnded' : 'UnknownMessage');
      },
    },
  );
}

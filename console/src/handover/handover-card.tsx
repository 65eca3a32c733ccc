import type { ReactNode } from 'react';
import { serverNow } from '../api/clock.ts';
import { shortly } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { DutyLines, type DutyLine } from './duty-lines.tsx';
import type { HandedDuty, Handover } from './handovers.ts';
import { HANDOVER } from './words.ts';

/** One handover: between whom, its duties and what became of them, its note, and what may be done. */
export function HandoverCard({ handover, children }: { handover: Handover; children?: ReactNode }) {
  const words = useWords(HANDOVER);
  const { fromName, toName, status, offeredAt, note, duties } = handover;
  return (
    <li className={`handover ${status}`}>
      <h3>
        {words.between(fromName, toName)} <span className="mark">{words.status[status]}</span>
      </h3>
      <p className="soft">{words.from(fromName, shortly(offeredAt, serverNow()))}</p>
      {note && <p className="note">{note}</p>}
      <DutyLines duties={duties.map(lineOf)} isOver={status !== 'offered'} />
      {children}
    </li>
  );

  function lineOf(duty: HandedDuty): DutyLine {
    const { own, takenOver, skipped } = duty;
    const left = skipped === null ? null : (words.skipped[skipped] ?? skipped);
    return { ...duty, became: takenOver ? words.taken : (left ?? (own ? null : words.toldOnly)) };
  }
}

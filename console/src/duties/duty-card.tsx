import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Attach } from '../attachments/attach.tsx';
import { nameOf, type Act } from '../acts/acts.ts';
import { StagePapers } from '../documents/stage-papers.tsx';
import { serverNow } from '../api/clock.ts';
import { Countdown } from '../look/countdown.tsx';
import { shortly } from '../look/time.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import { isMine, type Duty } from './duties.ts';
import { DUTIES } from './words.ts';

interface Props {
  duty: Duty;
  active: Act | null;
  start(act: Act | null): void;
  /** The form of the active act. */
  children: ReactNode;
}

/** One duty: what it is, by when, whether it was confirmed, and what may be recorded of it. */
export function DutyCard({ duty, active, start, children }: Props) {
  const words = useWords(DUTIES);
  const { language } = useSpeech();
  const isOpen = (act: Act): boolean => active !== null && nameOf(act) === nameOf(active);
  return (
    <li className={`duty ${duty.overdue ? 'late' : ''}`}>
      <h3>
        {duty.stageName} {duty.drill && <span className="mark drill">{words.drill}</span>}
        <span className="mark">{words.held[duty.held]}</span>
      </h3>
      <p className="by">
        <Countdown dueAt={duty.dueAt} />
      </p>
      <p>{duty.duty}</p>
      <p className="soft">
        <Link to={`/incidents/${duty.incidentId}`}>{duty.number ?? words.numberSoon}</Link> ·{' '}
        {duty.branchName} · {duty.officeName} · {duty.clause}
        {!isMine(duty) && ` · ${words.heldBy(duty.holderName ?? duty.ownerName)}`}
      </p>
      <p className={duty.receipt.acknowledgedAt ? 'receipt confirmed' : 'receipt'}>{receipt()}</p>
      {duty.outcomes.length > 0 && (
        <div className="act-buttons" role="group" aria-label={`${words.record} ${duty.stageName}`}>
          {duty.outcomes.map((act) => (
            <button
              key={nameOf(act)}
              type="button"
              aria-expanded={isOpen(act)}
              onClick={() => start(isOpen(act) ? null : act)}
            >
              {act.title[language].replace(/^[^：:]*[：:]\s*/, '')}
            </button>
          ))}
        </div>
      )}
      {duty.outcomes.length === 0 && isMine(duty) && (
        <Link className="act-link" to={`/incidents/${duty.incidentId}`}>
          {words.open}
        </Link>
      )}
      {duty.outcomes.some(isOpen) && children}
      {isMine(duty) && <StagePapers incident={duty.incidentId} stage={duty.stageId} />}
      {isMine(duty) && <Attach incident={duty.incidentId} stage={duty.stageId} />}
    </li>
  );

  function receipt(): string {
    const { declinedAt, arrivedAt, acknowledgedAt, sentAt } = duty.receipt;
    const at = (instant: string): string => shortly(instant, serverNow());
    if (declinedAt) return words.receipt.declined(at(declinedAt));
    if (arrivedAt) return words.receipt.arrived(at(arrivedAt));
    if (acknowledgedAt) return words.receipt.acknowledged(at(acknowledgedAt));
    return sentAt ? words.receipt.sent(at(sentAt)) : words.receipt.none;
  }
}

import { Link } from 'react-router';
import { Countdown } from '../look/countdown.tsx';
import { useWords } from '../words/words.tsx';
import { HANDOVER } from './words.ts';

export interface DutyLine {
  incidentId: string;
  number: string | null;
  stage: string;
  stageName: string;
  dueAt: string | null;
  /** What became of it, where that is known. */
  became?: string | null;
}

/** Duties, one a line, each with the way to its incident; `isOver` where no deadline runs any more. */
export function DutyLines({ duties, isOver = false }: { duties: DutyLine[]; isOver?: boolean }) {
  const words = useWords(HANDOVER);
  if (duties.length === 0) return <p className="soft">{words.noDuties}</p>;
  return (
    <ul className="handed">
      {duties.map((duty) => (
        <li key={`${duty.incidentId} ${duty.stage}`}>
          <Link to={`/incidents/${duty.incidentId}`}>{duty.number ?? words.numberSoon}</Link> {duty.stageName}{' '}
          {!isOver && <Countdown dueAt={duty.dueAt} />}
          {duty.became && <span className="mark">{duty.became}</span>}
        </li>
      ))}
    </ul>
  );
}

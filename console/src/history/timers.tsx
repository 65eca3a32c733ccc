import { Countdown } from '../look/countdown.tsx';
import { useWords } from '../words/words.tsx';
import type { History } from './history.ts';
import { HISTORY } from './words.ts';

/** What the workflow's timers wait for: what happens next if nobody acts. */
export function Timers({ next }: { next: History['next'] }) {
  const words = useWords(HISTORY);
  return (
    <section className="card">
      <h2>{words.next}</h2>
      {next === null && <p>{words.nextUnknown}</p>}
      {next?.length === 0 && <p className="soft">{words.nextNone}</p>}
      <ul className="plain-list">
        {next?.map(({ at, stageId, stageName, line, partyName }) => (
          <li key={`${stageId} ${line} ${at}`}>
            <Countdown dueAt={at} />{' '}
            {line === 'overdue' ? words.due(partyName, stageName) : words.toTell(partyName, stageName)}
          </li>
        ))}
      </ul>
    </section>
  );
}

import { clockWithSeconds, day, dayAndClock } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import type { History, RawEvent } from './history.ts';
import { HISTORY } from './words.ts';

/** What happened, in words, the raw events behind each line. */
export function Story({ history: { story, runs } }: { history: History }) {
  const words = useWords(HISTORY);
  const eventsOf = new Map(runs.map(({ runId, events }) => [runId, new Map(events.map((e) => [e.id, e]))]));
  return (
    <section className="card">
      <h2>
        {words.story} <span className="soft">{words.lines(story.length)}</span>
      </h2>
      <ol className="story">
        {story.map(({ at, run, text, events }, index) => (
          <li key={`${run} ${index}`}>
            <time dateTime={at}>
              {day(at).slice(5)} {clockWithSeconds(at)}
            </time>
            <div>
              {text}
              <Raw
                name={words.events(events.length)}
                events={events.flatMap((id) => eventsOf.get(run)?.get(id) ?? [])}
              />
            </div>
          </li>
        ))}
      </ol>
      {runs.map(({ runId, workflowType, endedAt, archived, events }, index) => (
        <div key={runId}>
          <h3>
            {words.run(index + 1, workflowType, endedAt && dayAndClock(endedAt))}{' '}
            {archived && <span className="mark">{words.archived}</span>}
          </h3>
          <Raw name={`${words.allEvents} ${events.length}`} events={events} />
        </div>
      ))}
    </section>
  );
}

function Raw({ name, events }: { name: string; events: RawEvent[] }) {
  return (
    <details className="raw">
      <summary>{name}</summary>
      {events.map(({ id, at, type, attributes }) => (
        <pre key={id} tabIndex={0} aria-label={`${id} ${type}`}>
          {`${id} ${type} ${at}\n${JSON.stringify(attributes, null, 2)}`}
        </pre>
      ))}
    </details>
  );
}

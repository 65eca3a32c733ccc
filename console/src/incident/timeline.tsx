import { useState } from 'react';
import { day, clockWithSeconds } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { useEntryWords } from './entry-words.ts';
import type { Detail, Entry } from './incident.ts';
import { INCIDENT } from './words.ts';

/** More than this is folded until somebody asks. */
const SHOWN = 20;

/** Everything that stands in the record, the newest first, each entry with its hash. */
export function Timeline({ detail: { timeline } }: { detail: Detail }) {
  const words = useWords(INCIDENT);
  const [all, setAll] = useState(false);
  const newest = [...timeline].reverse();
  const shown = all ? newest : newest.slice(0, SHOWN);
  return (
    <section className="card timeline">
      <h2>
        {words.timeline} <span className="soft">{words.entries(timeline.length)}</span>
      </h2>
      <ol reversed>
        {shown.map((entry) => (
          <Line key={entry.seq} entry={entry} />
        ))}
      </ol>
      {shown.length < newest.length && (
        <button type="button" className="more" onClick={() => setAll(true)}>
          {words.showAll}
        </button>
      )}
    </section>
  );
}

function Line({ entry }: { entry: Entry }) {
  const words = useWords(INCIDENT);
  const say = useEntryWords();
  const personal = Object.entries(entry.personal ?? {});
  return (
    <li value={entry.seq}>
      <time dateTime={entry.at}>
        {day(entry.at).slice(5)} {clockWithSeconds(entry.at)}
      </time>
      <span className="said">
        {say(entry)}
        {personal.map(([name, value]) => (
          <q key={name}>{value ?? words.erased}</q>
        ))}
      </span>
      <code title={entry.hash}>
        <span className="visually-hidden">{words.hash} </span>
        {entry.hash.slice(0, 8)}
      </code>
    </li>
  );
}

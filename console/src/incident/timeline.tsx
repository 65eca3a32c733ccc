import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { day, clockWithSeconds } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { useEntryWords } from './entry-words.ts';
import type { Detail, Entry } from './incident.ts';
import type { CourseOf } from './use-course.ts';
import { INCIDENT } from './words.ts';

/** More than this is folded until somebody asks. */
const SHOWN = 20;

interface Props {
  detail: Detail;
  /** The hash check; undefined while it is made. */
  record: CourseOf['record'] | undefined;
}

/** Everything that stands in the record, the newest first, each entry with its hash. */
export function Timeline({ detail: { timeline }, record }: Props) {
  const words = useWords(INCIDENT);
  const [all, setAll] = useState(false);
  const newest = [...timeline].reverse();
  const shown = all ? newest : newest.slice(0, SHOWN);
  return (
    <section className="card timeline">
      <h2>
        {words.timeline} <span className="soft">{words.entries(timeline.length)}</span>
      </h2>
      <Check record={record} />
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

function Check({ record }: { record: CourseOf['record'] | undefined }) {
  const words = useWords(INCIDENT);
  if (!record) return <p className="soft">{words.checking}</p>;
  const { verified, entries, firstBroken, anchored } = record;
  return verified ? (
    <p className="intact">
      <ShieldCheck size={18} aria-hidden /> {words.intact(entries)} {!anchored && words.notAnchored}
    </p>
  ) : (
    <p className="broken" role="alert">
      <ShieldAlert size={18} aria-hidden /> {words.broken(firstBroken)}
    </p>
  );
}

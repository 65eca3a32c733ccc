import type { SaidTime } from '../../../src/incident/four-times.ts';
import { dayAndClock } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { TIMES } from './words.ts';

/** One time and, below it, whose word it is. */
export function Said({ time, nameOf }: { time: SaidTime; nameOf: (person: string) => string }) {
  const words = useWords(TIMES);
  const { at, source, by, channel } = time;
  if (source === 'unknown') return <span className="soft">{words.unsaid}</span>;
  const from = [words.sources[source], by && nameOf(by), channel && words.via[channel]];
  return (
    <>
      {at ? <time dateTime={at}>{dayAndClock(at)}</time> : <i className="soft">{words.sealed}</i>}
      <small>{from.filter(Boolean).join(' · ')}</small>
    </>
  );
}

import { useEntryWords } from '../incident/entry-words.ts';
import { useIncident } from '../incident/incident.ts';
import { clockWithSeconds } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { ACTS } from './words.ts';

/** A clock may be read this much apart from the register's. */
const LEEWAY_MS = 3_000;
const MOST = 6;

/** What only says that messages went out: nothing that somebody did. */
const NOISE = new Set(['messageSent', 'messageSettled', 'deliveryReported', 'messageWithdrawn']);

/** What others did since a form was opened, so that a refusal is no riddle. `since` in milliseconds. */
export function Meanwhile({ id, since }: { id: string; since: number }) {
  const words = useWords(ACTS);
  const say = useEntryWords();
  const { data } = useIncident(id);
  const entries = (data?.timeline ?? [])
    .filter(({ at, kind }) => Date.parse(at) > since - LEEWAY_MS && !NOISE.has(kind))
    .slice(-MOST);
  if (entries.length === 0) return null;
  return (
    <div className="meanwhile">
      <p>{words.meanwhile}</p>
      <ul>
        {entries.map((entry) => (
          <li key={entry.seq}>
            {clockWithSeconds(entry.at)} {say(entry)}
          </li>
        ))}
      </ul>
    </div>
  );
}

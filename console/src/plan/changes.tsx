import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { durationInWords } from '../look/time.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import { useDiff, type Checked } from './plan.ts';
import { PLAN } from './words.ts';

/** What changes, by group: the bureau's own limits apart from the plan itself. */
export function Changes({ changes }: { changes: Checked['changes'] }) {
  const words = useWords(PLAN);
  const { language } = useSpeech();
  const inWords = (text: string): string =>
    text
      .replaceAll(/\bP(?=[\dT])(?:\d+D)?(?:T(?:\d+[HMS])+)?/g, (iso) => durationInWords(iso, language))
      .replaceAll(/[a-zA-Z]+(?=:)/g, (field) => words.fields[field] ?? field);
  if (changes.length === 0) return <p className="soft">{words.noChanges}</p>;
  const groups = [...new Set(changes.map(({ group }) => group))];
  return (
    <div className="changes">
      {groups.map((group) => (
        <div key={group}>
          <p>{words.groups[group]}</p>
          <ul>
            {changes
              .filter((change) => change.group === group)
              .map(({ text }) => (
                <li key={text}>{inWords(text)}</li>
              ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

/** What changed between two editions, by their hashes. */
export function DiffOf({ plan, before, after }: { plan: string; before: string; after: string }) {
  const { data, error } = useDiff(plan, before, after);
  if (error) return <ProblemNote error={error} />;
  return data ? <Changes changes={data.changes} /> : <Loading />;
}

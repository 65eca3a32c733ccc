import { BellRing } from 'lucide-react';
import { useNow } from '../api/ticking.ts';
import { span } from '../look/time.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import type { CourseOf } from './use-course.ts';
import { INCIDENT } from './words.ts';

/** Who is told next if nobody acts: always in sight. Null: no worker answers; undefined: not known yet. */
export function NextLine({ next }: { next: CourseOf['next'] | undefined }) {
  const words = useWords(INCIDENT);
  const { language } = useSpeech();
  const now = useNow();
  if (next === undefined) return null;
  const [first, ...later] = next ?? [];
  const left = first ? Date.parse(first.at) - now : 0;
  return (
    <section className="next-line" aria-label={words.next}>
      <BellRing size={20} aria-hidden />
      <div>
        <span className="soft">{words.next}</span>{' '}
        {first ? (
          <>
            <b>{first[language]}</b> {left > 0 && <small>{words.in(span(left))}</small>}
          </>
        ) : (
          <span>{next === null ? words.nextUnknown : words.nextNone}</span>
        )}
        {later.length > 0 && (
          <details>
            <summary>{words.thenMore(later.length)}</summary>
            <ol className="plain-list">
              {later.map((one) => (
                <li key={`${one.stageId} ${one.line} ${one.at}`}>{one[language]}</li>
              ))}
            </ol>
          </details>
        )}
      </div>
    </section>
  );
}

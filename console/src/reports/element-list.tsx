import { serverNow } from '../api/clock.ts';
import { shortly } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import type { Link } from './chain.ts';
import { REPORTS } from './words.ts';

/** Six elements: each a value, or 正在核实 since when and until when. */
export function ElementList({ elements, shown }: { elements: Link['elements']; shown: boolean }) {
  const words = useWords(REPORTS);
  const now = serverNow();
  return (
    <dl className="facts elements">
      {elements.map(({ element, state, value, since, until }) => (
        <div key={element}>
          <dt>{words.elements[element]}</dt>
          <dd className={state}>
            {shown && value ? value : words.states[state]}
            {state === 'verifying' && (
              <small>
                {[
                  since && words.since(shortly(since, now)),
                  until && (Date.parse(until) < now ? words.untilPassed : words.until(shortly(until, now))),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

import { Clock } from 'lucide-react';
import { useWords } from '../words/words.tsx';
import type { CourseOf } from './use-course.ts';
import { INCIDENT } from './words.ts';

type Coming = CourseOf['stages'][number];

/** Where there is little room, what is open comes first. */
const PHONE = '(max-width: 820px)';

/** What may still come of the plan, by what would open it. */
export function ComingStages({ stages }: { stages: Coming[] }) {
  const words = useWords(INCIDENT);
  const groups = new Map<string, Coming[]>();
  for (const stage of stages) {
    const when = whenOf(stage.opensWhen).join(words.or);
    groups.set(when, [...(groups.get(when) ?? []), stage]);
  }
  if (stages.length === 0) return null;
  return (
    <details className="coming-fold" open={!matchMedia(PHONE).matches}>
      <summary>{words.mayCome(stages.length)}</summary>
      <ol className="stages">{[...groups].map(group)}</ol>
    </details>
  );

  function group([when, own]: [string, Coming[]]) {
    return (
      <li key={when} className="stage coming">
        <span className="dot" aria-hidden>
          <Clock size={18} />
        </span>
        <div className="stage-body">
          <h4>
            <span className="stage-state coming">{words.states.coming}</span>
            {when ? words.when(when) : words.atTheEnd}
          </h4>
          <ul className="coming-list">
            {own.map(({ stage, name, source, ownerName }) => (
              <li key={stage}>
                <span className={`origin ${source}`}>{words.sources[source]}</span> {name}{' '}
                <small>{ownerName}</small>
              </li>
            ))}
          </ul>
        </div>
      </li>
    );
  }
}

/** Each duty that may open it once, with all its outcomes that do. */
function whenOf(causes: Coming['opensWhen']): string[] {
  const byStage = new Map<string, string[]>();
  for (const { stageName, outcomeName } of causes)
    byStage.set(stageName, [...(byStage.get(stageName) ?? []), outcomeName]);
  return [...byStage].map(([stage, outcomes]) => `${stage}：${outcomes.join('／')}`);
}

import { useNow } from '../api/ticking.ts';
import { shortly } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { ComingStages } from './coming.tsx';
import type { Detail } from './incident.ts';
import { useNames } from './names.ts';
import { StageCard } from './stage-card.tsx';
import type { CourseOf } from './use-course.ts';
import { INCIDENT } from './words.ts';

/** The plan's branch as a picture: what is done, what is open, what is overdue; earlier branches folded away. */
export function Course({ detail, course }: { detail: Detail; course: CourseOf | undefined }) {
  const words = useWords(INCIDENT);
  const names = useNames();
  const now = useNow();
  const coming = (course?.stages ?? []).filter(({ state }) => state === 'coming');
  const branches = [...detail.branches].reverse();
  return (
    <section className="course">
      <h2>{words.course}</h2>
      {detail.firstResponse.length > 0 && (
        <>
          <h3>
            <span className="clause">四</span> {words.firstResponse}
          </h3>
          <ol className="stages">
            {detail.firstResponse.map((stage) => (
              <StageCard key={`${stage.id}/${stage.opening}`} stage={stage} now={now} />
            ))}
          </ol>
          <ComingStages stages={coming.filter(({ ofIncident }) => ofIncident)} />
        </>
      )}
      {branches.map((branch, index) => {
        const isNow = index === 0;
        const how =
          branch.by === null
            ? words.chosenByPlan
            : words.chosenBy(names.person(branch.by), shortly(branch.enteredAt!, now));
        const stages = (
          <ol className="stages">
            {branch.stages.map((stage) => (
              <StageCard key={`${stage.id}/${stage.opening}`} stage={stage} now={now} />
            ))}
          </ol>
        );
        const title = (
          <>
            <span className="clause">{branch.clause}</span> {branch.name}{' '}
            <small>{isNow ? how : `${how} · ${words.left(shortly(branch.leftAt!, now))}`}</small>
          </>
        );
        return isNow ? (
          <div key={branch.entry}>
            <h3>{title}</h3>
            {stages}
            <ComingStages stages={coming.filter(({ ofIncident }) => !ofIncident)} />
          </div>
        ) : (
          <details key={branch.entry}>
            <summary>
              {words.earlier}：{title}
            </summary>
            {stages}
          </details>
        );
      })}
    </section>
  );
}

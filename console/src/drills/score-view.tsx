import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import { ask } from '../api/client.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { span } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import type { OfficeScore } from './drills.ts';
import { DRILLS } from './words.ts';

const time = (ms: number | null): string => (ms === null ? '' : ` ${span(ms)}`);

/** One office's drill against the plan: stage by stage, its report, and who took part. */
export function ScoreView({ score, person }: { score: OfficeScore; person: string | null }) {
  const words = useWords(DRILLS);
  return (
    <section className="score">
      <h3>
        {score.name} <Link to={`/incidents/${score.incident}`}>{score.number}</Link>
      </h3>
      <ul className="stages">
        {score.stages.map(({ stageId, stageName, clause, told, evidence, evidenceMs, limitMs }, index) => (
          <li key={`${stageId} ${index}`}>
            <strong>{stageName}</strong> <span className="soft">{clause}</span>
            <p>
              {words.evidence}：{words.evidenceOf[evidence]}
              {evidence === 'within' || evidence === 'later' ? time(evidenceMs) : ''}
              {limitMs !== null && (
                <span className="soft">
                  （{words.limit}
                  {time(limitMs)}）
                </span>
              )}
            </p>
            {told.map((line) => (
              <p key={line.party} className="told-line">
                {line.partyName}：{words.toldOf[line.result]}
                {time(line.toldMs)}
                {line.confirmed !== 'none' && (
                  <>
                    ；{words.confirmed}：{words.confirmedOf[line.confirmed]}
                    {time(line.confirmMs)}
                    {line.limitMs !== null && (
                      <span className="soft">
                        （{words.limit}
                        {time(line.limitMs)}）
                      </span>
                    )}
                  </>
                )}
              </p>
            ))}
          </li>
        ))}
      </ul>
      {score.report.length > 0 && (
        <p>
          {words.report}：
          {score.report
            .map(
              ({ element, state, without }) =>
                `${words.elements[element]} ${words.elementOf[state]}${without.length > 0 ? ` “${without.join('” “')}”` : ''}`,
            )
            .join('；')}
        </p>
      )}
      <h4>{words.participation}</h4>
      <ul>
        {score.people.map(({ person: id, name, told, confirmed, acts }) => (
          <li key={id}>
            {name}：{words.counts(told, confirmed, acts)}
          </li>
        ))}
      </ul>
      {person && <DraftSummary score={score} person={person} />}
    </section>
  );
}

/** Fills the drill summary from the score, on the drill's own incident: there it is edited, signed and numbered apart. */
function DraftSummary({ score, person }: { score: OfficeScore; person: string }) {
  const words = useWords(DRILLS);
  const draft = useMutation({
    mutationFn: () =>
      ask(`/api/incidents/${score.incident}/documents`, {
        method: 'POST',
        body: { by: person, template: 'drill-summary', fields: score.summary },
      }),
  });
  if (draft.isSuccess) return <p role="status">{words.drafted}</p>;
  return (
    <>
      <button type="button" disabled={draft.isPending} onClick={() => draft.mutate()}>
        {words.summary}
      </button>
      <ProblemNote error={draft.error} />
    </>
  );
}

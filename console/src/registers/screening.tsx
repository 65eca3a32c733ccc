import { may, useSession } from '../api/session.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { FindingCard } from './finding-card.tsx';
import { LimitForm } from './limit-form.tsx';
import { useScreenings } from './registers.ts';
import { RoundForm } from './round-form.tsx';
import { REGISTERS } from './words.ts';

/** 分析排查: when each office did it last and is to do it next, a new round, and what the rounds found. */
export function Screening() {
  const words = useWords(REGISTERS);
  const { data: who } = useSession();
  const { data, error } = useScreenings();
  if (!data) return error ? <ProblemNote error={error} /> : <Loading />;
  const { period, offices, rounds } = data;
  return (
    <>
      <ProblemNote error={error} />
      <LimitForm name="screening" period={period} />
      <ul className="offices">
        {offices.map(({ id, name, last, dueOn, isOverdue, openFindings, overdueFindings }) => (
          <li key={id} className={`card ${isOverdue || overdueFindings > 0 ? 'late' : ''}`}>
            <h2>{name}</h2>
            <p>
              {last ? words.lastRound(last) : words.noRound}
              <br />
              {dueOn ? words.nextRound(dueOn) : words.nextUnset}{' '}
              {isOverdue && <span className="overdue">{words.overdue}</span>}
              <br />
              {words.openFindings(openFindings)}{' '}
              {overdueFindings > 0 && (
                <span className="overdue">{words.overdueFindings(overdueFindings)}</span>
              )}
            </p>
          </li>
        ))}
      </ul>
      {may(who, 'respond') && offices.length > 0 && <RoundForm offices={offices} />}
      <h2>{words.rounds}</h2>
      {rounds.length === 0 && <p className="soft">{words.noRounds}</p>}
      {rounds.map(({ id, office, officeName, heldOn, participants, recordedByName, findings }) => (
        <section key={id} className="card">
          <h3>
            {officeName} · {heldOn}
          </h3>
          <p className="soft">{words.took(participants.join('、'), recordedByName)}</p>
          {findings.length === 0 && <p>{words.nothingFound}</p>}
          {findings.map((finding) => (
            <FindingCard key={finding.id} finding={finding} office={office} />
          ))}
        </section>
      ))}
    </>
  );
}

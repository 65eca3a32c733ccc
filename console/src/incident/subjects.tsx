import { useWords } from '../words/words.tsx';
import type { Detail } from './incident.ts';
import { INCIDENT } from './words.ts';

/** The subjects: how each is; who they are only where identities were opened. */
export function Subjects({ detail: { subjects, identities } }: { detail: Detail }) {
  const words = useWords(INCIDENT);
  return (
    <section className="card">
      <h2>
        {words.subjects} <span className="soft">{subjects.length}</span>
      </h2>
      {subjects.length === 0 && <p className="soft">{words.noSubjects}</p>}
      <ul className="subjects">
        {subjects.map((one) => (
          <li key={one.subject}>
            <b>{one.name ?? words.subject(one.subject)}</b>{' '}
            <span className={`mark safety ${one.safety}`}>{words.safety[one.safety]}</span>
            {one.outcome && <span className="mark">{words.subjectOutcome[one.outcome]}</span>}
            <small>
              {[
                one.file && `${words.file} ${one.file}`,
                one.phone && `${words.phone} ${one.phone}`,
                one.correctionType && words.values[one.correctionType],
                one.decidingAuthority,
                identities === 'withheld' && words.withheld,
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

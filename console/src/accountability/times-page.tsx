import { Link } from 'react-router';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { dayAndClock } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { DifferenceCard } from './difference-card.tsx';
import { useDifferences, type OfIncident } from './differences.ts';
import { TIMES } from './words.ts';
import '../incident/incident.css';
import '../look/marks.css';
import './accountability.css';

/** 时间差异待核实: those that concern me, as whoever reported or as their supervisor. */
export function TimesPage() {
  const words = useWords(TIMES);
  const differences = useDifferences();
  return (
    <section className="page times-page">
      <h1>{words.title}</h1>
      <p className="soft">{words.how}</p>
      <ProblemNote error={differences.error} />
      {differences.isPending && <Loading />}
      {differences.data?.length === 0 && <p className="empty">{words.none}</p>}
      {differences.data?.map((one) => (
        <Incident key={one.incident} of={one} />
      ))}
    </section>
  );
}

function Incident({ of }: { of: OfIncident }) {
  const words = useWords(TIMES);
  const { incident, number, office, names, differences, conclusion } = of;
  return (
    <article>
      <h2>
        {number ?? incident.slice(0, 8)} · {names[office] ?? office}{' '}
        <Link to={`/incidents/${incident}`}>{words.open}</Link>
      </h2>
      {differences.map((one) => (
        <DifferenceCard key={one.difference} incident={incident} difference={one} names={names} />
      ))}
      {conclusion && (
        <section className="card conclusion">
          <h3>{words.conclusion}</h3>
          <p className="soft">
            {words.concluded(
              conclusion.name,
              conclusion.number ?? '',
              names[conclusion.signedBy] ?? conclusion.signedBy,
              dayAndClock(conclusion.signedAt),
            )}
          </p>
          {conclusion.says?.map(({ label, text }) => (
            <p key={label} className="words">
              <b>{label}</b>：{text}
            </p>
          ))}
          {conclusion.says === null && (
            <p>
              <Link to={`/incidents/${incident}/documents`}>{words.readIt}</Link>
            </p>
          )}
          {conclusion.says?.length === 0 && <p className="soft">{words.erased}</p>}
        </section>
      )}
    </article>
  );
}

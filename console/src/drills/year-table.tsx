import { useState } from 'react';
import { Link } from 'react-router';
import { serverNow } from '../api/clock.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { day } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { useYear } from './drills.ts';
import { DRILLS } from './words.ts';

/** 每年至少一次: each office's year, with the drills it had or will have. */
export function YearTable() {
  const words = useWords(DRILLS);
  const [year, setYear] = useState(() => Number(day(serverNow()).slice(0, 4)));
  const { data, error } = useYear(year);
  return (
    <section aria-labelledby="drill-year">
      <h2 id="drill-year">
        {words.year} {year}
      </h2>
      <div className="year-steps">
        <button type="button" onClick={() => setYear(year - 1)}>
          ← {year - 1}
        </button>
        <button type="button" onClick={() => setYear(year + 1)}>
          {year + 1} →
        </button>
      </div>
      <ProblemNote error={error} />
      {data ? (
        <>
          {data.clause && <p className="soft">{words.duty(data.clause, data.needed)}</p>}
          <ul className="office-years">
            {data.offices.map(({ office, name, state, drills }) => (
              <li key={office}>
                <strong>{name}</strong> <span className={`mark year-${state}`}>{words.states[state]}</span>
                <ul>
                  {drills.map(({ id, title, startsAt, status, officeStatus }) => (
                    <li key={id}>
                      <Link to={`/drills/${id}`}>{title}</Link>{' '}
                      <span className="soft">
                        {day(startsAt)} ·{' '}
                        {officeStatus && status !== 'scored' && status !== 'summarised'
                          ? words.officeStatuses[officeStatus]
                          : words.statuses[status]}
                      </span>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Loading />
      )}
    </section>
  );
}

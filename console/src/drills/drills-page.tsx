import { Link } from 'react-router';
import { may, useSession } from '../api/session.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { dayAndClock } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { useDrills } from './drills.ts';
import { DRILLS } from './words.ts';
import { YearTable } from './year-table.tsx';
import '../look/marks.css';
import './drills.css';

/** 应急演练: the year of each office, and the orders. */
export function DrillsPage() {
  const words = useWords(DRILLS);
  const { data: who } = useSession();
  const { data: drills, error } = useDrills();
  return (
    <section className="page drills">
      <h1>{words.title}</h1>
      {may(who, 'orderDrill') && who?.account?.person && (
        <p>
          <Link className="confirm" to="/drills/new">
            {words.fresh}
          </Link>
        </p>
      )}
      <YearTable />
      <h2>{words.list}</h2>
      <ProblemNote error={error} />
      {drills?.length === 0 && <p className="soft">{words.none}</p>}
      <ul className="orders">
        {drills?.map((drill) => (
          <li key={drill.id} className="card">
            <Link to={`/drills/${drill.id}`}>{drill.title}</Link>{' '}
            <span className="mark">{words.statuses[drill.status]}</span>
            <p className="soft">
              {dayAndClock(drill.startsAt)} · {words.paceOf(drill.pace)} ·{' '}
              {drill.offices.map(({ name }) => name).join('、')}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { Link } from 'react-router';
import { useWords } from '../words/words.tsx';
import type { Drill } from './drills.ts';
import { DRILLS } from './words.ts';

/** How a drill stands at one office. */
export function OfficeCard({ drill, held }: { drill: Drill; held: Drill['offices'][number] }) {
  const words = useWords(DRILLS);
  return (
    <li className="card">
      <strong>{held.name}</strong>{' '}
      {held.status && <span className={`mark at-${held.status}`}>{words.officeStatuses[held.status]}</span>}
      {held.code && <p className="soft">{words.codes[held.code] ?? held.code}</p>}
      <p>
        {words.people}：{held.participants.map(({ name }) => name).join('、') || words.none2}
      </p>
      {drill.script && held.status && held.status !== 'waiting' && drill.script.scenes.length > 0 && (
        <p className="soft">{words.played(held.scenes.length, drill.script.scenes.length)}</p>
      )}
      {held.incidents.map((id, index) => (
        <p key={id}>
          <Link to={`/incidents/${id}`}>
            {words.incident} {index + 1}
          </Link>
        </p>
      ))}
      {held.realIncident && (
        <p>
          <Link to={`/incidents/${held.realIncident}`}>{words.realIncident}</Link>
        </p>
      )}
    </li>
  );
}

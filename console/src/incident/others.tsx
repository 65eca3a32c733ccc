import { Link } from 'react-router';
import { serverNow } from '../api/clock.ts';
import { shortly } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import type { Detail } from './incident.ts';
import { useNames } from './names.ts';
import { INCIDENT } from './words.ts';

/** Other incidents that belong to this one. */
export function Others({ detail: { subCases, absorbed } }: { detail: Detail }) {
  const words = useWords(INCIDENT);
  const names = useNames();
  const now = serverNow();
  if (subCases.length + absorbed.length === 0) return null;
  return (
    <section className="card">
      {subCases.length > 0 && (
        <>
          <h2>{words.subCases}</h2>
          <ul className="plain-list">
            {subCases.map((one) => (
              <li key={one.id}>
                <Link to={`/incidents/${one.id}`}>
                  {words.subCaseOf(names.branch(one.branch), shortly(one.openedAt, now))}
                </Link>
                {one.endedAt && (
                  <small>
                    {words.endedAs(
                      words.closedAs[one.endedAs ?? ''] ?? one.endedAs ?? '',
                      shortly(one.endedAt, now),
                    )}
                  </small>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {absorbed.length > 0 && (
        <>
          <h2>{words.absorbed}</h2>
          <ul className="plain-list">
            {absorbed.map((one) => (
              <li key={one.id}>
                <Link to={`/incidents/${one.id}`}>{words.received(shortly(one.receivedAt, now))}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

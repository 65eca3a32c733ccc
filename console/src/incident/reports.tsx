import { Link } from 'react-router';
import { serverNow } from '../api/clock.ts';
import { shortly } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import type { Detail } from './incident.ts';
import { useNames } from './names.ts';
import { INCIDENT } from './words.ts';

/** Reports up the line, each with what it still verifies. */
export function Reports({ detail: { id, reports, identities } }: { detail: Detail }) {
  const words = useWords(INCIDENT);
  const names = useNames();
  return (
    <section className="card">
      <h2>{words.reports}</h2>
      <p>
        <Link to={`/incidents/${id}/reports`}>{words.reportChain}</Link>
      </p>
      <ol className="plain-list">
        {reports.map((one) => (
          <li key={one.report}>
            <b>{words.reportKinds[one.kind]}</b> {shortly(one.reportedAt, serverNow())}
            {one.by && ` · ${names.person(one.by)}`}
            {one.verifying.length > 0 && (
              <small>
                {words.verifying}：{one.verifying.map((name) => words.elements[name]).join('、')}
              </small>
            )}
            {identities === 'shown' && one.report > 0 && (
              <details>
                <summary>{words.personal}</summary>
                <dl className="facts">
                  {Object.entries(one.elements).map(([name, value]) => (
                    <div key={name}>
                      <dt>{words.elements[name] ?? name}</dt>
                      <dd>{value ?? words.verifying}</dd>
                    </div>
                  ))}
                </dl>
                {one.text && <p className="words">{one.text}</p>}
              </details>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import { ask } from '../api/client.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { dayAndClock } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import type { Audit as Audited } from './admin.ts';
import { ADMIN } from './words.ts';

/** Every timeline's chain verified, and its end against the workflow. */
export function Audit() {
  const words = useWords(ADMIN);
  const audit = useMutation({ mutationFn: () => ask<Audited>('/api/audit', { patienceMs: 600_000 }) });
  return (
    <>
      <p className="soft">{words.auditHint}</p>
      <button type="button" disabled={audit.isPending} onClick={() => audit.mutate()}>
        {audit.isPending ? words.running : words.runAudit}
      </button>
      <ProblemNote error={audit.error} />
      <div role="status">{audit.data && <Found audited={audit.data} />}</div>
    </>
  );
}

function Found({ audited }: { audited: Audited }) {
  const words = useWords(ADMIN);
  const { incidents, entries, erased, erasures, unanchored, problems } = audited;
  return (
    <>
      {problems.length === 0 ? (
        <p className="fine">{words.audited(incidents, entries)}</p>
      ) : (
        <div className="down">
          <p>{words.broken(problems.length)}</p>
          <ul>
            {problems.map(({ incidentId, number, seq, code, text }) => (
              <li key={`${incidentId} ${seq} ${code}`}>
                <Link to={`/incidents/${incidentId}`}>{number ?? incidentId}</Link>{' '}
                {seq !== null && words.entry(seq)} {code}: {text}
              </li>
            ))}
          </ul>
        </div>
      )}
      {erased > 0 && <p className="soft">{words.erased(erased)}</p>}
      {erasures.length > 0 && (
        <ul className="soft">
          {erasures.map(({ incidentId, number, erasedAt, proposedBy, approvedBy, legalBasis }) => (
            <li key={`${incidentId} ${erasedAt}`}>
              {dayAndClock(erasedAt)}{' '}
              {words.erasedBy(number ?? incidentId, proposedBy, approvedBy, legalBasis ?? words.term)}
            </li>
          ))}
        </ul>
      )}
      {unanchored > 0 && <p className="soft">{words.unanchored(unanchored)}</p>}
    </>
  );
}

import { useState, type FormEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import { may, useSession } from '../api/session.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { fillDraft } from '../report/draft.ts';
import { useWords } from '../words/words.tsx';
import { readFinding, useSend, type Finding, type Opened } from './registers.ts';
import { REGISTERS } from './words.ts';

/** The plan's type for signs of danger, 四（二）. */
const RISK_SIGN = 'riskSign';

/** One finding: what it says is opened for a reason; it can be reported as a sign of danger, and ended. */
export function FindingCard({ finding, office }: { finding: Finding; office: string }) {
  const words = useWords(REGISTERS);
  const { data: who } = useSession();
  const navigate = useNavigate();
  const send = useSend();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [reason, setReason] = useState('');
  const [result, setResult] = useState('');
  const [hasDraft, setHasDraft] = useState(false);
  const { id, risk, ownerName, dueOn, isOverdue, endedAt, endedByName } = finding;

  async function open(event: FormEvent): Promise<void> {
    event.preventDefault();
    setError(null);
    await readFinding(id, reason.trim()).then(setOpened, setError);
  }

  function report(): void {
    // What was not opened is not copied; the report asks for it.
    const situation = opened ? words.situationOf(opened.situation, opened.measure) : '';
    if (fillDraft({ eventType: RISK_SIGN, office, situation })) void navigate('/report');
    else setHasDraft(true);
  }

  return (
    <article className={`finding ${isOverdue ? 'late' : ''}`}>
      <p>
        <strong>{words.risks[risk]}</strong> · {words.followedBy(ownerName, dueOn)}{' '}
        {isOverdue && <span className="overdue">{words.overdue}</span>}
        {endedAt && <span className="mark">{words.ended(endedByName ?? '')}</span>}
      </p>
      {opened ? (
        <dl>
          <dt>{words.file}</dt>
          <dd>{opened.file}</dd>
          <dt>{words.found}</dt>
          <dd>{opened.situation}</dd>
          <dt>{words.measure}</dt>
          <dd>{opened.measure}</dd>
          {opened.result && (
            <>
              <dt>{words.result}</dt>
              <dd>{opened.result}</dd>
            </>
          )}
        </dl>
      ) : (
        may(who, 'readIdentity') && (
          <form className="row" onSubmit={(event) => void open(event)}>
            <label>
              {words.reason}
              <input
                required
                maxLength={300}
                value={reason}
                onChange={({ target }) => setReason(target.value)}
              />
            </label>
            <button>{words.open}</button>
          </form>
        )
      )}
      <ProblemNote error={error ?? send.error} />
      {hasDraft && (
        <p className="problem" role="alert">
          {words.hasDraft} <Link to="/report">{words.toDraft}</Link>
        </p>
      )}
      {!endedAt && may(who, 'reportIncident') && (
        <button type="button" className="warn" onClick={report}>
          {words.report}
        </button>
      )}
      {!endedAt && may(who, 'respond') && (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            send.mutate({ path: `/api/screenings/findings/${id}/end`, body: { result } });
          }}
        >
          <label>
            {words.result}
            <input
              required
              maxLength={4_000}
              value={result}
              onChange={({ target }) => setResult(target.value)}
            />
          </label>
          <button disabled={send.isPending}>{words.end}</button>
        </form>
      )}
    </article>
  );
}

import { useState, type ReactNode } from 'react';
import { ProblemNote } from '../look/problem-note.tsx';
import { clockWithSeconds } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { useActivities, useRetry, type Activity } from './history.ts';
import { HISTORY } from './words.ts';

/** What waits for a worker, how often it was tried and why it failed, and the one act that is always safe. */
export function Pending({ id }: { id: string }) {
  const words = useWords(HISTORY);
  const { data, error, refetch, isFetching } = useActivities(id);
  const retry = useRetry(id);
  const [reason, setReason] = useState('');
  const activities = data?.activities ?? [];
  const waiting = activities.filter(({ state }) => state === 'waiting');
  const isReady = reason.trim() !== '' && !retry.isPending;
  const tryNow = (activity: string | null) => retry.mutate({ activity, reason: reason.trim() });
  return (
    <section className="card">
      <h2>
        {words.pending} <span className="soft">{activities.length}</span>
      </h2>
      <ProblemNote error={error ?? retry.error} />
      {data && activities.length === 0 && <p className="soft">{words.pendingNone}</p>}
      <ul className="plain-list">
        {activities.map((activity) => (
          <One key={activity.id} activity={activity}>
            {activity.state === 'waiting' && (
              <button type="button" disabled={!isReady} onClick={() => tryNow(activity.id)}>
                {words.retryOne}
              </button>
            )}
          </One>
        ))}
      </ul>
      {waiting.length > 0 && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady) tryNow(null);
          }}
        >
          <label>
            {words.retryReason}
            <input maxLength={2_000} value={reason} onChange={({ target }) => setReason(target.value)} />
          </label>
          <p className="soft">{words.retryCauses}</p>
          <button disabled={!isReady}>{words.retry}</button>
        </form>
      )}
      <div role="status">{retry.data && <p>{words.retried(retry.data.retried.length)}</p>}</div>
      <button type="button" disabled={isFetching} onClick={() => void refetch()}>
        {words.refresh}
      </button>
      <p>
        {data?.ui ? (
          <a href={data.ui} target="_blank" rel="noreferrer">
            {words.ui}
          </a>
        ) : (
          <span className="soft">{data && words.noUi}</span>
        )}
      </p>
    </section>
  );
}

function One({ activity, children }: { activity: Activity; children: ReactNode }) {
  const words = useWords(HISTORY);
  const { id, type, state, attempt, lastFailure, nextAttemptAt, worker } = activity;
  return (
    <li>
      <b>{type}</b> <span className={`mark ${state}`}>{words.states[state]}</span> {words.tries(attempt)}
      <small>{id}</small>
      {lastFailure && (
        <small className="broken">
          {words.lastFailure([lastFailure.type, lastFailure.code].filter(Boolean).join(' · '))}
        </small>
      )}
      <small>
        {nextAttemptAt && words.nextTry(clockWithSeconds(nextAttemptAt))} {worker && words.worker(worker)}
      </small>
      {children}
    </li>
  );
}

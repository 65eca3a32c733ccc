import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { may, useSession } from '../api/session.ts';
import { useIncident } from '../incident/incident.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { useReadHistory } from './history.ts';
import { Pending } from './pending.tsx';
import { Story } from './story.tsx';
import { Timers } from './timers.tsx';
import { HISTORY } from './words.ts';
import '../look/marks.css';
import '../incident/incident.css';
import './history.css';

/** An incident's workflow: its story in words, raw events behind each line, timers, and what waits for a worker. */
export function HistoryPage() {
  const { id = '' } = useParams();
  return <HistoryOf key={id} id={id} />;
}

function HistoryOf({ id }: { id: string }) {
  const words = useWords(HISTORY);
  const { data: who } = useSession();
  const incident = useIncident(id);
  const read = useReadHistory(id);
  const [reason, setReason] = useState('');
  return (
    <article className="page incident history">
      <p className="crumb">
        <Link to={`/incidents/${id}`}>{words.back}</Link>
      </p>
      <h1>
        {words.title} {incident.data?.number}
      </h1>
      <ProblemNote error={incident.error} />
      {may(who, 'operate') && <Pending id={id} />}
      <form
        className="card"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim()) read.mutate(reason.trim());
        }}
      >
        <p>{words.why}</p>
        {!may(who, 'readIdentity') && <p>{words.not}</p>}
        <label>
          {words.reason}
          <input
            required
            maxLength={300}
            placeholder={words.reasonHint}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </label>
        <button disabled={read.isPending}>{read.data ? words.again : words.show}</button>
        <ProblemNote error={read.error} />
      </form>
      {read.data && (
        <>
          <Timers next={read.data.next} />
          <Story history={read.data} />
        </>
      )}
    </article>
  );
}

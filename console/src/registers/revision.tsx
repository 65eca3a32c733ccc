import { useState } from 'react';
import { Link } from 'react-router';
import { may, useSession } from '../api/session.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { usePlans } from '../plan/plan.ts';
import { useWords } from '../words/words.tsx';
import { dateOf, usePrompts, useSend, type Prompt } from './registers.ts';
import { REGISTERS } from './words.ts';

/** 九: what asks for the plan to be revised; open ones first, each decided by a named person. */
export function Revision() {
  const words = useWords(REGISTERS);
  const { data: who } = useSession();
  const { data, error } = usePrompts();
  if (!data) return error ? <ProblemNote error={error} /> : <Loading />;
  const open = data.filter(({ decision }) => decision === null);
  const decided = data.filter(({ decision }) => decision !== null);
  return (
    <>
      <ProblemNote error={error} />
      <p className="soft">{words.revisionWhy}</p>
      {open.length === 0 && <p>{words.noPrompts}</p>}
      {open.map((prompt) => (
        <section key={prompt.id} className="card late">
          <Told prompt={prompt} />
          {may(who, 'approvePlan') && <Decide id={prompt.id} />}
        </section>
      ))}
      {may(who, 'draftPlan') && who?.account?.person && <LawChange />}
      {decided.length > 0 && <h2>{words.decidedBefore}</h2>}
      {decided.map((prompt) => (
        <section key={prompt.id} className="card">
          <Told prompt={prompt} />
          <p>
            <strong>{words.decisions[prompt.decision!]}</strong>
            {prompt.edition && (
              <>
                {' '}
                <Link to={`/plan?edition=${prompt.edition}`}>
                  {words.inEdition(prompt.edition.slice(0, 8))}
                </Link>
              </>
            )}
            ：{prompt.reason}{' '}
            <span className="soft">
              {prompt.decidedByName} {prompt.decidedAt && dateOf(prompt.decidedAt)}
            </span>
          </p>
        </section>
      ))}
    </>
  );
}

function Told({
  prompt: { cause, incidentId, number, words: said, raisedAt, raisedByName },
}: {
  prompt: Prompt;
}) {
  const words = useWords(REGISTERS);
  return (
    <>
      <h3>
        {words.causes[cause]}{' '}
        {incidentId && <Link to={`/incidents/${incidentId}`}>{number ?? words.theIncident}</Link>}
      </h3>
      {said && <p className="said">{said}</p>}
      <p className="soft">
        {dateOf(raisedAt)} {raisedByName}
      </p>
    </>
  );
}

function Decide({ id }: { id: string }) {
  const words = useWords(REGISTERS);
  const plans = usePlans().data;
  const send = useSend();
  const [decision, setDecision] = useState<'noNeed' | 'revised'>('noNeed');
  const [edition, setEdition] = useState('');
  const [reason, setReason] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const body = { decision, reason, edition: decision === 'revised' ? edition : null };
        send.mutate({ path: `/api/revision-prompts/${id}/decision`, body });
      }}
    >
      <label>
        {words.decide}
        <select value={decision} onChange={({ target }) => setDecision(target.value as 'noNeed' | 'revised')}>
          <option value="noNeed">{words.decisions.noNeed}</option>
          <option value="revised">{words.decisions.revised}</option>
        </select>
      </label>
      {decision === 'revised' && (
        <label>
          {words.whichEdition}
          <select required value={edition} onChange={({ target }) => setEdition(target.value)}>
            <option value="">{words.choose}</option>
            {plans?.proposals.map((one) => (
              <option key={`p${one.nr}`} value={one.hash}>
                {words.proposal(one.nr, one.edition)}
              </option>
            ))}
            {plans?.editions.map((one) => (
              <option key={one.hash} value={one.hash}>
                {words.edition(one.edition)} {one.hash.slice(0, 8)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        {words.decisionReason}
        <textarea
          required
          rows={2}
          maxLength={4_000}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      <ProblemNote error={send.error} />
      <button className="go" disabled={send.isPending}>
        {words.save}
      </button>
    </form>
  );
}

function LawChange() {
  const words = useWords(REGISTERS);
  const send = useSend();
  const [what, setWhat] = useState('');
  const [source, setSource] = useState('');
  return (
    <details className="card">
      <summary>{words.lawChange}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate(
            { path: '/api/revision-prompts', body: { what, source } },
            {
              onSuccess: () => {
                setWhat('');
                setSource('');
              },
            },
          );
        }}
      >
        <label>
          {words.whatChanged}
          <textarea
            required
            rows={2}
            maxLength={2_000}
            value={what}
            onChange={({ target }) => setWhat(target.value)}
          />
        </label>
        <label>
          {words.source}
          <input
            required
            maxLength={2_000}
            value={source}
            onChange={({ target }) => setSource(target.value)}
          />
        </label>
        <ProblemNote error={send.error} />
        <p role="status">{send.isSuccess && words.saved}</p>
        <button className="go" disabled={send.isPending}>
          {words.record}
        </button>
      </form>
    </details>
  );
}

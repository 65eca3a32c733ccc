import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { ask } from '../api/client.ts';
import { may, useSession } from '../api/session.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { dayAndClock } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { DiffOf } from './changes.tsx';
import { PLANS, type Plans, type Proposal } from './plan.ts';
import { PLAN } from './words.ts';

type Decision = { nr: number; approve: boolean; reason: string };

/** What waits for another person, each with what it changes. */
export function Proposals({ plans }: { plans: Plans }) {
  const words = useWords(PLAN);
  const client = useQueryClient();
  const decide = useMutation({
    mutationFn: ({ nr, ...body }: Decision) =>
      ask<{ decision: 'approved' | 'refused' }>(`/api/plans/proposals/${nr}/decision`, {
        method: 'POST',
        body,
      }),
    onSettled: () => client.invalidateQueries({ queryKey: PLANS }),
  });
  return (
    <section>
      <div role="status">
        {decide.data && <p className="said-done">{words.decided[decide.data.decision]}</p>}
      </div>
      <ProblemNote error={decide.error} />
      {plans.proposals.length === 0 && <p className="soft">{words.noProposals}</p>}
      {plans.proposals.map((proposal) => (
        <ProposalCard
          key={proposal.nr}
          proposal={proposal}
          inForce={plans.inForce.hash}
          busy={decide.isPending}
          decide={(approve, reason) => decide.mutate({ nr: proposal.nr, approve, reason })}
        />
      ))}
    </section>
  );
}

interface Props {
  proposal: Proposal;
  inForce: string;
  busy: boolean;
  decide(approve: boolean, reason: string): void;
}

function ProposalCard({ proposal, inForce, busy, decide }: Props) {
  const words = useWords(PLAN);
  const { data: who } = useSession();
  const [reason, setReason] = useState('');
  const { nr, kind, proposedBy, proposedAt, upon, hash, key, documentNumber, scanHash } = proposal;
  const isOwn = who?.account?.person === proposedBy;
  const isOutdated = upon !== inForce;
  const isReady = reason.trim() !== '' && !busy;
  return (
    <article className="proposal">
      <h2>
        {words.proposal(nr, words.kinds[kind])} <small>{words.edition(proposal.edition)}</small>
      </h2>
      <p className="soft">{words.by(proposedBy, dayAndClock(proposedAt))}</p>
      <blockquote>{proposal.reason}</blockquote>
      {documentNumber && (
        <p>
          {words.document(documentNumber)}
          <br />
          <small className="soft">
            {words.scanHash} <code>{scanHash}</code>
          </small>
        </p>
      )}
      <h3>{words.changes}</h3>
      <DiffOf plan={key} before={upon} after={hash} />
      {may(who, 'draftPlan') && <Link to={`/plan/preview?with=${hash}`}>{words.tryIt}</Link>}
      {isOutdated && <p className="wrong">{words.outdated}</p>}
      {isOwn && <p className="soft">{words.own}</p>}
      {may(who, 'approvePlan') ? (
        <form className="decide" onSubmit={(event) => event.preventDefault()}>
          <label>
            {words.decisionReason}
            <input maxLength={2_000} value={reason} onChange={({ target }) => setReason(target.value)} />
          </label>
          {!isOwn && !isOutdated && <p className="soft">{words.approveCauses}</p>}
          {!isOwn && !isOutdated && (
            <button
              type="button"
              className="go"
              disabled={!isReady}
              onClick={() => decide(true, reason.trim())}
            >
              {words.approve}
            </button>
          )}
          <button type="button" disabled={!isReady} onClick={() => decide(false, reason.trim())}>
            {isOwn ? words.withdraw : words.refuse}
          </button>
        </form>
      ) : (
        <p className="soft">{words.mayNotDecide}</p>
      )}
    </article>
  );
}

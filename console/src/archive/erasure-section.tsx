import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from '../api/client.ts';
import { may, useSession } from '../api/session.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { useNames } from '../incident/names.ts';
import { dayAndClock } from '../look/time.ts';
import { Sure } from '../look/sure.tsx';
import { useWords } from '../words/words.tsx';
import { archiveKey, erasureKey, useErasure, type Decided, type Proposal } from './archive.ts';
import { ErasureForm } from './erasure-form.tsx';
import { ARCHIVE } from './words.ts';

/** What would be erased of an incident, what was proposed, and what another person decides on it. */
export function ErasureSection({ incident }: { incident: string }) {
  const words = useWords(ARCHIVE);
  const client = useQueryClient();
  const { data: who } = useSession();
  const { data, error } = useErasure(incident);
  const decide = useMutation({
    mutationFn: (body: { erasure: string; approve: boolean }) =>
      ask<Decided>(`/api/incidents/${incident}/erasure/decision`, { method: 'POST', body }),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: erasureKey(incident) });
      await client.invalidateQueries({ queryKey: archiveKey(incident) });
    },
  });
  if (!data) return <ProblemNote error={error} />;
  const { values, files, runs } = data.erasable;
  const isWaiting = data.erasures.some(({ decision }) => decision === null);
  const isLeft = values + files + runs > 0;
  const { until } = data.retention;
  return (
    <>
      <h3>{words.erasure}</h3>
      <p>{until ? words.keptUntil(dayAndClock(until)) : words.noTerm}</p>
      <p>{isLeft ? words.wouldGo(values, files, runs) : words.nothing}</p>
      {isLeft && <p className="soft">{words.stays}</p>}
      <ProblemNote error={decide.error ?? error} />
      {decide.data?.temporal === 'notReached' && <p className="lacking">{words.notReached}</p>}
      <ul className="plain-list">
        {data.erasures.map((one) => (
          <li key={one.id}>
            <Told proposal={one} />
            {one.decision === null && may(who, 'approveErasure') && (
              <p>
                <Sure
                  danger="asked"
                  name={words.approve}
                  question={words.sure}
                  busy={decide.isPending}
                  act={() => decide.mutate({ erasure: one.id, approve: true })}
                />{' '}
                <button
                  type="button"
                  disabled={decide.isPending}
                  onClick={() => decide.mutate({ erasure: one.id, approve: false })}
                >
                  {words.refuse}
                </button>
                <small>{words.another}</small>
              </p>
            )}
          </li>
        ))}
      </ul>
      {!isWaiting && isLeft && may(who, 'proposeErasure') && <ErasureForm incident={incident} />}
    </>
  );
}

function Told({ proposal }: { proposal: Proposal }) {
  const words = useWords(ARCHIVE);
  const names = useNames();
  const { basis, legalBasis, reason, proposedBy, proposedAt, decision, decidedBy, decidedAt } = proposal;
  return (
    <>
      <b>{decision === null ? words.waits : words[decision]}</b> {legalBasis ?? words.bases[basis]}
      {reason !== '' && <small>{reason}</small>}
      <small>{words.proposedBy(names.person(proposedBy), dayAndClock(proposedAt))}</small>
      {decidedBy && decidedAt && (
        <small>{words.decidedBy(names.person(decidedBy), dayAndClock(decidedAt))}</small>
      )}
      {proposal.values !== null && (
        <small>{words.gone(proposal.values, proposal.files ?? 0, proposal.runs ?? 0)}</small>
      )}
    </>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { z } from 'zod';
import type { proposeBody, proposedSchema } from '../../../src/api/schemas-plans.ts';
import { ask } from '../api/client.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { PLANS } from './plan.ts';
import { PLAN } from './words.ts';

export type What = Omit<z.input<typeof proposeBody>, 'by' | 'reason'>;
type Proposed = z.infer<typeof proposedSchema>;

interface Props {
  /** What is proposed; null while it cannot be. */
  what: What | null;
  done(): void;
  children?: ReactNode;
}

/** Why, and the button: the proposal goes to another person. */
export function Propose({ what, done, children }: Props) {
  const words = useWords(PLAN);
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const propose = useMutation({
    mutationFn: (body: What & { reason: string }) =>
      ask<Proposed>('/api/plans/proposals', { method: 'POST', body }),
    onSuccess: async () => {
      setReason('');
      done();
      await client.invalidateQueries({ queryKey: PLANS, exact: true });
    },
  });
  return (
    <form
      className="propose"
      onSubmit={(event) => {
        event.preventDefault();
        if (what) propose.mutate({ ...what, reason: reason.trim() });
      }}
    >
      {children}
      <label>
        {words.reason}
        <input required maxLength={2_000} value={reason} onChange={({ target }) => setReason(target.value)} />
      </label>
      <button className="go" disabled={!what || propose.isPending || reason.trim() === ''}>
        {words.propose}
      </button>
      <ProblemNote error={propose.error} />
      <div role="status">
        {propose.data && <p className="said-done">{words.proposed(propose.data.nr)}</p>}
      </div>
    </form>
  );
}

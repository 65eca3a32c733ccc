import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { erasureKey, type Proposal } from './archive.ts';
import { ARCHIVE } from './words.ts';

const EMPTY = { basis: 'law' as 'law' | 'retention', legalBasis: '', reason: '' };

/** Proposes to erase, with basis and reason. What is typed stays when it is refused. */
export function ErasureForm({ incident }: { incident: string }) {
  const words = useWords(ARCHIVE);
  const client = useQueryClient();
  const [typed, setTyped] = useState(EMPTY);
  const propose = useMutation({
    mutationFn: ({ basis, legalBasis, reason }: typeof EMPTY) =>
      ask<Proposal>(`/api/incidents/${incident}/erasure`, {
        method: 'POST',
        body: { basis, reason, legalBasis: basis === 'law' ? legalBasis : null },
      }),
    onSuccess: () => setTyped(EMPTY),
    onSettled: () => client.invalidateQueries({ queryKey: erasureKey(incident) }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        propose.mutate(typed);
      }}
    >
      <label>
        {words.basis}
        <select
          value={typed.basis}
          onChange={({ target }) =>
            setTyped({ ...typed, basis: target.value === 'law' ? 'law' : 'retention' })
          }
        >
          <option value="law">{words.bases.law}</option>
          <option value="retention">{words.bases.retention}</option>
        </select>
      </label>
      {typed.basis === 'law' && (
        <label>
          {words.legalBasis}
          <input
            required
            maxLength={500}
            placeholder={words.legalHint}
            value={typed.legalBasis}
            onChange={({ target }) => setTyped({ ...typed, legalBasis: target.value })}
          />
        </label>
      )}
      <label>
        {words.why}
        <input
          required
          maxLength={2_000}
          value={typed.reason}
          onChange={({ target }) => setTyped({ ...typed, reason: target.value })}
        />
      </label>
      <ProblemNote error={propose.error} />
      <button disabled={propose.isPending}>{words.propose}</button>
    </form>
  );
}

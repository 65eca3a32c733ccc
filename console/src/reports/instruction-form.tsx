import { useState } from 'react';
import { serverNow } from '../api/clock.ts';
import { useNames } from '../incident/names.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { instantOf, localOf } from '../look/time.ts';
import { useSaid } from './chain.ts';
import { REPORTS } from './words.ts';

/** Records a leader's instruction: who, when, what, and who is to carry it out until when. */
export function InstructionForm({ id }: { id: string }) {
  const words = useWords(REPORTS);
  const names = useNames();
  const recorded = useSaid(id, 'instructions');
  const parties = names.parties();
  const [leader, setLeader] = useState('');
  const [givenAt, setGivenAt] = useState(localOf(serverNow()));
  const [said, setSaid] = useState('');
  const [party, setParty] = useState('judicialOffice');
  const [dueAt, setDueAt] = useState('');
  return (
    <details>
      <summary>{words.record}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const body = { from: { name: leader }, givenAt: instantOf(givenAt), words: said, to: { party } };
          recorded.mutate({ ...body, dueAt: instantOf(dueAt) }, { onSuccess: () => setSaid('') });
        }}
      >
        <label>
          {words.leader}
          <input required maxLength={100} value={leader} onChange={({ target }) => setLeader(target.value)} />
        </label>
        <label>
          {words.givenAt}
          <input
            required
            type="datetime-local"
            value={givenAt}
            onChange={({ target }) => setGivenAt(target.value)}
          />
        </label>
        <label>
          {words.words}
          <textarea
            required
            rows={3}
            maxLength={4_000}
            value={said}
            onChange={({ target }) => setSaid(target.value)}
          />
        </label>
        <label>
          {words.party}
          <select value={party} onChange={({ target }) => setParty(target.value)}>
            {parties.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.dueAt}
          <input type="datetime-local" value={dueAt} onChange={({ target }) => setDueAt(target.value)} />
        </label>
        <button disabled={recorded.isPending}>{words.record}</button>
        {recorded.isSuccess && <p role="status">{words.saved}</p>}
        <ProblemNote error={recorded.error} />
      </form>
    </details>
  );
}

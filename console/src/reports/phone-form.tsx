import { useState } from 'react';
import { serverNow } from '../api/clock.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { instantOf, localOf } from '../look/time.ts';
import { useSaid, type Chain } from './chain.ts';
import { REPORTS } from './words.ts';

/** Logs a report that was made by phone: it is the alarm, and the written one is owed from then on. */
export function PhoneForm({ id, chain }: { id: string; chain: Chain }) {
  const words = useWords(REPORTS);
  const logged = useSaid(id, 'reports/phone');
  const [to, setTo] = useState(chain.recipients[0]?.party ?? '');
  const [report, setReport] = useState(chain.reports.at(-1)?.report ?? 0);
  const [number, setNumber] = useState('');
  const [at, setAt] = useState(localOf(serverNow()));
  const [answered, setAnswered] = useState(true);
  const [said, setSaid] = useState('');
  if (chain.recipients.length === 0) return null;
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        const call = { to, report, number, at: instantOf(at), answered, said: said || null };
        logged.mutate(call, { onSuccess: () => setSaid('') });
      }}
    >
      <h2>{words.phoneTitle}</h2>
      <p className="soft">{words.phoneNote}</p>
      <label>
        {words.title}
        <select value={report} onChange={({ target }) => setReport(Number(target.value))}>
          {chain.reports.map(({ report: nr, name }) => (
            <option key={nr} value={nr}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.to}
        <select value={to} onChange={({ target }) => setTo(target.value)}>
          {chain.recipients.map(({ party, name }) => (
            <option key={party} value={party}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.number}
        <input
          required
          type="tel"
          maxLength={64}
          value={number}
          onChange={({ target }) => setNumber(target.value)}
        />
      </label>
      <label>
        {words.calledAt}
        <input required type="datetime-local" value={at} onChange={({ target }) => setAt(target.value)} />
      </label>
      <label className="tick">
        <input type="checkbox" checked={answered} onChange={({ target }) => setAnswered(target.checked)} />
        {words.answered}
      </label>
      <label>
        {words.said}
        <textarea rows={2} maxLength={2_000} value={said} onChange={({ target }) => setSaid(target.value)} />
      </label>
      <button disabled={logged.isPending}>{words.log}</button>
      {logged.isSuccess && <p role="status">{words.saved}</p>}
      <ProblemNote error={logged.error} />
    </form>
  );
}

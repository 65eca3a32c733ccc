import { useState } from 'react';
import { serverNow } from '../api/clock.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { instantOf, localOf } from '../look/time.ts';
import { useSaid, type Chain } from './chain.ts';
import { REPORTS } from './words.ts';

const CHANNELS = ['paper', 'phone', 'inPerson'] as const;

/** Puts down that a signed report was taken above the county, by people and not by this system: to whom, how, and who decided it. */
export function HandedOnForm({ id, chain }: { id: string; chain: Chain }) {
  const words = useWords(REPORTS);
  const handed = useSaid(id, 'reports/handed-on');
  const papers = chain.reports.flatMap(({ name, documents }) =>
    documents.filter(({ status }) => status === 'signed').map((paper) => ({ ...paper, report: name })),
  );
  const [chosen, setChosen] = useState('');
  const [to, setTo] = useState('');
  const [channel, setChannel] = useState<(typeof CHANNELS)[number]>('paper');
  const [at, setAt] = useState(localOf(serverNow()));
  const [receiver, setReceiver] = useState('');
  const [decidedBy, setDecidedBy] = useState('');
  const [note, setNote] = useState('');
  // The last signed, until another is chosen; a choice that was corrected meanwhile is none any more.
  const document = papers.find((paper) => paper.id === chosen)?.id ?? papers.at(-1)?.id;
  if (chain.above.length === 0) return null;
  return (
    <section className="card">
      <h2>{words.handedTitle}</h2>
      <p className="soft">{words.handedNote}</p>
      {document === undefined ? (
        <p>{words.handedUnsigned}</p>
      ) : (
        <details>
          <summary>{words.handedLog}</summary>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const who = { to, receiver: receiver || null, decidedBy, note: note || null };
              handed.mutate(
                { document, channel, at: instantOf(at), ...who },
                {
                  onSuccess: () => {
                    setReceiver('');
                    setNote('');
                  },
                },
              );
            }}
          >
            <label>
              {words.handedPaper}
              <select value={document} onChange={({ target }) => setChosen(target.value)}>
                {papers.map((paper) => (
                  <option key={paper.id} value={paper.id}>
                    {paper.report} · {paper.number ?? paper.name}
                  </option>
                ))}
              </select>
            </label>
            <label>
              {words.handedTo}
              <select required value={to} onChange={({ target }) => setTo(target.value)}>
                <option value="">{words.choose}</option>
                {chain.above.map(({ party, name }) => (
                  <option key={party} value={party}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            <label>
              {words.handedVia}
              <select
                value={channel}
                onChange={({ target }) =>
                  setChannel(CHANNELS.find((each) => each === target.value) ?? 'paper')
                }
              >
                {CHANNELS.map((each) => (
                  <option key={each} value={each}>
                    {words.via[each]}
                  </option>
                ))}
              </select>
            </label>
            <label>
              {words.handedAt}
              <input
                required
                type="datetime-local"
                value={at}
                onChange={({ target }) => setAt(target.value)}
              />
            </label>
            <label>
              {words.handedReceiver}
              <input maxLength={200} value={receiver} onChange={({ target }) => setReceiver(target.value)} />
            </label>
            <label>
              {words.decidedBy}
              <select required value={decidedBy} onChange={({ target }) => setDecidedBy(target.value)}>
                <option value="">{words.choose}</option>
                {chain.deciders.map(({ person, name, post }) => (
                  <option key={person} value={person}>
                    {name}（{post}）
                  </option>
                ))}
              </select>
            </label>
            <label>
              {words.note}
              <textarea
                rows={2}
                maxLength={500}
                value={note}
                onChange={({ target }) => setNote(target.value)}
              />
            </label>
            <button disabled={handed.isPending}>{words.handedSave}</button>
            {handed.isSuccess && <p role="status">{words.saved}</p>}
            <ProblemNote error={handed.error} />
          </form>
        </details>
      )}
    </section>
  );
}

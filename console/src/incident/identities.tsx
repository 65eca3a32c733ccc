import { useState } from 'react';
import { may, useSession } from '../api/session.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { clock } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import type { Detail } from './incident.ts';
import type { IdentitiesState } from './use-identities.ts';
import { INCIDENT } from './words.ts';

/** Says that identities are withheld, why, and how one sees them; or since when they are shown. */
export function Identities({ identities, detail }: { identities: IdentitiesState; detail: Detail }) {
  const words = useWords(INCIDENT);
  const { data: who } = useSession();
  const [reason, setReason] = useState('');
  const { opened, at, busy, error } = identities;
  if (opened) {
    const isBehind = detail.timeline.length > opened.timeline.length;
    return (
      <div className="card shown">
        <p>{words.shownSince(clock(at))}</p>
        <ProblemNote error={error} />
        {isBehind && (
          <button type="button" disabled={busy} onClick={() => void identities.open(identities.reason)}>
            {words.readAgain}
          </button>
        )}
        <button type="button" onClick={() => identities.close()}>
          {words.hide}
        </button>
      </div>
    );
  }
  return (
    <section className="card withheld">
      <h2>{words.withheldTitle}</h2>
      <p>{words.withheldWhy}</p>
      {!may(who, 'readIdentity') && <p>{words.withheldNot}</p>}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim()) void identities.open(reason.trim());
        }}
      >
        <label>
          {words.reason}
          <input
            value={reason}
            required
            maxLength={300}
            placeholder={words.reasonHint}
            onChange={({ target }) => setReason(target.value)}
          />
        </label>
        <button disabled={busy}>{words.show}</button>
      </form>
      <ProblemNote error={error} />
    </section>
  );
}

import { useState } from 'react';
import { may, useSession } from '../api/session.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { useSend } from './registers.ts';
import { REGISTERS } from './words.ts';

/** The bureau's own limit, and changing it for those who may. */
export function LimitForm({ name, period }: { name: 'study' | 'screening'; period: string | null }) {
  const words = useWords(REGISTERS);
  const { data: who } = useSession();
  const send = useSend();
  const [typed, setTyped] = useState(period ?? '');
  return (
    <>
      <p>
        {words.limit[name]}：<strong>{period === null ? words.unset : words.period(period)}</strong>{' '}
        <span className="soft">{words.limitWhose}</span>
      </p>
      {may(who, 'setRegisterLimits') && (
        <details>
          <summary>{words.setLimit}</summary>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const body = { name, period: typed.trim() || null };
              send.mutate({ path: '/api/register-limits', method: 'PUT', body });
            }}
          >
            <label>
              {words.limitField}
              <input value={typed} maxLength={20} onChange={({ target }) => setTyped(target.value)} />
              <small>{words.limitHint}</small>
            </label>
            <ProblemNote error={send.error} />
            <button className="go" disabled={send.isPending}>
              {words.save}
            </button>
          </form>
        </details>
      )}
    </>
  );
}

import { may, useSession } from '../api/session.ts';
import { useWords } from '../words/words.tsx';
import { DOCUMENTS } from './words.ts';

/** Why documents are read: asked for once a visit, sent with each reading, with the usual ones to tap. */
export function Reason({ reason, say }: { reason: string; say(reason: string): void }) {
  const words = useWords(DOCUMENTS);
  const { data: who } = useSession();
  if (!may(who, 'readIdentity')) return <p className="card soft">{words.noRight}</p>;
  return (
    <section className="card withheld">
      <h2>{words.reasonTitle}</h2>
      <p>{words.reasonWhy}</p>
      <label>
        {words.reason}
        <input value={reason} maxLength={300} onChange={({ target }) => say(target.value)} />
      </label>
      <div className="usual">
        {words.reasons.map((each) => (
          <button key={each} type="button" aria-pressed={reason === each} onClick={() => say(each)}>
            {each}
          </button>
        ))}
      </div>
    </section>
  );
}

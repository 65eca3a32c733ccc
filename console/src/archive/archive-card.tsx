import { useState } from 'react';
import { may, useSession } from '../api/session.ts';
import { download } from '../look/download.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { dayAndClock } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { useArchive } from './archive.ts';
import { ErasureSection } from './erasure-section.tsx';
import { ARCHIVE } from './words.ts';
import './archive.css';

const megabytes = (size: number): string =>
  size < 1024 ** 2 ? `${Math.ceil(size / 1024)} KB` : `${(size / 1024 ** 2).toFixed(1)} MB`;

/** The bundle of a closed incident: whether it is there, how to get and verify it, and its lawful deletion. */
export function ArchiveCard({ incident }: { incident: string }) {
  const words = useWords(ARCHIVE);
  const { data: who } = useSession();
  const { data, error } = useArchive(incident);
  const [reason, setReason] = useState('');
  const [failed, setFailed] = useState<unknown>();
  return (
    <section className="card archive">
      <h2>{words.title}</h2>
      <ProblemNote error={failed ?? error} />
      {data && (
        <p>
          {data.bundle
            ? words.kept(dayAndClock(data.bundle.madeAt), megabytes(data.bundle.size))
            : words.none}
        </p>
      )}
      {data?.failure && !data.bundle && (
        <p className="lacking">{words.failing(data.failure.code, data.failure.tries)}</p>
      )}
      {may(who, 'readIdentityLog') ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setFailed(undefined);
            download(`/api/incidents/${incident}/bundle`, reason.trim()).catch(setFailed);
          }}
        >
          <label>
            {words.reason}
            <input
              value={reason}
              required
              maxLength={300}
              onChange={({ target }) => setReason(target.value)}
            />
          </label>
          <button>{words.download}</button>
        </form>
      ) : (
        <p className="soft">{words.downloadNot}</p>
      )}
      {data && (
        <p className="soft hint">
          {words.verify}
          <br />
          {words.fingerprint} <code>{data.key.fingerprint}</code>
        </p>
      )}
      {(may(who, 'proposeErasure') || may(who, 'approveErasure')) && <ErasureSection incident={incident} />}
    </section>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { ACCEPTED } from '../attachments/upload.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import type { Drill } from './drills.ts';
import { DRILLS } from './words.ts';

/** Outside parties that the order names, each with its written consent, or that it is missing. */
export function Consents({ drill, mayAttach }: { drill: Drill; mayAttach: boolean }) {
  const words = useWords(DRILLS);
  const client = useQueryClient();
  const [error, setError] = useState<unknown>();
  const nameOf = (office: string) => drill.offices.find((each) => each.office === office)?.name ?? office;
  const attach = async (office: string, party: string, file: File | undefined): Promise<void> => {
    if (!file) return;
    setError(undefined);
    const query = new URLSearchParams({ office, party }).toString();
    await ask(`/api/drills/${drill.id}/consents?${query}`, {
      ...{ method: 'POST', raw: file, patienceMs: 120_000 },
      headers: { 'content-type': file.type || 'application/octet-stream' },
    }).catch(setError);
    await client.invalidateQueries({ queryKey: ['drills'] });
  };
  return (
    <section>
      <h2>{words.outside}</h2>
      {drill.outside.length === 0 && <p>{words.noOutside}</p>}
      <ul>
        {drill.outside.map(({ office, party, partyName, consents }) => (
          <li key={`${office} ${party}`}>
            {partyName}（{nameOf(office)}）{' '}
            {consents.length === 0 ? (
              <span className="mark at-replaced">{words.missing}</span>
            ) : (
              consents.map(({ sha256 }) => (
                <code key={sha256} title={sha256}>
                  SHA-256 {sha256.slice(0, 12)}…
                </code>
              ))
            )}
            {mayAttach && drill.status === 'draft' && (
              <label className="attach-consent">
                {words.attach}
                <input
                  type="file"
                  accept={ACCEPTED}
                  onChange={({ target }) => void attach(office, party, target.files?.[0])}
                />
              </label>
            )}
          </li>
        ))}
      </ul>
      <ProblemNote error={error} />
    </section>
  );
}

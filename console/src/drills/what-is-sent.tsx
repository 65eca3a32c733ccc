import { useState } from 'react';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { usePreview } from './drills.ts';
import { DRILLS } from './words.ts';

/** What an order would send if nobody ever answered, before anybody approves it. */
export function WhatIsSent({ id }: { id: string }) {
  const words = useWords(DRILLS);
  const [open, setOpen] = useState(false);
  const { data, error } = usePreview(id, open);
  return (
    <section>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? words.hide : words.preview}
      </button>
      <ProblemNote error={error} />
      {open && !data && !error && <Loading />}
      {open && data && (
        <>
          <p className="soft">{words.previewNote}</p>
          {data.offices.map(({ office, name, branchName, lines }) => (
            <details key={office} open={data.offices.length === 1}>
              <summary>
                {name} · {branchName} · {lines.length}
              </summary>
              <ol className="drill-lines">
                {lines.map((line, index) => (
                  <li key={index}>
                    <span className="soft">{words.minute(line.minutes)}</span> {line.stageName} →{' '}
                    {line.partyName} {line.personName}
                    {line.result === 'withheld' && <em> {words.withheld}</em>}
                  </li>
                ))}
              </ol>
            </details>
          ))}
        </>
      )}
    </section>
  );
}

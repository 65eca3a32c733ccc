import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { listedAttachmentSchema } from '../../../src/api/schemas-attachments.ts';
import { ask } from '../api/client.ts';
import { serverNow } from '../api/clock.ts';
import { may, useSession } from '../api/session.ts';
import { useNames } from '../incident/names.ts';
import { download } from '../look/download.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { shortly } from '../look/time.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import { Attach } from './attach.tsx';
import { fileKind } from './kinds.ts';
import { sizeInWords } from './upload.ts';
import { ATTACHMENTS } from './words.ts';

type Listed = z.infer<typeof listedAttachmentSchema>;

/** What was attached to an incident, each to be saved for a logged reason, and adding to it while it is `open`. */
export function Attachments({ incident, open }: { incident: string; open: boolean }) {
  const words = useWords(ATTACHMENTS);
  const { language } = useSpeech();
  const names = useNames();
  const { data: who } = useSession();
  const [reason, setReason] = useState('');
  const [failed, setFailed] = useState<unknown>();
  const { data, error } = useQuery({
    queryKey: ['attachments', incident],
    queryFn: () => ask<Listed[]>(`/api/incidents/${incident}/attachments`),
  });
  const save = (id: string): void => {
    setFailed(undefined);
    download(`/api/incidents/${incident}/attachments/${id}`, reason.trim()).catch(setFailed);
  };
  return (
    <section className="card">
      <h2>{words.title}</h2>
      <ProblemNote error={error ?? failed} />
      {data?.length === 0 && <p className="soft">{words.none}</p>}
      {data && data.length > 0 && (
        <>
          {may(who, 'readIdentity') && (
            <label className="attach-reason">
              {words.reason}
              <input value={reason} maxLength={300} onChange={({ target }) => setReason(target.value)} />
            </label>
          )}
          <ul className="plain-list">
            {data.map((one) => (
              <li key={one.id} className="attached">
                <b>{fileKind(one.type, language)}</b> {sizeInWords(one.size)}
                {one.stageId && ` · ${names.stage(one.stageId)}`}
                {one.at && ` · ${shortly(one.at, serverNow())}`} · {words.by(names.person(one.by))}
                {one.erased && ` · ${words.erased}`}
                {may(who, 'readIdentity') && !one.erased && (
                  <button type="button" disabled={!reason.trim()} onClick={() => save(one.id)}>
                    {words.open}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {open && may(who, 'respond') && <Attach incident={incident} />}
    </section>
  );
}

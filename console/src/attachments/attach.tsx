import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newKey } from '../api/new-key.ts';
import { isProblem } from '../api/problem.ts';
import { SESSION } from '../api/session.ts';
import { useWords } from '../words/words.tsx';
import { ChosenFile, type Chosen } from './chosen-file.tsx';
import { ACCEPTED, looksTaken, MAX_BYTES, upload } from './upload.ts';
import { ATTACHMENTS } from './words.ts';
import './attachments.css';

/** Photos and files for an incident or, with a stage, for a duty: from the camera or the device, sent as they are chosen. */
export function Attach({ incident, stage = null }: { incident: string; stage?: string | null }) {
  const words = useWords(ATTACHMENTS);
  const client = useQueryClient();
  const [files, setFiles] = useState<Chosen[]>([]);
  const change = (key: string, changes: Partial<Chosen>): void =>
    setFiles((before) => before.map((each) => (each.key === key ? { ...each, ...changes } : each)));
  const remove = (key: string): void => setFiles((before) => before.filter((each) => each.key !== key));

  function choose(input: HTMLInputElement): void {
    const chosen = [...(input.files ?? [])].map((file) => ({
      key: newKey(),
      file,
      percent: null,
      error: undefined,
      refused: file.size > MAX_BYTES ? words.tooLarge : looksTaken(file) ? null : words.notTaken,
    }));
    setFiles((before) => [...before, ...chosen]);
    // At once: a duty that is done takes this list with it, and what is being sent goes on.
    for (const one of chosen) if (one.refused === null) void send(one);
    input.value = ''; // the same file may be chosen again
  }

  async function send({ key, file }: Chosen): Promise<void> {
    change(key, { percent: 0, error: undefined });
    try {
      await upload({ incident, stage, file, progress: (percent) => change(key, { percent }) });
      remove(key);
      await client.invalidateQueries({ queryKey: ['attachments', incident] });
    } catch (error) {
      change(key, { percent: null, error });
      if (isProblem(error) && error.status === 401) await client.invalidateQueries({ queryKey: SESSION });
    }
  }

  return (
    <div className="attach">
      <div className="attach-ways">
        <label className="attach-way">
          {words.camera}
          <input
            type="file"
            accept="image/*"
            capture="environment"
            onChange={({ target }) => choose(target)}
          />
        </label>
        <label className="attach-way">
          {words.choose}
          <input type="file" accept={ACCEPTED} multiple onChange={({ target }) => choose(target)} />
        </label>
      </div>
      <p className="soft">{words.limits}</p>
      {files.length > 0 && (
        <ul className="plain-list" aria-live="polite">
          {files.map((one) => (
            <ChosenFile
              key={one.key}
              chosen={one}
              send={() => void send(one)}
              remove={() => remove(one.key)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

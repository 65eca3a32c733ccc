import { useState } from 'react';
import { ACCEPTED, looksTaken, MAX_BYTES } from '../attachments/upload.ts';
import { ATTACHMENTS } from '../attachments/words.ts';
import { download } from '../look/download.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { dayAndClock } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { officeName, type NamedOutside } from './consents-missing.tsx';
import { useConsent, type Drill } from './drills.ts';
import { DRILLS } from './words.ts';
import '../attachments/attachments.css';

interface Props {
  drill: Drill;
  named: NamedOutside;
  mayAttach: boolean;
}

/** One outside party at one office: its written consent by hash, who put it there and when, and adding it. */
export function ConsentCard({ drill, named: { office, party, partyName, consents }, mayAttach }: Props) {
  const words = useWords(DRILLS);
  const files = useWords(ATTACHMENTS);
  const { mutate, isPending, isSuccess, error, reset } = useConsent(drill.id);
  const [refused, setRefused] = useState('');
  const [unsaved, setUnsaved] = useState<unknown>();
  const isThere = consents.length > 0;

  function save(sha256: string): void {
    setUnsaved(undefined);
    download(`/api/drills/${drill.id}/consents/${sha256}`).catch(setUnsaved);
  }

  function choose(input: HTMLInputElement): void {
    const file = input.files?.[0];
    if (!file) return;
    reset();
    const why = file.size > MAX_BYTES ? files.tooLarge : looksTaken(file) ? '' : files.notTaken;
    setRefused(why);
    if (!why) mutate({ office, party, file });
    input.value = ''; // the same file may be chosen again
  }

  return (
    <li className="card">
      <strong>{partyName}</strong>（{officeName(drill, office)}）
      <span className={`mark ${isThere ? 'at-ended' : 'at-replaced'}`}>
        {isThere ? words.consented : words.missing}
      </span>
      {consents.map(({ sha256, byName, at }) => (
        <p key={sha256}>
          {words.attachedBy(byName, dayAndClock(at))}
          <br />
          {Date.parse(at) < Date.parse(drill.draftedAt) && (
            <>
              <strong>{words.consentOlder}</strong>
              <br />
            </>
          )}
          <small className="hash">SHA-256 {sha256}</small>
          <br />
          <button type="button" onClick={() => save(sha256)}>
            {words.saveConsent}
          </button>
        </p>
      ))}
      {mayAttach && (
        <>
          <p>
            <label className="attach-way">
              {isThere ? words.attachMore : words.attach}
              <input
                type="file"
                accept={ACCEPTED}
                disabled={isPending}
                onChange={({ target }) => choose(target)}
              />
            </label>
          </p>
          {!isThere && <p className="soft">{files.limits}</p>}
          <p role="status">{isPending ? words.attaching : isSuccess && words.attached}</p>
        </>
      )}
      {refused && (
        <p className="problem" role="alert">
          {refused}
        </p>
      )}
      <ProblemNote error={error ?? unsaved} />
    </li>
  );
}

import { useState } from 'react';
import { sizeInWords } from '../attachments/upload.ts';
import { fileKind } from '../attachments/kinds.ts';
import { serverNow } from '../api/clock.ts';
import { may, useSession } from '../api/session.ts';
import { download } from '../look/download.ts';
import { shortly } from '../look/time.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import { postScan, type Listed } from './documents.ts';
import { Refusal } from './refusal.tsx';
import { DOCUMENTS } from './words.ts';
import '../attachments/attachments.css';

interface Props {
  incident: string;
  document: Listed;
  reason: string;
  changed(): void;
}

/** The signed and sealed paper as it was scanned or photographed, and adding to it. */
export function Scans({ incident, document, reason, changed }: Props) {
  const words = useWords(DOCUMENTS);
  const { language } = useSpeech();
  const { data: who } = useSession();
  const [busy, setBusy] = useState(false);
  const [added, setAdded] = useState(false);
  const [error, setError] = useState<unknown>();

  async function attach(input: HTMLInputElement): Promise<void> {
    const files = [...(input.files ?? [])];
    input.value = ''; // the same file may be chosen again
    setError(undefined);
    setAdded(false);
    setBusy(true);
    try {
      for (const file of files) await postScan(incident, document.id, file);
      setAdded(files.length > 0);
    } catch (failed) {
      setError(failed);
    } finally {
      setBusy(false);
      changed();
    }
  }

  return (
    <div className="scans">
      <h4>{words.scans}</h4>
      {document.scans.length === 0 && <p className="soft">{words.scansNone}</p>}
      <ul className="plain-list">
        {document.scans.map(({ sha256, size, type, at }) => (
          <li key={sha256}>
            {fileKind(type, language)} {sizeInWords(size)} · {shortly(at, serverNow())}{' '}
            <small className="hash">SHA-256 {sha256.slice(0, 16)}…</small>
            {may(who, 'readIdentity') && (
              <button
                type="button"
                disabled={!reason}
                onClick={() => {
                  setError(undefined);
                  download(
                    `/api/incidents/${incident}/documents/${document.id}/scans/${sha256}`,
                    reason,
                  ).catch(setError);
                }}
              >
                {words.show}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Refusal error={error} />
      <p role="status">{busy ? words.sending : added && words.scanAdded}</p>
      {may(who, 'respond') && (
        <>
          <div className="attach-ways">
            <label className="attach-way">
              {words.photograph}
              <input
                {...{ type: 'file', accept: 'image/jpeg,image/png', capture: 'environment', disabled: busy }}
                onChange={({ target }) => void attach(target)}
              />
            </label>
            <label className="attach-way">
              {words.file}
              <input
                {...{
                  type: 'file',
                  accept: 'application/pdf,image/jpeg,image/png',
                  multiple: true,
                  disabled: busy,
                }}
                onChange={({ target }) => void attach(target)}
              />
            </label>
          </div>
          <p className="soft">{words.scanLimits}</p>
        </>
      )}
    </div>
  );
}

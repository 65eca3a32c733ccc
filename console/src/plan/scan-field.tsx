import { useState } from 'react';
import { useWords } from '../words/words.tsx';
import { PLAN } from './words.ts';

const canDigest = globalThis.crypto?.subtle !== undefined;

/** SHA-256 in hex. */
async function digest(file: File): Promise<string> {
  const hashed = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(hashed)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The signed scan by its hash: the file stays on this device. */
export function ScanField({ hash, set }: { hash: string; set(hash: string): void }) {
  const words = useWords(PLAN);
  const [busy, setBusy] = useState(false);
  async function read(file: File | undefined): Promise<void> {
    set('');
    if (!file) return;
    setBusy(true);
    try {
      set(await digest(file));
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      {canDigest && (
        <label>
          {words.scan}
          <input type="file" onChange={({ target }) => void read(target.files?.[0])} />
          <small>{words.scanHint}</small>
        </label>
      )}
      <label>
        {words.scanHash}
        <input
          value={busy ? words.computing : hash}
          readOnly={canDigest}
          maxLength={64}
          autoComplete="off"
          onChange={({ target }) => set(target.value.trim().toLowerCase())}
        />
        {!canDigest && <small>{words.noSubtle}</small>}
      </label>
    </>
  );
}

import { useEffect, useState } from 'react';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { Changes } from './changes.tsx';
import { useSettled } from './editing.ts';
import { useCheck, type Checked, type Edition } from './plan.ts';
import { Propose } from './propose.tsx';
import { ScanField } from './scan-field.tsx';
import { PLAN } from './words.ts';

/** So long nobody types on: then it is checked. */
const TYPED_MS = 600;

/** The plan itself revised: the whole file, checked as one types, with the document that says so. */
export function Revise({ edition }: { edition: Edition }) {
  const words = useWords(PLAN);
  const key = `fenghuo.plan.revision.${edition.hash}`;
  const [text, setText] = useState(() => localStorage.getItem(key) ?? edition.text);
  const [number, setNumber] = useState('');
  const [scanHash, setScanHash] = useState('');
  const isChanged = text !== edition.text;
  useEffect(() => {
    if (isChanged) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  }, [isChanged, key, text]);
  const settled = useSettled(text, TYPED_MS);
  const check = useCheck(settled === edition.text ? null : settled);
  const isStale = settled !== text || check.isFetching;
  const checked = isChanged && settled !== edition.text ? check.data : undefined;
  const isRevision = checked?.kind !== 'limits';
  const hasDocument = number.trim() !== '' && /^[0-9a-f]{64}$/.test(scanHash);
  const isReady = !isStale && checked?.valid && checked.kind !== null && (!isRevision || hasDocument);
  const document = isRevision ? { document: { number: number.trim(), scanHash } } : {};
  return (
    <section className="revise">
      <p className="soft">{words.reviseHint}</p>
      <label>
        {words.text}
        <textarea
          rows={24}
          spellCheck={false}
          value={text}
          aria-invalid={checked ? !checked.valid : undefined}
          aria-describedby="revision-check"
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      {isChanged && (
        <button type="button" onClick={() => setText(edition.text)}>
          {words.stop}
        </button>
      )}
      <ProblemNote error={check.error} />
      <div id="revision-check" aria-live="polite">
        {isChanged &&
          (isStale ? <p className="soft">{words.checking}</p> : checked && <Found checked={checked} />)}
      </div>
      <Propose
        what={isReady ? { upon: edition.hash, text, ...document } : null}
        done={() => setText(edition.text)}
      >
        {isRevision ? (
          <>
            <label>
              {words.number}
              <input maxLength={200} value={number} onChange={({ target }) => setNumber(target.value)} />
            </label>
            <ScanField hash={scanHash} set={setScanHash} />
          </>
        ) : (
          <p className="soft">{words.onlyLimits}</p>
        )}
      </Propose>
    </section>
  );
}

function Found({ checked: { valid, problems, changes, findings } }: { checked: Checked }) {
  const words = useWords(PLAN);
  return valid ? (
    <>
      <h3>{words.changes}</h3>
      <Changes changes={changes} />
      {findings.length > 0 && (
        <details>
          <summary>{words.findings(findings.length)}</summary>
          <ul className="plan-list">
            {findings.map(({ path, line, text }) => (
              <li key={`${path} ${text}`}>
                {words.place(line, 1)} {text}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  ) : (
    <>
      <p className="wrong">{words.mistakes(problems.length)}</p>
      <ul className="plan-list">
        {problems.slice(0, 50).map(({ path, line, column, problem, expected }) => (
          <li key={`${path} ${line} ${column} ${problem}`}>
            <b>{words.place(line, column)}</b> <code>{path}</code>: {problem}
            <small>{expected}</small>
          </li>
        ))}
      </ul>
    </>
  );
}

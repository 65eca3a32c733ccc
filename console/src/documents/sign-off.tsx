import { useState } from 'react';
import { isProblem } from '../api/problem.ts';
import { useSession } from '../api/session.ts';
import { useWords } from '../words/words.tsx';
import { Differing } from './differing.tsx';
import { postDiscard, postSignature, type Listed, type Template } from './documents.ts';
import type { Drafting } from './draft-form.tsx';
import { DOCUMENTS } from './words.ts';

interface Props {
  incident: string;
  reason: string;
  document: Listed;
  template: Template | undefined;
  /** Whether its text is open above: nobody signs what was not seen. */
  seen: boolean;
  /** Why it was refused, which the card says: it stays when the draft is none any more. */
  error: unknown;
  fail(error: unknown): void;
  draft(drafting: Drafting): void;
  changed(): void;
}

/** Signing a draft off, by whoever may, after it was seen; and putting it away. */
export function SignOff(props: Props) {
  const { incident, reason, document, template, seen, error, fail, draft, changed } = props;
  const words = useWords(DOCUMENTS);
  const { data: who } = useSession();
  const [asked, setAsked] = useState<'sign' | 'discard' | null>(null);
  const [busy, setBusy] = useState(false);
  const isMine = who?.account?.person === document.draftedBy;

  async function run(act: () => Promise<Listed>): Promise<void> {
    setBusy(true);
    fail(undefined);
    try {
      await act();
      changed();
    } catch (failed) {
      fail(failed);
      if (isProblem(failed, 'DOCUMENT_NOT_A_DRAFT')) changed(); // somebody was first: how it stands now
    } finally {
      setBusy(false);
      setAsked(null);
    }
  }

  return (
    <div className="sign-off">
      <p className="soft">
        {document.maySign
          ? words.signers(document.signers.join('、'))
          : words.waitsFor(document.signers.join('、'))}
        {isMine && ` ${words.youDrafted}`}
      </p>
      {document.maySign && <p>{seen ? words.signWhat : words.seeFirst}</p>}
      {isProblem(error, 'DOCUMENT_OUTDATED') && (
        <Differing
          {...{ incident, reason, document, template }}
          again={(fields) => template && draft({ template, fields, ...again(document) })}
        />
      )}
      <div className="doc-acts">
        {document.maySign && asked !== 'sign' && (
          <button type="button" className="sign" disabled={!seen || busy} onClick={() => setAsked('sign')}>
            {words.sign}
          </button>
        )}
        {asked === 'sign' && (
          <button
            type="button"
            className="sign sure"
            disabled={busy || !seen}
            onClick={() => void run(() => postSignature(incident, document, false))}
          >
            {words.signSure}
          </button>
        )}
        {isProblem(error, 'TIMES_OUT_OF_ORDER') && (
          <button
            type="button"
            disabled={busy || !seen}
            onClick={() => void run(() => postSignature(incident, document, true))}
          >
            {words.timesAreRight}
          </button>
        )}
        {asked !== 'discard' && (
          <button type="button" disabled={busy} onClick={() => setAsked('discard')}>
            {words.discard}
          </button>
        )}
        {asked === 'discard' && (
          <button
            type="button"
            className="sure"
            disabled={busy}
            onClick={() => void run(() => postDiscard(incident, document.id))}
          >
            {words.sure}
          </button>
        )}
        {asked && (
          <button type="button" disabled={busy} onClick={() => setAsked(null)}>
            {words.cancel}
          </button>
        )}
      </div>
    </div>
  );
}

/** A draft of a correction is drafted again as one. */
const again = ({ old, name }: Listed): Pick<Drafting, 'old'> => (old ? { old: { ...old, name } } : {});

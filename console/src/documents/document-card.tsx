import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { serverNow } from '../api/clock.ts';
import { may, useSession } from '../api/session.ts';
import { shortly } from '../look/time.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import { documentsKey, readPreview, type Listed, type Template } from './documents.ts';
import type { Drafting } from './draft-form.tsx';
import { Files } from './files.tsx';
import { namesInWords } from './name-words.ts';
import { PreviewFrame } from './preview-frame.tsx';
import { Refusal } from './refusal.tsx';
import { Replace } from './replace.tsx';
import { Scans } from './scans.tsx';
import { SignOff } from './sign-off.tsx';
import { DOCUMENTS } from './words.ts';

export interface CardProps {
  incident: string;
  reason: string;
  document: Listed;
  template: Template | undefined;
  templates: Template[];
  draft(drafting: Drafting): void;
}

/** One document: how it stands, what it says, and what may be done with it now. */
export function DocumentCard({ incident, reason, document, template, templates, draft }: CardProps) {
  const words = useWords(DOCUMENTS);
  const { language } = useSpeech();
  const client = useQueryClient();
  const { data: who } = useSession();
  const [html, setHtml] = useState<string | null>(null);
  const [error, setError] = useState<unknown>();
  const reads = may(who, 'readIdentity');
  const refresh = () => client.invalidateQueries({ queryKey: documentsKey(incident) });
  const now = serverNow();

  async function open(): Promise<void> {
    setError(undefined);
    try {
      setHtml(await readPreview(incident, document.id, reason));
    } catch (failed) {
      setError(failed);
    }
  }

  return (
    <li className={`card document ${document.status}`} id={`document-${document.id}`}>
      <h3>
        {document.name}{' '}
        <span className={`doc-state ${document.status}`}>{words.states[document.status]}</span>
      </h3>
      {document.number && <p className="doc-number">{document.number}</p>}
      {document.stamp && <p className="doc-stamp">{document.stamp}</p>}
      <p className="soft">
        {words.drafted(document.draftedByName, shortly(document.draftedAt, now))}
        {document.signedAt &&
          ` · ${words.signedBy(document.signedByName ?? '', shortly(document.signedAt, now))}`}
        {document.old && ` · ${words.takesPlace}`}
      </p>
      {document.status === 'draft' && document.verifying.length > 0 && (
        <p className="lacking">{words.verifying(namesInWords(document.verifying, template, language))}</p>
      )}
      {document.meanwhile && <p className="meanwhile">{document.meanwhile}</p>}
      {document.signedAt && !document.onTimeline && <p className="lacking">{words.noTimeline}</p>}
      {reads && (
        <div className="doc-acts">
          <button type="button" disabled={!reason} onClick={() => (html ? setHtml(null) : void open())}>
            {html ? words.shut : words.show}
            <span className="visually-hidden"> {document.name}</span>
          </button>
          <Files {...{ incident, document, reason }} fail={setError} />
        </div>
      )}
      {reads && !reason && <p className="soft">{words.reasonFirst}</p>}
      {html && <PreviewFrame html={html} />}
      <Refusal error={error} template={template} />
      {document.status === 'draft' && may(who, 'respond') && (
        <SignOff
          {...{ incident, reason, document, template, draft }}
          seen={html !== null}
          error={error}
          fail={setError}
          changed={() => {
            setHtml(null);
            void refresh();
          }}
        />
      )}
      {document.signedAt && <Scans {...{ incident, document, reason }} changed={() => void refresh()} />}
      {document.status === 'signed' && may(who, 'respond') && (
        <Replace {...{ document, template, templates, draft }} />
      )}
    </li>
  );
}

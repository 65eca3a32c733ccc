import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { may, useSession } from '../api/session.ts';
import { useIncident } from '../incident/incident.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { AskedList } from './asked-list.tsx';
import { DocumentCard } from './document-card.tsx';
import { documentsKey, useAsked, useDocuments, useTemplates } from './documents.ts';
import { DraftForm, type Drafting } from './draft-form.tsx';
import { OtherTemplates } from './other-templates.tsx';
import { Reason } from './reason.tsx';
import { ToSign } from './to-sign.tsx';
import { DOCUMENTS } from './words.ts';
import '../incident/incident.css';
import '../look/marks.css';
import './documents.css';

/** An incident's documents: what is asked for, drafting, reading, signing, scans. Phone width first: leaders sign at night. */
export function DocumentsPage() {
  const { id = '' } = useParams();
  return <Documents key={id} id={id} />;
}

function Documents({ id }: { id: string }) {
  const words = useWords(DOCUMENTS);
  const client = useQueryClient();
  const { data: who } = useSession();
  const { data: incident, error: unknown } = useIncident(id);
  const { data: documents, error } = useDocuments(id);
  const { data: asked, error: noneAsked } = useAsked(id);
  const { data: templates = [] } = useTemplates();
  const [search, setSearch] = useSearchParams();
  const [reason, setReason] = useState('');
  const [drafting, setDrafting] = useState<Drafting | null>(null);
  const why = reason.trim();
  const mayDraft = may(who, 'respond') && may(who, 'readIdentity') && incident?.status === 'open';
  const templateOf = (key: string) => templates.find((each) => each.key === key);
  // A duty's link names what it asks for; it is drafted once the reason is given.
  const linked = drafting ? undefined : templateOf(search.get('draft') ?? '');
  const current = drafting ?? (linked && mayDraft ? { template: linked } : null);

  function begin(one: Drafting | null): void {
    setDrafting(one);
    setSearch({}, { replace: true });
  }
  function draftBy(key: string): void {
    const template = templateOf(key);
    if (template) begin({ template });
  }

  return (
    <article className="page incident documents">
      <header className="incident-head">
        <p className="crumb">
          <Link to={`/incidents/${id}`}>{words.back}</Link>
        </p>
        <h1>
          {words.title}
          {incident?.drill && <span className="mark drill">{words.drill}</span>}
        </h1>
        <p>
          {words.ofIncident(incident?.number ?? words.numberSoon)} · {incident?.branchName}
        </p>
      </header>
      <ProblemNote error={unknown ?? error ?? noneAsked} />
      <Reason reason={reason} say={setReason} />
      <ToSign documents={documents ?? []} />
      {current && !why && <p className="lacking">{words.reasonFirst}</p>}
      {current && why && (
        <DraftForm
          key={`${current.template.key} ${current.old?.document}`}
          {...{ incident: id, reason: why, drafting: current }}
          cancel={() => begin(null)}
          done={({ id: made }) => {
            begin(null);
            void client
              .invalidateQueries({ queryKey: documentsKey(id) })
              .then(() => document.getElementById(`document-${made}`)?.scrollIntoView());
          }}
        />
      )}
      {asked ? (
        <AskedList asked={asked} documents={documents ?? []} may={mayDraft} draft={draftBy} />
      ) : (
        !noneAsked && <Loading />
      )}
      {mayDraft && <OtherTemplates templates={templates} draft={draftBy} />}
      <h2>{words.all}</h2>
      {documents?.length === 0 && <p className="soft">{words.none}</p>}
      <ul className="document-list">
        {documents?.toReversed().map((one) => (
          <DocumentCard
            key={one.id}
            {...{ incident: id, reason: why, document: one, templates, draft: begin }}
            template={templateOf(one.template)}
          />
        ))}
      </ul>
    </article>
  );
}

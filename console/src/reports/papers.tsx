import { useState } from 'react';
import { Link as RouteLink } from 'react-router';
import { useNames } from '../incident/names.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { useSaid, useTemplates, type Chain, type Link } from './chain.ts';
import { REPORTS } from './words.ts';

/** The papers of a report: drafted, signed on the page of documents, sent from here. */
export function Papers({ id, link, chain, acts }: { id: string; link: Link; chain: Chain; acts: boolean }) {
  const words = useWords(REPORTS);
  const names = useNames();
  const sent = useSaid(id, 'reports/sendings');
  const last = link.documents.findLast(({ status }) => status === 'draft' || status === 'signed');
  const wasSent = link.sendings.some(
    ({ document, signed }) => document === last?.id && signed === (last.status === 'signed'),
  );
  // The last of its kind: an earlier one would be drafted from what the later one tells.
  const isNext = chain.reports.findLast(({ kind }) => kind === link.kind)?.report === link.report;
  return (
    <>
      {link.documents.length > 0 && <h3>{words.papers}</h3>}
      <ul className="plain-list">
        {link.documents.map((paper) => (
          <li key={paper.id}>
            <RouteLink to={`/incidents/${id}/documents`}>{paper.number ?? paper.name}</RouteLink>{' '}
            {paper.stamp ?? words.statuses[paper.status]}
            {paper.old && `（${words[paper.old.act]}）`}
            {paper.signedBy && ` · ${names.person(paper.signedBy)}`}
          </li>
        ))}
      </ul>
      {acts && link.waits === 'draft' && isNext && <MakeDraft id={id} link={link} chain={chain} />}
      {acts && link.waits === 'signature' && (
        <RouteLink className="go" to={`/incidents/${id}/documents`}>
          {words.sign}
        </RouteLink>
      )}
      {acts && last && !wasSent && chain.recipients.length > 0 && (
        <button
          type="button"
          className="go"
          disabled={sent.isPending}
          onClick={() => sent.mutate({ document: last.id })}
        >
          {last.status === 'signed' ? words.send : words.sendAhead}
        </button>
      )}
      <ProblemNote error={sent.error} />
    </>
  );
}

/** Drafts the paper of a report from its template, with what that asks for besides. */
function MakeDraft({ id, link, chain }: { id: string; link: Link; chain: Chain }) {
  const words = useWords(REPORTS);
  const drafted = useSaid(id, 'documents');
  const template = useTemplates().data?.find(({ key }) => key === chain.templates[link.kind]);
  const [fields, setFields] = useState<Record<string, string>>({});
  if (!template) return null;
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ''));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        drafted.mutate({ template: template.key, fields: given });
      }}
    >
      {Object.entries(template.fields).map(([name, { label }]) => (
        <label key={name}>
          {label}
          <textarea
            rows={2}
            value={fields[name] ?? ''}
            onChange={({ target }) => setFields((before) => ({ ...before, [name]: target.value }))}
          />
        </label>
      ))}
      <button disabled={drafted.isPending}>{words.makeDraft}</button>
      <ProblemNote error={drafted.error} />
    </form>
  );
}

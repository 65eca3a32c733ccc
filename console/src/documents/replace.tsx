import { useWords } from '../words/words.tsx';
import type { Listed, Template } from './documents.ts';
import type { Drafting } from './draft-form.tsx';
import { DOCUMENTS } from './words.ts';

interface Props {
  document: Listed;
  template: Template | undefined;
  templates: Template[];
  draft(drafting: Drafting): void;
}

/** What was signed never changes: it is corrected by another of its kind, or withdrawn by a document that withdraws it. */
export function Replace({ document, template, templates, draft }: Props) {
  const words = useWords(DOCUMENTS);
  const withdrawing = templates.find(({ withdraws }) => withdraws.includes(document.template));
  const name = document.number ?? document.name;
  const old = (act: 'corrects' | 'withdraws') => ({ document: document.id, act, name });
  return (
    <div className="doc-acts">
      {template && template.withdraws.length === 0 && (
        <button type="button" onClick={() => draft({ template, old: old('corrects') })}>
          {words.correct}
          <span className="visually-hidden"> {name}</span>
        </button>
      )}
      {withdrawing && (
        <button type="button" onClick={() => draft({ template: withdrawing, old: old('withdraws') })}>
          {words.withdraw}
          <span className="visually-hidden"> {name}</span>
        </button>
      )}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Loading } from '../look/loading.tsx';
import { useSpeech, useWords } from '../words/words.tsx';
import { postDraft, readForm, type Form, type Listed, type Old, type Template } from './documents.ts';
import { namesInWords } from './name-words.ts';
import { Refusal } from './refusal.tsx';
import { DOCUMENTS } from './words.ts';

export interface Drafting {
  template: Template;
  /** What it corrects or withdraws, and what that is called. */
  old?: Old & { name: string };
  /** What was written before, when it is drafted again. */
  fields?: Record<string, string>;
}

interface Props {
  incident: string;
  reason: string;
  drafting: Drafting;
  cancel(): void;
  done(drafted: Listed): void;
}

/** What a template asks of its drafter, filled in with what the incident knows; what stays empty stands as 正在核实. */
export function DraftForm({ incident, reason, drafting, cancel, done }: Props) {
  const words = useWords(DOCUMENTS);
  const { template, old } = drafting;
  const { data, error } = useQuery({
    queryKey: ['incident', incident, 'document-form', template.key, reason],
    queryFn: () => readForm(incident, template.key, reason),
    staleTime: Infinity, // each reading is logged, and what is being typed stays
    refetchOnMount: 'always',
  });
  const titles = { corrects: words.correcting, withdraws: words.withdrawing };
  return (
    <section className="card draft-form" aria-label={words.drafting(template.name)}>
      <h2>{words.drafting(template.name)}</h2>
      {old && <p>{titles[old.act](old.name)}</p>}
      <Refusal error={error} template={template} />
      {!data && !error && <Loading />}
      {data ? (
        <Fields form={data} {...{ incident, drafting, cancel, done }} />
      ) : (
        <button type="button" onClick={cancel}>
          {words.cancel}
        </button>
      )}
    </section>
  );
}

function Fields({ incident, form, drafting, cancel, done }: Omit<Props, 'reason'> & { form: Form }) {
  const words = useWords(DOCUMENTS);
  const { language } = useSpeech();
  const { template, old, fields } = drafting;
  const [written, setWritten] = useState(() =>
    Object.fromEntries(form.fields.map(({ key, suggested }) => [key, fields?.[key] ?? suggested ?? ''])),
  );
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();

  async function make(): Promise<void> {
    setBusy(true);
    setFailed(undefined);
    const filled = Object.entries(written).filter(([, text]) => text.trim() !== '');
    try {
      done(
        await postDraft(incident, {
          template: template.key,
          fields: Object.fromEntries(filled),
          ...(old ? { old: { document: old.document, act: old.act } } : {}),
        }),
      );
    } catch (error) {
      setFailed(error);
      setBusy(false);
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      {form.fields.map(({ key, label, suggested }) => (
        <label key={key}>
          {label}
          <textarea
            rows={(written[key] ?? '').length > 60 || suggested === null ? 3 : 1}
            maxLength={20_000}
            value={written[key] ?? ''}
            onChange={({ target }) => setWritten((before) => ({ ...before, [key]: target.value }))}
          />
          {suggested !== null && <small>{words.suggestedHere}</small>}
        </label>
      ))}
      {form.fields.length > 0 && <p className="soft">{words.leftOpen}</p>}
      <p className={form.verifying.length > 0 ? 'lacking' : 'soft'}>
        {form.verifying.length > 0
          ? words.verifying(namesInWords(form.verifying, template, language))
          : form.fields.length === 0 && words.nothingOpen}
      </p>
      {template.meanwhile && <p className="meanwhile">{template.meanwhile}</p>}
      <Refusal error={failed} template={template} />
      <button disabled={busy}>{words.make}</button>
      <button type="button" onClick={cancel}>
        {words.cancel}
      </button>
    </form>
  );
}

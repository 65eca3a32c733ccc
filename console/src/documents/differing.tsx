import { useQuery } from '@tanstack/react-query';
import { useSpeech, useWords } from '../words/words.tsx';
import { readDifferences, type Listed, type Template } from './documents.ts';
import { nameInWords } from './name-words.ts';
import { Refusal } from './refusal.tsx';
import { DOCUMENTS } from './words.ts';

interface Props {
  incident: string;
  reason: string;
  document: Listed;
  template: Template | undefined;
  /** Drafts it again with what its drafter wrote. */
  again(fields: Record<string, string>): void;
}

/** What has changed since a draft was made, then and now, and drafting it again. */
export function Differing({ incident, reason, document, template, again }: Props) {
  const words = useWords(DOCUMENTS);
  const { language } = useSpeech();
  const { data, error } = useQuery({
    queryKey: ['incident', incident, 'differences', document.id],
    queryFn: () => readDifferences(incident, document.id, reason),
    staleTime: Infinity, // each reading is logged
  });
  if (!data) return <Refusal error={error} template={template} />;
  return (
    <div className="differing">
      <p>{words.changed}</p>
      <dl>
        {data.changed.map(({ name, was, is }) => (
          <div key={name}>
            <dt>{nameInWords(name, template, language)}</dt>
            <dd>
              <small>{words.then}</small> {was ?? words.unknown}
            </dd>
            <dd>
              <small>{words.now}</small> <b>{is ?? words.unknown}</b>
            </dd>
          </div>
        ))}
      </dl>
      <p className="soft">{words.redraftNote}</p>
      <button type="button" onClick={() => again(data.fields)}>
        {words.redraft}
      </button>
    </div>
  );
}

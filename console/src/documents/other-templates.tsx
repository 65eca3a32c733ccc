import { useState } from 'react';
import { useWords } from '../words/words.tsx';
import type { Template } from './documents.ts';
import { DOCUMENTS } from './words.ts';

/** Documents that no open duty asks for. What withdraws another is drafted from that one. */
export function OtherTemplates({ templates, draft }: { templates: Template[]; draft(key: string): void }) {
  const words = useWords(DOCUMENTS);
  const [chosen, setChosen] = useState('');
  return (
    <details className="card others">
      <summary>{words.others}</summary>
      <label>
        {words.choose}
        <select value={chosen} onChange={({ target }) => setChosen(target.value)}>
          <option value="" />
          {templates
            .filter(({ withdraws }) => withdraws.length === 0)
            .map(({ key, name, clause }) => (
              <option key={key} value={key}>
                {name}（{clause}）
              </option>
            ))}
        </select>
      </label>
      <div className="doc-acts">
        <button type="button" disabled={chosen === ''} onClick={() => draft(chosen)}>
          {words.draft}
        </button>
      </div>
    </details>
  );
}

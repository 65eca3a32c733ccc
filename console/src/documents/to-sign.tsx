import { useWords } from '../words/words.tsx';
import type { Listed } from './documents.ts';
import { DOCUMENTS } from './words.ts';

/** What waits for this person's signature, as ways to it: it is what a leader opens the page for at night. */
export function ToSign({ documents }: { documents: Listed[] }) {
  const words = useWords(DOCUMENTS);
  const waiting = documents.filter(({ status, maySign }) => status === 'draft' && maySign);
  if (waiting.length === 0) return null;
  return (
    <nav className="card to-sign" aria-label={words.toSign}>
      <b>{words.toSign}</b>
      {waiting.map(({ id, name }) => (
        <a key={id} className="act-link" href={`#document-${id}`}>
          {name}
        </a>
      ))}
    </nav>
  );
}

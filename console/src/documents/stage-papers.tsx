import { Link } from 'react-router';
import { useWords } from '../words/words.tsx';
import { useAsked } from './documents.ts';
import { DOCUMENTS } from './words.ts';

/** The documents that one open duty asks for, each a way to draft it. */
export function StagePapers({ incident, stage }: { incident: string; stage: string }) {
  const words = useWords(DOCUMENTS);
  const { data = [] } = useAsked(incident);
  const own = data.filter(({ stages }) => stages.some(({ stageId }) => stageId === stage));
  if (own.length === 0) return null;
  return (
    <p className="stage-papers">
      {own.map(({ document, name, template }) => (
        <Link
          key={document}
          className="act-link"
          to={`/incidents/${incident}/documents${template ? `?draft=${template}` : ''}`}
        >
          {words.paper(name)}
        </Link>
      ))}
    </p>
  );
}

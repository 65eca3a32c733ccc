import { isProblem } from '../api/problem.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { useSpeech, useWords } from '../words/words.tsx';
import type { Template } from './documents.ts';
import { namesInWords } from './name-words.ts';
import { DOCUMENTS } from './words.ts';

/** Why a document was refused, what it is about, and what to do next. */
export function Refusal({ error, template }: { error: unknown; template?: Template | undefined }) {
  const words = useWords(DOCUMENTS);
  const { language } = useSpeech();
  const todo = isProblem(error) ? words.todo[error.code] : undefined;
  if (!isProblem(error) || !todo) return <ProblemNote error={error} />;
  const listed = (name: string): string[] => (error.more[name] as string[] | undefined) ?? [];
  const about = error.more.about as { stage: string; outcome: string } | undefined;
  const known = [...listed('verifying'), ...listed('changed')];
  const needed = [...listed('outcomeNames'), ...listed('correctionTypeNames')];
  return (
    <div className="problem" role="alert">
      <b>{error.title}</b> ({error.code})<p>{todo}</p>
      {about && <p>{words.about(about.stage, about.outcome)}</p>}
      {known.length > 0 && <p>{namesInWords(known, template, language)}</p>}
      {needed.length > 0 && <p>{words.needs(needed.join(language === 'zh' ? '、' : ', '))}</p>}
    </div>
  );
}

import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { sizeInWords } from './upload.ts';
import { ATTACHMENTS } from './words.ts';

export interface Chosen {
  key: string;
  file: File;
  /** Why it cannot be sent at all; null where it can. */
  refused: string | null;
  /** How much is sent; null while it is not being sent. */
  percent: number | null;
  error: unknown;
}

/** A file that was chosen: what it is, how large, how far it is sent, and what went wrong. It stays until it was taken. */
export function ChosenFile({ chosen, send, remove }: { chosen: Chosen; send(): void; remove(): void }) {
  const words = useWords(ATTACHMENTS);
  const { file, refused, percent, error } = chosen;
  return (
    <li className="chosen-file">
      <span className="words">
        {file.name} <small>{sizeInWords(file.size)}</small>
      </span>
      {refused && (
        <p className="problem" role="alert">
          {refused}
        </p>
      )}
      <ProblemNote error={error} />
      {percent !== null ? (
        <label>
          {words.sending(percent)}
          <progress max={100} value={percent} />
        </label>
      ) : (
        <span className="attach-acts">
          {!refused && (
            <button type="button" className="send" onClick={send}>
              {error === undefined ? words.send : words.again}
            </button>
          )}
          <button type="button" onClick={remove}>
            {words.remove}
          </button>
        </span>
      )}
    </li>
  );
}

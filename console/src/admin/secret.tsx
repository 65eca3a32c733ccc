import { useWords } from '../words/words.tsx';
import { ADMIN } from './words.ts';

/** A secret that is shown once and kept nowhere. */
export function Secret({
  title,
  value,
  how,
  close,
}: {
  title: string;
  value: string;
  how: string;
  close(): void;
}) {
  const words = useWords(ADMIN);
  return (
    <div className="secret" role="alert">
      <h2>{title}</h2>
      <p>
        <code>{value}</code>
      </p>
      <p>{how}</p>
      <button type="button" onClick={close}>
        {words.seen}
      </button>
    </div>
  );
}

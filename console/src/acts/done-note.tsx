import { useEffect, useState } from 'react';

/** So long an answer is read; the page itself says the same from then on. */
const READ_MS = 8_000;

/** Words that are said once, wherever on the page somebody is. */
export function useDoneNote() {
  const [said, say] = useState('');
  useEffect(() => {
    if (!said) return undefined;
    const timer = setTimeout(() => say(''), READ_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const note = (
    <div role="status" className="act-done">
      {said && <p>{said}</p>}
    </div>
  );
  return { note, say };
}

import { useEffect, useRef } from 'react';
import { useWords } from '../words/words.tsx';
import { BOARD } from './words.ts';

/** The next page comes as its place is scrolled to; the button is for whoever does not scroll. */
export function More({ busy, shown, next }: { busy: boolean; shown: number; next(): void }) {
  const words = useWords(BOARD);
  const place = useRef<HTMLButtonElement>(null);
  const ask = useRef(next);
  useEffect(() => {
    ask.current = next;
  });
  useEffect(() => {
    const watcher = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) ask.current();
      },
      { rootMargin: '600px' },
    );
    watcher.observe(place.current!);
    return () => watcher.disconnect();
  }, [shown]); // a page that did not fill the screen asks again
  return (
    <button ref={place} type="button" className="more" aria-busy={busy} onClick={next}>
      {busy ? words.loading : words.loadMore}
    </button>
  );
}

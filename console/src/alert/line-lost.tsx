import { useLine } from '../api/events.ts';
import { twins, useWords } from '../words/words.tsx';
import './alert.css';

const WORDS = twins(
  { lost: '连接中断，正在重连。页面内容可能不是最新。' },
  { lost: 'Connection lost, reconnecting. What is shown may not be the latest.' },
);

/** Says quietly that pages are not live, while they are not. */
export function LineLost() {
  const words = useWords(WORDS);
  const isLost = useLine() === 'lost';
  return (
    <div role="status" className="line-lost">
      {isLost && <p>{words.lost}</p>}
    </div>
  );
}

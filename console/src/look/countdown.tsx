import { useNow } from '../api/ticking.ts';
import { twins, useWords } from '../words/words.tsx';
import { shortly, span } from './time.ts';
import './countdown.css';

const WORDS = twins(
  {
    left: (time: string) => `剩 ${time}`,
    over: (time: string) => `超期 ${time}`,
    by: (time: string) => `限 ${time}`,
    none: '未载明期限',
  },
  {
    left: (time: string) => `${time} left`,
    over: (time: string) => `${time} overdue`,
    by: (time: string) => `by ${time}`,
    none: 'no limit set',
  },
);

/** Less than this is left: act now. */
const SOON_MS = 5 * 60_000;

/** How long is left until a deadline, or how long it has been over, by the server's clock. Null: the plan and the bureau set none. */
export function Countdown({ dueAt }: { dueAt: string | null }) {
  const words = useWords(WORDS);
  const now = useNow();
  if (dueAt === null) return <span className="countdown none">{words.none}</span>;
  const left = Date.parse(dueAt) - now;
  const state = left <= 0 ? 'late' : left < SOON_MS ? 'soon' : 'calm';
  return (
    <span className={`countdown ${state}`}>
      <b>{left <= 0 ? words.over(span(left)) : words.left(span(left))}</b>{' '}
      <small>{words.by(shortly(dueAt, now))}</small>
    </span>
  );
}

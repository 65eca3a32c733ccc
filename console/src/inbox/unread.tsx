import { twins, useWords } from '../words/words.tsx';
import { useInbox } from './inbox.ts';
import './unread.css';

const WORDS = twins({ unread: '条未读' }, { unread: 'unread' });

/** How many messages wait, beside the menu's entry. */
export function Unread() {
  const words = useWords(WORDS);
  const count = useInbox(false).data?.length ?? 0;
  if (count === 0) return null;
  return (
    <span className="unread">
      {count} <span className="visually-hidden">{words.unread}</span>
    </span>
  );
}

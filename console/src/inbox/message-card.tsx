import { serverNow } from '../api/clock.ts';
import { shortly } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { withoutLinks, type Message } from './inbox.ts';
import { INBOX } from './words.ts';

/** One message: its words, the way to its receipt, and whether it was read. */
export function MessageCard({ message, read }: { message: Message; read: (() => void) | null }) {
  const words = useWords(INBOX);
  const { subject, text, at, readAt } = message;
  const { words: said, links } = withoutLinks(text);
  const time = (instant: string): string => shortly(instant, serverNow());
  return (
    <li className={`message ${readAt ? '' : 'new'}`}>
      <h2>
        {subject} {!readAt && <span className="mark new">{words.isNew}</span>}
      </h2>
      <p className="soft">
        {time(at)}
        {readAt && ` · ${words.readAt(time(readAt))}`}
      </p>
      <p className="said">{said}</p>
      <div className="message-end">
        {links.map((link) => (
          <a key={link} className="receipt-link" href={link} target="_blank" rel="noreferrer">
            {words.receipt}
          </a>
        ))}
        {!readAt && read && (
          <button type="button" onClick={read}>
            {words.read}
          </button>
        )}
      </div>
    </li>
  );
}

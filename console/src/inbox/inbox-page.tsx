import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isProblem } from '../api/problem.ts';
import { may, SESSION, useSession } from '../api/session.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { markRead, useInbox } from './inbox.ts';
import { MessageCard } from './message-card.tsx';
import { INBOX } from './words.ts';
import '../look/marks.css';
import './inbox.css';

/** What was said to me in the application, each with the way to its receipt. */
export function InboxPage() {
  const words = useWords(INBOX);
  const client = useQueryClient();
  const who = useSession().data;
  const [all, setAll] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const inbox = useInbox(all);
  const person = who?.account?.person ?? null;

  async function read(key: string): Promise<void> {
    setFailed(undefined);
    try {
      await markRead(person!, key);
    } catch (error) {
      setFailed(error);
      if (isProblem(error) && error.status === 401) void client.invalidateQueries({ queryKey: SESSION });
    }
    await client.invalidateQueries({ queryKey: ['inbox'] });
  }

  return (
    <section className="page inbox">
      <h1>{words.title}</h1>
      <p className="soft">{words.how}</p>
      <label className="tick">
        <input type="checkbox" checked={all} onChange={({ target }) => setAll(target.checked)} /> {words.all}
      </label>
      <ProblemNote error={failed ?? inbox.error} />
      {inbox.isPending && <Loading />}
      {inbox.data?.length === 0 && <p className="empty">{all ? words.noneAtAll : words.none}</p>}
      <ul>
        {inbox.data?.map((message) => (
          <MessageCard
            key={message.key}
            message={message}
            read={may(who, 'respond') ? () => void read(message.key) : null}
          />
        ))}
      </ul>
    </section>
  );
}

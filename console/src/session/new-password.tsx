import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ask } from '../api/client.ts';
import { SESSION, type WhoAmI } from '../api/session.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { twins, useWords } from '../words/words.tsx';

const WORDS = twins(
  {
    title: '请设置新密码',
    why: '一次性密码只用于首次登录。新密码至少 12 个字符。',
    current: '原密码',
    next: '新密码',
    send: '保存并继续',
  },
  {
    title: 'Choose a new password',
    why: 'A one-time password is for the first sign-in only. At least 12 characters.',
    current: 'Current password',
    next: 'New password',
    send: 'Save and go on',
  },
);

interface Props {
  /** What was just signed in with; null: it is asked for. */
  current: string | null;
  then?(): Promise<void>;
}

/** The first sign-in, and the one after a reset: the password that somebody else has seen is replaced. Signs out elsewhere. */
export function NewPassword({ current, then }: Props) {
  const words = useWords(WORDS);
  const client = useQueryClient();
  const [error, setError] = useState<unknown>();

  async function send(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const body = { current: current ?? String(given.get('current')), next: String(given.get('next')) };
    try {
      const who = await ask<WhoAmI>('/api/session/password', { method: 'PUT', body });
      client.setQueryData(SESSION, who);
      form.reset();
      setError(undefined);
      await client.invalidateQueries();
      await then?.();
    } catch (caught) {
      setError(caught);
    }
  }

  return (
    <section className="sign-in">
      <h2>{words.title}</h2>
      <p>{words.why}</p>
      <form onSubmit={(event) => void send(event)}>
        {current === null && (
          <label>
            {words.current}
            <input name="current" type="password" autoComplete="current-password" required />
          </label>
        )}
        <label>
          {words.next}
          <input name="next" type="password" autoComplete="new-password" minLength={12} required />
        </label>
        <ProblemNote error={error} />
        <button className="primary">{words.send}</button>
      </form>
    </section>
  );
}

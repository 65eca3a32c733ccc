import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ask } from '../api/client.ts';
import { SESSION, type WhoAmI } from '../api/session.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { twins, useWords } from '../words/words.tsx';
import { NewPassword } from './new-password.tsx';
import { SingleSignOn } from './single-sign-on.tsx';
import './sign-in.css';

const WORDS = twins(
  {
    title: '登录',
    again: '登录已失效，请重新登录。已填写的内容都在。',
    name: '账号',
    password: '密码',
    send: '登录',
    sending: '正在登录…',
    elsewhere: '用单位统一身份登录',
    or: '或用本系统账号登录',
    forgotten: '忘记密码：请联系本局系统管理员重置。紧急情况请直接电话报告值班室。',
  },
  {
    title: 'Sign in',
    again: 'Your session has ended: sign in again. What you have typed is kept.',
    name: 'Account',
    password: 'Password',
    send: 'Sign in',
    sending: 'Signing in …',
    elsewhere: "Sign in with the bureau's single sign-on",
    or: 'or with an account of this system',
    forgotten:
      'Forgot your password? Ask the administrator to reset it. In an emergency, phone the duty room.',
  },
);

/** Signing in, where a page needs it; what stands behind stays as it was. */
export function SignIn({ again = false, then }: { again?: boolean; then?(): Promise<void> }) {
  const words = useWords(WORDS);
  const client = useQueryClient();
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const [mustChange, setMustChange] = useState<string | null>(null);

  async function send(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [name, password] = [String(form.get('name')).trim(), String(form.get('password'))];
    setState({ busy: true });
    try {
      const who = await ask<WhoAmI>('/api/session', { method: 'POST', body: { name, password } });
      if (who.account?.mustChangePassword) return setMustChange(password);
      const before = client.getQueryData<WhoAmI>(SESSION)?.account?.id;
      if (before !== undefined && before !== who.account?.id) {
        // Somebody else: nothing of what the one before had open is theirs to see.
        client.clear();
        window.location.reload();
        return;
      }
      client.setQueryData(SESSION, who);
      await client.invalidateQueries();
      await then?.();
    } catch (error) {
      setState({ busy: false, error });
    }
  }

  if (mustChange !== null) return <NewPassword current={mustChange} then={then} />;
  return (
    <section className="sign-in">
      <h2>{words.title}</h2>
      {again && <p role="status">{words.again}</p>}
      <SingleSignOn words={words} aside={again} />
      <form onSubmit={(event) => void send(event)}>
        <label>
          {words.name}
          <input
            name="name"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus={again}
            required
          />
        </label>
        <label>
          {words.password}
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <ProblemNote error={state.error} />
        <button className="primary" disabled={state.busy}>
          {state.busy ? words.sending : words.send}
        </button>
      </form>
      <p className="soft">{words.forgotten}</p>
    </section>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { serverNow } from '../api/clock.ts';
import { may, useSession } from '../api/session.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { dayAndClock } from '../look/time.ts';
import { instantOf } from '../preview/instants.ts';
import { useWords } from '../words/words.tsx';
import { KEYS, renew, useKeys, type ApiKey } from './admin.ts';
import { Secret } from './secret.tsx';
import { Sure } from '../look/sure.tsx';
import { Table } from './table.tsx';
import { ADMIN } from './words.ts';

/** Keys with which other systems report. */
export function Keys() {
  const words = useWords(ADMIN);
  const client = useQueryClient();
  const { data: who } = useSession();
  const keys = useKeys();
  const [typed, setTyped] = useState({ name: '', until: '' });
  const [secret, setSecret] = useState<{ name: string; value: string } | null>(null);
  const add = useMutation({
    mutationFn: ({ name, until }: typeof typed) =>
      ask<{ key: string }>(KEYS, { method: 'POST', body: { name, expiresAt: instantOf(until) } }),
    onSuccess({ key }, { name }) {
      setSecret({ name, value: key });
      setTyped({ name: '', until: '' });
      return renew(client, KEYS);
    },
  });
  const end = useMutation({
    mutationFn: (id: string) => ask<{ recorded: boolean }>(`${KEYS}/${id}`, { method: 'DELETE' }),
    onSettled: () => renew(client, KEYS),
  });
  const mayManage = may(who, 'manageAccounts');
  const isOver = ({ expiresAt }: ApiKey) => expiresAt !== null && Date.parse(expiresAt) <= serverNow();
  const acts = (key: ApiKey) =>
    isOver(key) ? null : (
      <Sure
        danger="asked"
        name={words.end}
        question={words.sure.end(key.name)}
        busy={end.isPending}
        act={() => end.mutate(key.id)}
      />
    );
  if (!keys.data) return keys.error ? <ProblemNote error={keys.error} /> : <Loading />;
  return (
    <>
      <ProblemNote error={add.error ?? end.error ?? keys.error} />
      {end.data?.recorded === false && <p className="down">{words.notRecorded}</p>}
      {secret && (
        <Secret
          title={words.secretKey(secret.name)}
          value={secret.value}
          how={words.onceKey}
          close={() => setSecret(null)}
        />
      )}
      {mayManage && (
        <details className="card">
          <summary>{words.newKey}</summary>
          <form
            className="fields"
            onSubmit={(event) => {
              event.preventDefault();
              add.mutate(typed);
            }}
          >
            <label>
              {words.keyFor}
              <input
                required
                maxLength={100}
                value={typed.name}
                onChange={({ target }) => setTyped({ ...typed, name: target.value })}
              />
            </label>
            <label>
              {words.until}
              <input
                required
                type="datetime-local"
                value={typed.until}
                onChange={({ target }) => setTyped({ ...typed, until: target.value })}
              />
            </label>
            <button className="go" disabled={add.isPending}>
              {words.create}
            </button>
          </form>
        </details>
      )}
      <Table
        label={words.tabs.keys}
        rows={keys.data}
        keyOf={({ id }) => id}
        columns={[
          [words.keyFor, ({ name }) => <b>{name}</b>],
          ['ID', ({ id }) => <code>{id}</code>],
          [words.status, (key) => (isOver(key) ? words.expired : words.scopes[key.scope])],
          [words.until, ({ expiresAt }) => (expiresAt ? dayAndClock(expiresAt) : words.forever)],
          ...(mayManage ? [[words.change, acts] as [string, typeof acts]] : []),
        ]}
      />
    </>
  );
}

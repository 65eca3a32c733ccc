import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { serverNow } from '../api/clock.ts';
import { may, useSession } from '../api/session.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { dayAndClock } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { ACCOUNTS, renew, useAccounts, type Account } from './admin.ts';
import { NewAccount, type Given } from './new-account.tsx';
import { ROLE_NAMES } from './roles.ts';
import { Secret } from './secret.tsx';
import { Sure } from '../look/sure.tsx';
import { Table } from './table.tsx';
import { ADMIN } from './words.ts';

type Made = { account: Account; oneTimePassword?: string; recorded?: boolean };
type Act = { path: string; method: 'POST' | 'PATCH'; body: Given | Record<string, unknown> };

/** Who may sign in, as what, where; made, locked, and given a new one-time password. */
export function Accounts() {
  const words = useWords(ADMIN);
  const roles = useWords(ROLE_NAMES);
  const client = useQueryClient();
  const { data: who } = useSession();
  const accounts = useAccounts();
  const [secret, setSecret] = useState<{ name: string; value: string } | null>(null);
  const change = useMutation({
    mutationFn: ({ path, method, body }: Act) => ask<Made>(path, { method, body }),
    onSuccess({ account, oneTimePassword }) {
      if (oneTimePassword) setSecret({ name: account.name, value: oneTimePassword });
      return renew(client, ACCOUNTS);
    },
  });
  const mayManage = may(who, 'manageAccounts');
  const patch = (id: string, body: Record<string, unknown>) =>
    change.mutate({ path: `${ACCOUNTS}/${id}`, method: 'PATCH', body });
  if (!accounts.data) return accounts.error ? <ProblemNote error={accounts.error} /> : <Loading />;
  return (
    <>
      <ProblemNote error={change.error ?? accounts.error} />
      {change.data?.recorded === false && <p className="down">{words.notRecorded}</p>}
      {secret && (
        <Secret
          title={words.secret(secret.name)}
          value={secret.value}
          how={words.once}
          close={() => setSecret(null)}
        />
      )}
      {mayManage && (
        <NewAccount
          busy={change.isPending}
          add={(body) => change.mutateAsync({ path: ACCOUNTS, method: 'POST', body }).then(() => undefined)}
        />
      )}
      <Table
        label={words.tabs.accounts}
        rows={accounts.data}
        keyOf={({ id }) => id}
        columns={[
          [words.name, ({ name }) => <b>{name}</b>],
          [words.role, ({ role }) => roles[role]],
          [words.person, ({ person }) => person ?? '—'],
          [words.jurisdiction, ({ jurisdiction }) => jurisdiction],
          [words.until, ({ expiresAt }) => (expiresAt ? dayAndClock(expiresAt) : words.forever)],
          [words.status, (account) => stateOf(account)],
          ...(mayManage ? [[words.change, acts] as [string, typeof acts]] : []),
        ]}
      />
    </>
  );

  function stateOf({ disabledAt, expiresAt, mustChangePassword }: Account) {
    if (disabledAt) return <span className="down">{words.disabled}</span>;
    if (expiresAt && Date.parse(expiresAt) <= serverNow()) return words.expired;
    return mustChangePassword ? words.mustChange : words.active;
  }

  function acts({ id, name, disabledAt }: Account) {
    const busy = change.isPending;
    const same = { busy, danger: 'asked' } as const;
    return disabledAt ? (
      <Sure
        {...same}
        name={words.enable}
        question={words.sure.enable(name)}
        act={() => patch(id, { disabled: false })}
      />
    ) : (
      <>
        <Sure
          {...same}
          name={words.reset}
          question={words.sure.reset(name)}
          act={() => patch(id, { resetPassword: true })}
        />
        <Sure
          {...same}
          name={words.disable}
          question={words.sure.disable(name)}
          act={() => patch(id, { disabled: true })}
        />
      </>
    );
  }
}

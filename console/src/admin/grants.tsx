import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { serverNow } from '../api/clock.ts';
import { may, useSession } from '../api/session.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { dayAndClock } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { GRANTS, renew, useAccounts, useGrants, type Grant } from './admin.ts';
import { Sure } from '../look/sure.tsx';
import { Table } from './table.tsx';
import { ADMIN } from './words.ts';

const HOURS = [1, 4, 12, 24];
const EMPTY = { account: '', hours: 4, reason: '' };

/** Leave to see identities for a time: given by a leader, with a reason, and taken back. */
export function Grants() {
  const words = useWords(ADMIN);
  const client = useQueryClient();
  const { data: who } = useSession();
  const grants = useGrants();
  const accounts = useAccounts();
  const [typed, setTyped] = useState(EMPTY);
  const grant = useMutation({
    mutationFn: ({ account, hours, reason }: typeof EMPTY) => {
      // A minute less than a whole day: this device's clock is right to a few seconds only.
      const until = new Date(serverNow() + hours * 3_600_000 - 60_000).toISOString();
      return ask(GRANTS, { method: 'POST', body: { account, until, reason: reason.trim() } });
    },
    onSuccess() {
      setTyped(EMPTY);
      return renew(client, GRANTS);
    },
  });
  const end = useMutation({
    mutationFn: (id: string) => ask<{ recorded: boolean }>(`${GRANTS}/${id}`, { method: 'DELETE' }),
    onSettled: () => renew(client, GRANTS),
  });
  const mayGrant = may(who, 'grantIdentity');
  const nameOf = (id: string) => accounts.data?.find((one) => one.id === id)?.name ?? id;
  const acts = ({ id, accountId, until }: Grant) =>
    Date.parse(until) <= serverNow() ? (
      <span className="soft">{words.expired}</span>
    ) : (
      <Sure
        danger="asked"
        name={words.takeBack}
        question={words.sure.grant(nameOf(accountId))}
        busy={end.isPending}
        act={() => end.mutate(id)}
      />
    );
  if (!grants.data) return grants.error ? <ProblemNote error={grants.error} /> : <Loading />;
  return (
    <>
      <p className="soft">{words.grantHint}</p>
      <ProblemNote error={grant.error ?? end.error ?? grants.error ?? accounts.error} />
      {end.data?.recorded === false && <p className="down">{words.notRecorded}</p>}
      {mayGrant && (
        <form
          className="card fields"
          onSubmit={(event) => {
            event.preventDefault();
            grant.mutate(typed);
          }}
        >
          <label>
            {words.account}
            <select
              required
              value={typed.account}
              onChange={({ target }) => setTyped({ ...typed, account: target.value })}
            >
              <option value="">—</option>
              {accounts.data
                ?.filter(({ id, disabledAt }) => id !== who?.account?.id && !disabledAt)
                .map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
            </select>
          </label>
          <label>
            {words.hours}
            <select
              value={typed.hours}
              onChange={({ target }) => setTyped({ ...typed, hours: Number(target.value) })}
            >
              {HOURS.map((hours) => (
                <option key={hours} value={hours}>
                  {words.hour(hours)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {words.reason}
            <input
              required
              maxLength={1_000}
              value={typed.reason}
              onChange={({ target }) => setTyped({ ...typed, reason: target.value })}
            />
          </label>
          <button className="go" disabled={grant.isPending}>
            {words.grant}
          </button>
        </form>
      )}
      {grants.data.length === 0 && <p className="soft">{words.noGrants}</p>}
      {grants.data.length > 0 && (
        <Table
          label={words.tabs.grants}
          rows={grants.data}
          keyOf={({ id }) => id}
          columns={[
            [words.account, ({ accountId }) => <b>{nameOf(accountId)}</b>],
            [words.by, ({ grantedBy, grantedAt }) => `${nameOf(grantedBy)} ${dayAndClock(grantedAt)}`],
            [words.until, ({ until }) => dayAndClock(until)],
            [words.reason, ({ reason }) => reason],
            ...(mayGrant ? [[words.change, acts] as [string, typeof acts]] : []),
          ]}
        />
      )}
    </>
  );
}

import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { may, useSession } from '../api/session.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { dayAndClock } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { useAccounts, type Change, type Verified } from './admin.ts';
import { Table } from './table.tsx';
import { ADMIN } from './words.ts';

const PAGE = 50;

/** Who changed what, from what to what; and whether the record is whole. */
export function Changes() {
  const words = useWords(ADMIN);
  const { data: who } = useSession();
  const [area, setArea] = useState('');
  const accounts = useAccounts();
  const nameOf = (actor: string): string =>
    accounts.data?.find(({ id }) => actor === `account-${id}`)?.name ?? actor;
  const changes = useInfiniteQuery({
    queryKey: ['admin', 'changes', area],
    queryFn: ({ pageParam }) =>
      ask<Change[]>(`/api/changes?limit=${PAGE}${area && `&area=${area}`}${pageParam}`),
    initialPageParam: '',
    getNextPageParam: (last) => (last.length === PAGE ? `&before=${last.at(-1)!.seq}` : undefined),
  });
  const verify = useMutation({
    mutationFn: () => ask<Verified>('/api/changes/verify', { method: 'POST', body: {}, patienceMs: 600_000 }),
  });
  return (
    <>
      <ProblemNote error={changes.error ?? verify.error} />
      {may(who, 'runAudit') && (
        <p>
          <button type="button" disabled={verify.isPending} onClick={() => verify.mutate()}>
            {verify.isPending ? words.running : words.verify}
          </button>
        </p>
      )}
      <div role="status">{verify.data && <Found verified={verify.data} />}</div>
      <label>
        {words.area}
        <select value={area} onChange={({ target }) => setArea(target.value)}>
          <option value="">{words.all}</option>
          {AREAS.map((one) => (
            <option key={one} value={one}>
              {words.areas[one] ?? one}
            </option>
          ))}
        </select>
      </label>
      {changes.isPending ? (
        <Loading />
      ) : (
        <Table
          label={words.tabs.changes}
          rows={changes.data?.pages.flat() ?? []}
          keyOf={({ seq }) => String(seq)}
          columns={[
            ['#', ({ seq }) => seq],
            [words.at, ({ at }) => <time dateTime={at}>{dayAndClock(at)}</time>],
            [words.who, ({ by, via }) => (by === via ? nameOf(by) : `${nameOf(by)}（${nameOf(via)}）`)],
            [words.what, ({ area: its, subject }) => `${words.areas[its] ?? its} · ${subject}`],
            [words.change, (change) => <FromTo change={change} />],
          ]}
        />
      )}
      {changes.hasNextPage && (
        <button
          type="button"
          disabled={changes.isFetchingNextPage}
          onClick={() => void changes.fetchNextPage()}
        >
          {words.more}
        </button>
      )}
    </>
  );
}

const AREAS: Change['area'][] = [
  'plan',
  'people',
  'roster',
  'channels',
  'rights',
  'keys',
  'reads',
  'operations',
  'erasures',
  'drills',
];

function FromTo({ change: { from, to, personal, hash } }: { change: Change }) {
  const words = useWords(ADMIN);
  return (
    <div className="from-to">
      {from !== null && <code>{JSON.stringify(from)}</code>}
      <code>{to === null ? '—' : JSON.stringify(to)}</code>
      {personal.length > 0 && <small>{words.sealed(personal.join('、'))}</small>}
      <small title={hash}>{hash.slice(0, 8)}</small>
    </div>
  );
}

function Found({ verified: { entries, erased, problems } }: { verified: Verified }) {
  const words = useWords(ADMIN);
  return problems.length === 0 ? (
    <p className="fine">
      {words.verified(entries)} {erased > 0 && words.erased(erased)}
    </p>
  ) : (
    <div className="down">
      <p>{words.broken(problems.length)}</p>
      <ul>
        {problems.map(({ seq, code, text }) => (
          <li key={`${seq} ${code}`}>
            {words.entry(seq)} {code}: {text}
          </li>
        ))}
      </ul>
    </div>
  );
}

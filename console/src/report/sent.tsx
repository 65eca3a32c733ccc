import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { summarySchema } from '../../../src/api/schemas.ts';
import { ask } from '../api/client.ts';
import { isProblem, mayPass } from '../api/problem.ts';
import { useWords } from '../words/words.tsx';
import type { Accepted } from './outbox.ts';
import { REPORT } from './words.ts';

type Detail = z.infer<typeof summarySchema>;
interface Suggestion {
  id: string;
  number: string | null;
}

/** What follows an alarm: its number, what the plan does now, what is still asked, and what may be the same event. */
export function Sent({ accepted, another }: { accepted: Accepted; another(): void }) {
  const words = useWords(REPORT);
  const { data: detail, error } = useQuery({
    queryKey: ['incident', accepted.id, 'number'],
    queryFn: () => ask<Detail>(`/api/incidents/${accepted.id}`),
    retry: false,
    // Until the register has it; not for ever where one may not see it.
    refetchInterval: ({ state }) =>
      state.data?.number || (state.error && !mayPass(state.error)) ? false : 1_500,
  });
  const { data: similar } = useQuery({
    queryKey: ['incident', accepted.id, 'duplicates'],
    queryFn: () => ask<Suggestion[]>(`/api/incidents/${accepted.id}/duplicates`),
    enabled: Boolean(detail?.number),
    retry: false,
  });
  const isElsewhere = isProblem(error) && error.status === 404;
  const number = detail?.number ?? accepted.number;
  const fact = (name: string): string => words.facts[name.replace(/^subject\..*/, 'subjects')] ?? name;
  return (
    <>
      <dl className="sent">
        <dt>{words.number}</dt>
        <dd className="number">{number ?? words.numberSoon}</dd>
        <dt>{words.branch}</dt>
        <dd>{accepted.branches.map(({ name, clause }) => `${clause} ${name}`).join('；')}</dd>
      </dl>
      <p>{words.next}</p>
      {accepted.missing.length > 0 && (
        <p>
          {words.missing}：{[...new Set(accepted.missing.map(fact))].join('、')}
        </p>
      )}
      {similar && similar.length > 0 && (
        <section className="similar">
          <p>{words.maybeSame}</p>
          <ul>
            {similar.map(({ id, number: other }) => (
              <li key={id}>
                <a href={`/console/incidents/${id}`}>{other ?? '…'}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {isElsewhere ? (
        <p role="status">{words.elsewhere}</p>
      ) : (
        <a className="primary" href={`/console/incidents/${accepted.id}`}>
          {words.add}
        </a>
      )}
      <button type="button" className="secondary" onClick={another}>
        {words.another}
      </button>
    </>
  );
}

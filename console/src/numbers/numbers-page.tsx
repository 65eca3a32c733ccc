import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { NumbersBody, NumbersPart } from '../../../src/api/schemas-numbers.ts';
import { ask } from '../api/client.ts';
import { download } from '../look/download.ts';
import { PeriodFilter, queryOf, type Period } from '../look/period-filter.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { span } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { NUMBERS, TIMES } from './words.ts';
import '../look/sheets.css';

/** How long things took and what was overdue: drills apart. */
export function NumbersPage() {
  const words = useWords(NUMBERS);
  const [period, setPeriod] = useState<Period>({ from: '', to: '', office: '' });
  const [failed, setFailed] = useState<unknown>();
  const query = queryOf(period);
  const { data, error } = useQuery({
    queryKey: ['numbers', query],
    queryFn: () => ask<NumbersBody>(`/api/numbers?${query}`),
  });
  const save = (format: string): void => {
    setFailed(undefined);
    download(`/api/numbers/export?${query}&format=${format}`).catch(setFailed);
  };
  return (
    <section className="page sheet-page">
      <h1>{words.title}</h1>
      <PeriodFilter period={period} change={setPeriod} />
      <div className="ways">
        {['xlsx', 'csv'].map((format) => (
          <button key={format} type="button" onClick={() => save(format)}>
            {words.download} .{format}
          </button>
        ))}
      </div>
      <ProblemNote error={error ?? failed} />
      {data && <Part title={words.real} part={data.real} />}
      {data && data.drills.incidents > 0 && <Part title={words.drills} part={data.drills} />}
    </section>
  );
}

function Part({ title, part }: { title: string; part: NumbersPart }) {
  const words = useWords(NUMBERS);
  const rows = [{ office: '', officeName: words.all, ...part }, ...part.offices];
  /** The longest median of any office: the bars of a column are of one scale. */
  const longest = (name: (typeof TIMES)[number]): number =>
    Math.max(1, ...rows.map(({ times }) => times[name].p50 ?? 0));
  const shown = (seconds: number | null): string => (seconds === null ? '—' : span(seconds * 1_000));
  return (
    <>
      <h2>{title}</h2>
      <div className="sheet" role="region" aria-label={title} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.office}</th>
              <th scope="col">{words.incidents}</th>
              {TIMES.map((name) => (
                <th key={name} scope="col">
                  {words.times[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.office}>
                <th scope="row">{row.officeName}</th>
                <td>{row.incidents}</td>
                {TIMES.map((name) => (
                  <td key={name}>
                    {shown(row.times[name].p50)} / {shown(row.times[name].p90)} ({row.times[name].count})
                    {row.times[name].p50 !== null && (
                      <meter
                        min={0}
                        max={longest(name)}
                        value={row.times[name].p50}
                        aria-label={`${row.officeName} ${words.times[name]}`}
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h3>{words.overdue}</h3>
      <p>{part.overdue.length === 0 ? words.none : words.overdueNote}</p>
      <ul>
        {part.overdue.map((one) => (
          <li key={`${one.office} ${one.stage}`}>
            {one.stageName} · {one.officeName}{' '}
            <meter
              min={0}
              max={one.opened}
              value={one.overdue}
              aria-label={`${one.stageName} ${one.officeName}`}
            />{' '}
            {one.overdue} / {one.opened}
          </li>
        ))}
      </ul>
    </>
  );
}

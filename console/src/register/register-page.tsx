import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RegisterBody } from '../../../src/api/schemas-register.ts';
import { ask } from '../api/client.ts';
import { may, useSession } from '../api/session.ts';
import { download } from '../look/download.ts';
import { PeriodFilter, queryOf, type Period } from '../look/period-filter.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { dayAndClock } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { REGISTER } from './words.ts';
import '../look/sheets.css';

/** The register 台账: its first lines, and all of it as a sheet; with identities for a logged reason alone. */
export function RegisterPage() {
  const words = useWords(REGISTER);
  const { data: who } = useSession();
  const [period, setPeriod] = useState<Period>({ from: '', to: '', office: '' });
  const [reason, setReason] = useState('');
  const [failed, setFailed] = useState<unknown>();
  const query = queryOf(period);
  const { data, error } = useQuery({
    queryKey: ['register', query],
    queryFn: () => ask<RegisterBody>(`/api/register?${query}`),
  });
  const time = (at: string | null): string =>
    at === null ? '—' : Number.isNaN(Date.parse(at)) ? at : dayAndClock(at);
  const save = (): void => {
    setFailed(undefined);
    download(`/api/register/export?${query}`, reason.trim()).catch(setFailed);
  };
  return (
    <section className="page sheet-page">
      <h1>{words.title}</h1>
      <PeriodFilter period={period} change={setPeriod} />
      <div className="ways">
        {may(who, 'readIdentity') && (
          <label>
            {words.reason}
            <input value={reason} maxLength={300} onChange={({ target }) => setReason(target.value)} />
          </label>
        )}
        <button type="button" onClick={save}>
          {words.download}
        </button>
      </div>
      <ProblemNote error={error ?? failed} />
      <h2>{words.preview}</h2>
      {data?.lines.length === 0 && <p>{words.none}</p>}
      <div className="sheet" role="region" aria-label={words.preview} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {words.head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data?.lines.map((line, index) => (
              <tr key={index}>
                <td>{line.number}</td>
                <td>{line.officeName}</td>
                <td>{line.clause}</td>
                <td>{line.stageName}</td>
                <td>{line.actor}</td>
                <td>{line.partyName ?? '—'}</td>
                <td>{time(line.occurredAt)}</td>
                <td>{time(line.discoveredAt)}</td>
                <td>{time(line.reportedAt)}</td>
                <td>{time(line.receivedAt)}</td>
                <td>{line.clock && words.clocks[line.clock]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

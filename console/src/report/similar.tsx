import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { summarySchema } from '../../../src/api/schemas.ts';
import { ask } from '../api/client.ts';
import { serverNow } from '../api/clock.ts';
import { shortly } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import { REPORT } from './words.ts';

type Summary = z.infer<typeof summarySchema>;

/** Two reports of one event come within this time of each other, if they come at all. */
const NEAR_MS = 12 * 3_600_000;

/** Open incidents of the same office and kind: shown before sending, and never in its way. */
export function Similar({ office, eventType }: { office: string; eventType: string }) {
  const words = useWords(REPORT);
  const query = new URLSearchParams({ office, eventType, status: 'open', limit: '5' });
  const { data } = useQuery({
    queryKey: ['similar', office, eventType],
    queryFn: () => ask<Summary[]>(`/api/incidents?${query}`),
    retry: false,
  });
  const near = (data ?? []).filter(({ openedAt }) => serverNow() - Date.parse(openedAt ?? '') < NEAR_MS);
  if (near.length === 0) return null;
  return (
    <section className="similar" role="status">
      <p>{words.duplicates}</p>
      <ul>
        {near.map(({ id, number, openedAt }) => (
          <li key={id}>
            <a href={`/console/incidents/${id}`} target="_blank" rel="noreferrer">
              {number ?? '…'} · {openedAt && shortly(openedAt, serverNow())} — {words.openIt}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { validate } from 'uuid';
import type { z } from 'zod';
import type { summarySchema } from '../api/schemas.ts';
import { Refused } from './refused.ts';
import type { Request } from './server.ts';

/** The id of an incident that was called by its id or its number. Throws {@link Refused} where no incident has that number. */
export async function idOf(word: string, answerOf: (request: Request) => Promise<unknown>): Promise<string> {
  if (validate(word)) return word;
  const query = new URLSearchParams({ q: word, limit: '200' });
  const found = (await answerOf({ method: 'GET', path: `/api/incidents?${query}` })) as z.infer<
    typeof summarySchema
  >[];
  const incident = found.find(({ number }) => number === word);
  if (incident) return incident.id;
  throw new Refused({
    code: 'UNKNOWN_INCIDENT',
    title: `no incident has the number ${word}`,
    detail: 'Give its whole number or its id: fenghuo incidents lists both.',
  });
}

import type { z } from 'zod';
import type { IncidentDetailBody, summarySchema } from '../api/schemas.ts';
import type { Act } from './act.ts';
import { clock, incidentLines } from './incident-lines.ts';

type Summary = z.infer<typeof summarySchema>;

/** The filters of `fenghuo incidents`, by the name of the API's own. */
const FILTERS = {
  status: ['open|closed', 'only open or closed ones'],
  office: ['OFFICE', 'only of this judicial office'],
  branch: ['BRANCH', 'only in this branch'],
  type: ['TYPE', 'only of this event type'],
  drill: ['true|false', 'only drills, or none'],
  parent: ['ID', 'only sub-cases of this incident'],
  number: ['TEXT', 'only with numbers that begin so'],
  limit: ['COUNT', 'how many at most; 50 unless told'],
  before: ['ID', 'only those after this one in the list: the last id of the page before'],
} as const;

const QUERY_NAMES: Record<string, string> = { type: 'eventType', number: 'q' };

const incidents: Act<Summary[]> = {
  name: 'incidents',
  says: ['Incidents, newest first: number, status, branch, office, when it was opened, id. No identities.'],
  example: 'fenghuo incidents --status open --office jia',
  takes: [],
  options: Object.fromEntries(
    Object.entries(FILTERS).map(([name, [value, says]]) => [name, { value, says, field: null }]),
  ),
  request(given) {
    const query = new URLSearchParams();
    for (const name of Object.keys(FILTERS)) {
      const value = given.text(name);
      if (value !== undefined) query.set(QUERY_NAMES[name] ?? name, value);
    }
    return { method: 'GET', path: `/api/incidents?${query}` };
  },
  tells: (found) => [
    ...found.map(({ number, status, branchName, branch, office, openedAt, id }) =>
      [number ?? '-', status, branchName ?? branch ?? '-', office, clock(openedAt), id].join('  '),
    ),
    `${found.length} incidents`,
  ],
};

const show: Act<IncidentDetailBody> = {
  name: 'show',
  says: [
    'One incident: what is known, who it is about, its duties with their stages and limits. The reading is logged.',
  ],
  example: 'fenghuo show YS-2026-0001',
  takes: ['INCIDENT'],
  options: {},
  request: ({ words: [id] }) => ({ method: 'GET', path: `/api/incidents/${id}` }),
  tells: incidentLines,
};

interface Duplicate {
  id: string;
  number: string | null;
  receivedAt: string;
  score: number;
  reasons: string[];
}

const duplicates: Act<Duplicate[]> = {
  name: 'duplicates',
  says: [
    'Open incidents that may be the same event, the likeliest first. A person decides: fenghuo merge. It is logged.',
  ],
  example: 'fenghuo duplicates YS-2026-0002',
  takes: ['INCIDENT'],
  options: {},
  request: ({ words: [id] }) => ({ method: 'GET', path: `/api/incidents/${id}/duplicates` }),
  tells: (found) => [
    ...found.map(({ number, receivedAt, reasons, id }) =>
      [number ?? '-', clock(receivedAt), reasons.join(', '), id].join('  '),
    ),
    `${found.length} possible duplicates`,
  ],
};

export const READING_ACTS = [incidents, show, duplicates] as Act[];

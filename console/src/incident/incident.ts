import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { detailSchema } from '../../../src/api/schemas-detail.ts';
import { ask } from '../api/client.ts';

export type Detail = z.infer<typeof detailSchema>;
export type Stage = Detail['firstResponse'][number];
export type Told = Stage['told'][number];
export type Entry = Detail['timeline'][number];

/** An incident as everybody within reach may see it: live, and without identities. */
export const useIncident = (id: string) =>
  useQuery({ queryKey: ['incident', id], queryFn: () => ask<Detail>(`/api/incidents/${id}`) });

/** The same with identities, for a reason that is logged. A header: an address would end up in logs. */
export const readIdentities = (id: string, reason: string): Promise<Detail> =>
  ask<Detail>(`/api/incidents/${id}`, { headers: { 'x-reason': encodeURIComponent(reason) } });

/**
 * The live incident with the identities that were opened before: each reading is logged, so that what happens meanwhile does not
 * read them again by itself.
 */
export function withIdentities(live: Detail, opened: Detail | null): Detail {
  if (!opened) return live;
  const personal = new Map(opened.timeline.map(({ seq, personal: values }) => [seq, values]));
  const subjects = new Map(opened.subjects.map((each) => [each.subject, each]));
  const reports = new Map(opened.reports.map((each) => [each.report, each]));
  return {
    ...live,
    identities: 'shown',
    facts: { ...filled(live.facts, opened.facts), missing: opened.facts.missing },
    subjects: live.subjects.map((each) => filled(each, subjects.get(each.subject))),
    reports: live.reports.map((each) => ({ ...each, ...textsOf(reports.get(each.report)) })),
    timeline: live.timeline.map((entry) => {
      const values = personal.get(entry.seq);
      return values ? { ...entry, personal: values } : entry;
    }),
  };
}

/** What is left out in the live one, from the other. */
function filled<T extends object>(live: T, opened: T | undefined): T {
  const known = Object.entries(opened ?? {}).filter(
    ([name]) => (live as Record<string, unknown>)[name] === null,
  );
  const reporter = 'reporter' in live && opened && 'reporter' in opened ? { reporter: opened.reporter } : {};
  return { ...live, ...Object.fromEntries(known), ...reporter };
}

const textsOf = (report: Detail['reports'][number] | undefined) =>
  report ? { elements: report.elements, text: report.text } : {};

/** Stages in the order of the plan's branches, the first response first. */
export const stagesOf = (detail: Detail): Stage[] => [
  ...detail.firstResponse,
  ...detail.branches.flatMap(({ stages }) => stages),
];

export type StageState = 'coming' | 'open' | 'overdue' | 'done' | 'left';

/** How a stage may have ended without having been done. */
const NOT_DONE = new Set(['superseded', 'lapsed', 'closed']);

/** How a stage stands. `now` in milliseconds. */
export function stateOf({ resolvedAt, outcome, dueAt, startsAt }: Stage, now: number): StageState {
  if (resolvedAt) return NOT_DONE.has(outcome ?? '') ? 'left' : 'done';
  if (startsAt && Date.parse(startsAt) > now) return 'coming';
  return dueAt && Date.parse(dueAt) <= now ? 'overdue' : 'open';
}

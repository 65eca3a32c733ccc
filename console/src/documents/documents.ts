import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  askedSchema, differencesSchema, documentSchema, formSchema, templatesSchema,
} from '../../../src/api/schemas-documents.ts'; // prettier-ignore
import { ask } from '../api/client.ts';
import { offline, Problem } from '../api/problem.ts';

export type Listed = z.infer<typeof documentSchema>;
export type Asked = z.infer<typeof askedSchema>[number];
export type Template = z.infer<typeof templatesSchema>[number];
export type Form = z.infer<typeof formSchema>;
export type Differences = z.infer<typeof differencesSchema>;
/** The signed document that a draft takes the place of. */
export type Old = NonNullable<Listed['old']>;

export const documentsKey = (incident: string) => ['incident', incident, 'documents'];
const pathOf = (incident: string) => `/api/incidents/${incident}/documents`;

/** The documents of an incident, oldest first. Drafts are told of by nobody: they are looked for now and then. */
export const useDocuments = (incident: string) =>
  useQuery({
    queryKey: documentsKey(incident),
    queryFn: () => ask<Listed[]>(pathOf(incident)),
    refetchInterval: 15_000,
  });

/** What the plan asks for at open duties. */
export const useAsked = (incident: string) =>
  useQuery({
    queryKey: [...documentsKey(incident), 'asked'],
    queryFn: () => ask<Asked[]>(`${pathOf(incident)}/asked`),
  });

export const useTemplates = () =>
  useQuery({
    queryKey: ['document-templates'],
    queryFn: () => ask<Template[]>('/api/document-templates'),
    staleTime: 300_000,
  });

/** A header: an address would end up in logs. */
const why = (reason: string): Record<string, string> => ({ 'x-reason': encodeURIComponent(reason) });

/** A template's fields with what the incident suggests for them. A logged reading. */
export const readForm = (incident: string, template: string, reason: string): Promise<Form> =>
  ask<Form>(`/api/incidents/${incident}/document-forms/${template}`, { headers: why(reason) });

/** What of a draft is known otherwise now, and what its drafter wrote. A logged reading. */
export const readDifferences = (incident: string, document: string, reason: string): Promise<Differences> =>
  ask<Differences>(`${pathOf(incident)}/${document}/differences`, { headers: why(reason) });

export interface NewDraft {
  template: string;
  fields: Record<string, string>;
  old?: Old;
}

export const postDraft = (incident: string, draft: NewDraft): Promise<Listed> =>
  ask<Listed>(pathOf(incident), { method: 'POST', body: draft });

/** Signs what was seen: another text has another digest. */
/** `confirmTimes`: whoever signs has looked at times that are out of order. */
export const postSignature = (
  incident: string,
  { id, digest }: Listed,
  confirmTimes: boolean,
): Promise<Listed> =>
  ask<Listed>(`${pathOf(incident)}/${id}/signature`, { method: 'POST', body: { digest, confirmTimes } });

export const postDiscard = (incident: string, id: string): Promise<Listed> =>
  ask<Listed>(`${pathOf(incident)}/${id}/discard`, { method: 'POST', body: {} });

/** Twenty mebibytes over a bad line. */
const SCAN_PATIENCE_MS = 10 * 60_000;

/** Attaches the scan of the signed paper; the same file again counts once. */
export const postScan = (incident: string, id: string, file: File): Promise<unknown> =>
  ask(`${pathOf(incident)}/${id}/scans`, {
    method: 'POST',
    raw: file,
    patienceMs: SCAN_PATIENCE_MS,
    headers: { 'content-type': file.type || 'application/octet-stream' },
  });

/** The page that shows a document. A logged reading. Throws {@link Problem}. */
export async function readPreview(incident: string, id: string, reason: string): Promise<string> {
  const answer = await fetch(`${pathOf(incident)}/${id}/preview`, {
    credentials: 'same-origin',
    headers: { 'x-fenghuo': '1', ...why(reason) },
  }).catch(() => {
    throw offline();
  });
  if (answer.ok) return answer.text();
  throw new Problem(answer.status, (await answer.json().catch(() => ({}))) as Record<string, unknown>);
}

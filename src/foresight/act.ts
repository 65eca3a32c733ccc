import type { Said } from './say.ts';

/** What somebody can do: a route of the API, and the part of its body that is fixed by which act it is. */
export interface Act {
  act: string;
  route: readonly ['POST', string];
  /** The stage it is about, by id; null for acts of the incident as a whole. */
  stageId: string | null;
  body: Record<string, string | boolean>;
  /** What has to be said with it, by name of the body's field; what words are asked for. */
  asks: { field: string; label: string } | null;
  title: Said;
  causes: Said;
  /** Stages it opens, by key of the plan. */
  opens: string[];
}

export const at = (path: string) => ['POST', `/api/incidents/:id/${path}`] as const;

/** What a plain act says: its consequence in words, and what it fixes and asks for. */
export interface Plain extends Said {
  stageId?: string;
  body?: Act['body'];
  field?: string;
  label?: string;
}

/** An act whose consequence is the same wherever the incident stands. */
export const plain = (
  act: string,
  path: string,
  title: Said,
  { zh, en, stageId, body, field, label }: Plain,
): Act => ({
  act,
  route: at(path),
  stageId: stageId ?? null,
  body: body ?? {},
  asks: field === undefined ? null : { field, label: label ?? '' },
  title,
  causes: { zh: `${title.zh} → ${zh}`, en: `${title.en} → ${en}` },
  opens: [],
});

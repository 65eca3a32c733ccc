import { z } from 'zod';
import type { Look } from './keep-watch.ts';
import type { Part, Seen } from './words.ts';

const PATIENCE_MS = 8_000;

const part = z.enum(['ok', 'down']);
const ready = z.object({ temporal: part, worker: part, register: part });
const watch = z.object({ status: z.string(), beats: z.int().nullable(), ageSeconds: z.number().nullable() });

/** What `/readyz` and `/watchz` of the system at `url` say, and a line for people. Never rejects: no answer is one. */
export async function lookFrom(url: string): Promise<{ isProcessed: boolean; look: Look; line: string }> {
  const [readiness, beats] = await Promise.all([ask(url, '/readyz', ready), ask(url, '/watchz', watch)]);
  const isProcessed = beats?.status === 'processing' && readiness?.temporal === 'ok';
  const seen: Seen = {
    register: readiness?.register ?? null,
    temporal: readiness?.temporal ?? null,
    workers: readiness?.worker ?? null,
  };
  return {
    isProcessed,
    look: { beats: beats?.beats ?? null, seen },
    line: [
      `${url}: ${isProcessed ? 'processing' : 'NOT PROCESSING'}`,
      `last beat ${beats?.ageSeconds == null ? 'unknown' : `${Math.round(beats.ageSeconds)} s ago`}`,
      ...Object.entries(seen).map(([name, state]: [string, Part | null]) => `${name} ${state ?? 'unknown'}`),
    ].join(', '),
  };
}

/** A status of 503 is an answer like any other; null for anything that is none. */
async function ask<T>(url: string, path: string, schema: z.ZodType<T>): Promise<T | null> {
  try {
    const answer = await fetch(url + path, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return schema.parse(await answer.json());
  } catch {
    return null;
  }
}

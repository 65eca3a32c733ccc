import { noteServerTime } from './clock.ts';
import { offline, Problem } from './problem.ts';

export interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is: a file. */
  raw?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** How long an answer may take, in milliseconds, where it is known to take long. */
  patienceMs?: number;
}

/** A request that answers nothing within this is treated as no line. */
const PATIENCE_MS = 20_000;

/** Asks the API of this address with the session's cookie. Throws {@link Problem}; `OFFLINE` when no answer comes. */
export async function ask<T>(
  path: string,
  { method = 'GET', body, raw, headers, signal, patienceMs = PATIENCE_MS }: Ask = {},
): Promise<T> {
  const patience = AbortSignal.timeout(patienceMs);
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      'x-fenghuo': '1', // what no page of another origin can send
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
    signal: signal ? AbortSignal.any([signal, patience]) : patience,
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw offline();
  });
  noteServerTime(response.headers.get('date'));
  const answer = await read(response);
  if (!response.ok) throw new Problem(response.status, answer as Record<string, unknown>);
  return answer as T;
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => {
    throw offline();
  });
  if (text === '') return response.ok ? null : {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A proxy's page, or a hotel's: what says 200 there is no answer of ours.
    if (response.ok) throw offline();
    return { title: response.statusText };
  }
}

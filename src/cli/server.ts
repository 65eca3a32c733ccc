import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';

/** The running server as a command reaches it. */
export interface Server {
  /** Without a slash at its end. */
  address: string;
  key: string;
}

/** Where the settings say that the server runs, with its first key; null where no key is known. */
export async function serverOf(config: Config): Promise<Server | null> {
  const key =
    config.FENGHUO_API_KEY ??
    (await readFile(join(config.FENGHUO_DATA, 'api-key'), 'utf8').catch(() => null));
  return key === null ? null : { address: `http://${config.HOST}:${config.PORT}`, key: key.trim() };
}

export interface Request {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the address, e.g. `/api/incidents`. */
  path: string;
  body?: unknown;
  /** The same act under the same key counts once. */
  idempotencyKey?: string;
}

/** Asks the server. Rejects when nobody answers, or not before the signal; an error of the API is an answer. */
export const ask = (
  { address, key }: Server,
  { method, path, body, idempotencyKey }: Request,
  signal?: AbortSignal,
): Promise<Response> =>
  fetch(`${address}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });

import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import { within } from '../within.ts';

/** How long the rest of a body that is too large is read and thrown away. */
const DRAIN_MS = 5_000;

/** A client that is still sending when the connection closes sees a broken pipe instead of the answer: it may finish first. */
export const drained = (body: IncomingMessage): Promise<unknown> =>
  within(DRAIN_MS, finished(body.resume())).catch(() => undefined);

import type { Logger } from 'pino';

const PATIENCE_MS = 5_000;

/** Asks `url` each time it is called; undefined without one. The address may hold a key: no log names it. Never rejects. */
export const pinger = (
  url: string | undefined,
  log: Pick<Logger, 'warn'>,
): (() => Promise<void>) | undefined =>
  url === undefined
    ? undefined
    : async () => {
        const failed = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
          ({ ok, status }) => (ok ? null : `HTTP_${status}`),
          (error: Error) => error.name,
        );
        if (failed) log.warn({ failed }, 'the ping of the watch was not taken');
      };

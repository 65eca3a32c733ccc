import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

/** A header that no page of another origin can send without asking us first, which we never allow. */
export const OWN_HEADER = 'x-fenghuo';

const CHANGES_NOTHING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what another site's page makes a signed-in browser send: 403 `CROSS_SITE`. Three marks have to agree: our own header
 * is there, the browser does not say that it comes from elsewhere, and an `Origin` is this host. No token can grow stale in it
 * and keep an alarm from going out.
 */
export function mustComeFromHere({ method, headers, host }: FastifyRequest): void {
  if (CHANGES_NOTHING.has(method)) return;
  const site = headers['sec-fetch-site'];
  const isOurs =
    headers[OWN_HEADER] !== undefined &&
    (site === undefined || site === 'same-origin') &&
    (headers.origin === undefined || hostOf(headers.origin) === host);
  if (isOurs) return;
  throw new Problem({
    status: 403,
    code: 'CROSS_SITE',
    title: '请求不是从本系统页面发出',
    detail: `Send the header "${OWN_HEADER}: 1" from a page of this address.`,
  });
}

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);

import type { FastifyInstance } from 'fastify';
import { keyOf, rightOf, ROUTE_RIGHTS } from '../accounts/rights.ts';

/** Routes and the table of rights do not agree: the start fails, since an undeclared route would be anybody's or nobody's. */
export class RightsError extends Error {
  override name = 'RightsError';
  readonly code = 'RIGHTS_INCOMPLETE';
}

/** Collects the routes of `app` as they are added, and refuses its start unless the table of rights has exactly these. */
export function declareRights(app: FastifyInstance): void {
  const routes = new Map<string, boolean>();
  app.addHook('onRoute', ({ method, url, config }) => {
    for (const each of [method].flat()) {
      if (each === 'HEAD') continue; // Fastify's own, beside each GET
      routes.set(`${each} ${url}`, config?.open === true);
    }
  });
  app.addHook('onReady', async () => {
    const problems = [...undeclared(routes), ...withoutRoute(routes)];
    if (problems.length > 0) throw new RightsError(`src/accounts/rights.ts: ${problems.join('; ')}`);
  });
}

const undeclared = (routes: Map<string, boolean>): string[] =>
  [...routes].flatMap(([name, saysOpen]) => {
    const [method = '', url = ''] = name.split(' ');
    const declared = rightOf(method, url);
    if (!declared) return [`${name} is not declared`];
    return saysOpen && declared.needs !== 'open'
      ? [`${name} says it is open, and is declared ${declared.needs}`]
      : [];
  });

function withoutRoute(routes: Map<string, boolean>): string[] {
  const there = new Set([...routes.keys()].map(keyOf));
  return Object.keys(ROUTE_RIGHTS)
    .filter((key) => !ROUTE_RIGHTS[key]!.optional && !there.has(key))
    .map((key) => `${key} is declared, and no route`);
}

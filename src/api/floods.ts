import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

/** Requests a minute: of an account, of an address that nobody is known of, and tries to sign in from an address. */
const LIMITS = { account: 600, unknown: 300, signIn: 60 };

export type Floods = typeof LIMITS;
export type Flood = keyof Floods;

/** Counts a request, and throws 429 `TOO_MANY_REQUESTS` when there were too many. Never asked for a signed-in person's alarm. */
export type RefuseFlood = (kind: Flood, request: FastifyRequest) => Promise<void>;

/** Rate limits of this process. API keys are other systems of the bureau, and have none. */
export async function createFloodGates(
  app: FastifyInstance,
  limits: Partial<Floods> = {},
): Promise<RefuseFlood> {
  await app.register(rateLimit, { global: false });
  const gateOf = (kind: Flood) =>
    app.createRateLimit({
      max: limits[kind] ?? LIMITS[kind],
      timeWindow: '1 minute',
      keyGenerator: ({ actor, ip }) =>
        kind === 'account' && actor?.kind === 'account' ? actor.account.id : `${kind} ${ip}`,
    });
  const gates = { account: gateOf('account'), unknown: gateOf('unknown'), signIn: gateOf('signIn') };
  return async (kind, request) => {
    const limit = await gates[kind](request);
    if (limit.isAllowed || !limit.isExceeded) return;
    throw new Problem({
      status: 429,
      code: 'TOO_MANY_REQUESTS',
      title: '请求过于频繁，请稍后重试',
      detail: 'Alarms of signed-in people are never refused for this.',
      retryAfter: limit.ttlInSeconds,
    });
  };
}

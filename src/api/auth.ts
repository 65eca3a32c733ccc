import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { within } from '../within.ts';
import { addApiKey, apiKeyByHash } from '../store/api-keys.ts';
import type { Register } from '../store/open.ts';
import { Problem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks: the id of the API key. Empty on the routes that need none. */
    apiKeyId: string;
  }
  interface FastifyContextConfig {
    /** Needs no API key: health, and links that carry their own signature. */
    open?: boolean;
  }
}

/** As the register keeps an API key. */
export const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

/** A new API key. It is shown once; the register keeps its hash alone. */
export const newApiKey = (): string => `fh_${randomBytes(24).toString('base64url')}`;

/** Makes sure that `key` opens the API. Its id is a fingerprint of it, so that it is the same after every start. */
export const admitApiKey = async (register: Register, key: string, name: string): Promise<void> => {
  await addApiKey(register, { id: `key-${hashOf(key).slice(0, 16)}`, name, hash: hashOf(key) });
};

const refused = (title: string, detail: string): Problem =>
  new Problem({ status: 401, code: 'API_KEY_REQUIRED', title, detail });

/** How long a key once seen is good without asking the register again: an alarm is not refused because the register is down. */
const REMEMBERED_MS = 24 * 60 * 60_000;

/** The documentation holds no data, and a browser opening it sends no key. */
const DOCUMENTATION = /^\/api\/(docs(\/|$)|openapi\.json$)/;

/** Asks every route for a bearer API key unless it says `config: { open: true }`. */
export function askForApiKey(app: FastifyInstance, register: Register): void {
  const seen = new Map<string, { id: string; at: number }>();
  app.decorateRequest('apiKeyId', '');
  app.addHook('onRequest', async (request) => {
    const { config, url = '' } = request.routeOptions;
    if (config.open || request.is404 || DOCUMENTATION.test(url)) return;
    const key = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (!key) throw refused('缺少 API 密钥', 'Send the header "Authorization: Bearer <API key>".');
    const hash = hashOf(key);
    const known = seen.get(hash);
    if (known && Date.now() - known.at < REMEMBERED_MS) {
      request.apiKeyId = known.id;
      return;
    }
    const found = await within(2_000, apiKeyByHash(register, hash)).catch(() => {
      throw new Problem({
        status: 503,
        code: 'REGISTER_UNAVAILABLE',
        title: '暂时无法核对 API 密钥',
        retryAfter: 5,
      });
    });
    if (!found) throw refused('API 密钥无效', 'This key is not known here.');
    seen.set(hash, { id: found.id, at: Date.now() });
    request.apiKeyId = found.id;
  });
}

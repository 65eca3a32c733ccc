import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { rightOf } from '../accounts/rights.ts';
import { reachOf, type Reach, type Right } from '../accounts/roles.ts';
import { toInstant } from '../incident/instant.ts';
import { fieldOf } from '../plan/raw.ts';
import { addApiKey } from '../store/api-keys.ts';
import { hasIdentityGrant } from '../store/identity-grants.ts';
import type { Register } from '../store/open.ts';
import { actorId, type Actor, type SignedIn } from './actor.ts';
import type { ApiDeps } from './deps.ts';
import type { RefuseFlood } from './floods.ts';
import { refused, type KnownKeys } from './known-keys.ts';
import type { KnownSessions } from './known-sessions.ts';
import { Problem } from './problem.ts';
import { createReachCheck } from './reach.ts';
import { mustComeFromHere } from './same-origin.ts';
import { fingerprint } from './token.ts';
import { createUploadGate } from './upload-gate.ts';

export { newApiKey } from './token.ts';

/** Makes sure that `key` opens the API. Its id is a fingerprint of it, so that it is the same after every start. */
export const admitApiKey = async (register: Register, key: string, name: string): Promise<void> => {
  const hash = fingerprint(key);
  await addApiKey(register, { id: `key-${hash.slice(0, 16)}`, name, hash });
};

export interface Gate {
  keys: KnownKeys;
  sessions: KnownSessions;
  refuseFlood: RefuseFlood;
}

/** Routes for somebody whose one-time password has to be changed first; and an alarm does not wait for that. */
const BEFORE_NEW_PASSWORD = /^\/api\/session(\/|$)/;

/** Finds out who asks, and refuses what the table of rights does not give them: 401, 403, 404, 429. */
export function askWhoItIs(app: FastifyInstance, deps: ApiDeps, { keys, sessions, refuseFlood }: Gate): void {
  const mustBeInReach = createReachCheck(deps);
  const mayUploadNow = createUploadGate();
  app.decorateRequest('apiKeyId', '');
  app.decorateRequest('actor', null);
  app.decorateRequest('declared', null);
  app.decorateRequest('reach', 'everywhere');

  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) return;
    const { method, url = '' } = request.routeOptions;
    request.declared = rightOf(String(method), url);
    if (!request.declared || request.declared.needs === 'open') return;
    const isAlarm = request.method === 'POST' && url === '/api/incidents';
    request.actor = await identify(request, reply, isAlarm);
    request.apiKeyId = actorId(request.actor);
    if (request.actor.kind === 'account') {
      mustComeFromHere(request);
      if (!isAlarm) await refuseFlood('account', request);
      if (request.actor.account.mustChangePassword && !isAlarm && !BEFORE_NEW_PASSWORD.test(url))
        throw passwordFirst();
    }
    request.reach = await reachHere(request.actor, request.declared.needs, request);
  });

  // Whoever may not leave a file here has none of it read.
  app.addHook('preParsing', async (request, reply) => {
    if (!request.declared?.file) return;
    await mustBeInReach(request);
    mayUploadNow(request, reply);
  });

  app.addHook('preValidation', async (request) => {
    await mustBeInReach(request);
    if (request.declared?.by && request.actor?.kind === 'account')
      speakForOneself(request.actor, request.body);
  });

  async function identify(request: FastifyRequest, reply: FastifyReply, isAlarm: boolean): Promise<Actor> {
    try {
      const key = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
      const actor = key ? await keys.actorOf(key) : await sessions.actorOf(request, reply, isAlarm);
      if (actor) return actor;
    } catch (error) {
      if (error instanceof Problem && error.details.status === 401) await refuseFlood('unknown', request);
      throw error;
    }
    await refuseFlood('unknown', request);
    throw refused(
      '缺少 API 密钥',
      'Send the header "Authorization: Bearer <API key>", or sign in (POST /api/session).',
    );
  }

  async function reachHere(actor: Actor, needs: 'signedIn' | Right, request: FastifyRequest): Promise<Reach> {
    if (actor.kind === 'key') {
      if (actor.scope === 'full' || isOfIntake(request)) return 'everywhere';
      throw scopeMissing();
    }
    if (needs === 'signedIn') return 'everywhere';
    const { role, id } = actor.account;
    const reach = reachOf(role, needs);
    if (reach) return reach;
    const asReader = needs === 'readIdentity' ? reachOf(role, 'readIncidents') : null;
    if (asReader && (await hasIdentityGrant(deps.register, id, toInstant(Date.now())))) return asReader;
    throw rightMissing(needs);
  }
}

/** What a key for intake may do: report, and follow what it has reported. */
const isOfIntake = ({ method, routeOptions: { url } }: FastifyRequest): boolean =>
  url === '/api/offices' ||
  (url === '/api/incidents' ? method === 'POST' : url === '/api/incidents/:id' && method !== 'POST');

/** A session speaks for its own person: left out, `by` is filled in; another's is refused. */
function speakForOneself({ account }: SignedIn, body: unknown): void {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return;
  const by = fieldOf(body, 'by');
  if (by === undefined || by === null) Object.assign(body, { by: account.person });
  else if (by !== account.person)
    throw new Problem({
      status: 403,
      code: 'NOT_YOURSELF',
      title: '只能以本人身份操作',
      detail: 'Leave "by" out: it is whoever is signed in.',
    });
}

export const rightMissing = (right: Right): Problem =>
  new Problem({
    status: 403,
    code: 'RIGHT_MISSING',
    title: '无此权限',
    detail: `This needs the right "${right}", which your role does not have.`,
    more: { right },
  });

const scopeMissing = (): Problem =>
  new Problem({
    status: 403,
    code: 'SCOPE_MISSING',
    title: '此 API 密钥无此权限',
    detail: 'A key of scope "intake" reports incidents (POST /api/incidents) and reads those it reported.',
  });

const passwordFirst = (): Problem =>
  new Problem({
    status: 403,
    code: 'PASSWORD_CHANGE_REQUIRED',
    title: '请先修改一次性密码',
    detail: 'PUT /api/session/password with "current" and "next".',
  });

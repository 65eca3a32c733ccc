import type { FastifyRequest } from 'fastify';
import { fieldOf } from '../plan/raw.ts';
import type { IncidentId } from '../incident/ids.ts';
import { offices } from '../people/organisation.ts';
import { bodyById } from '../people/bodies.ts';
import { isBodyWithin, officesOf } from '../people/jurisdiction.ts';
import { incidentPlace, type IncidentPlace } from '../store/incident-place.ts';
import { within } from '../within.ts';
import type { ApiDeps } from './deps.ts';
import { onceWritten } from './once-written.ts';
import { Problem } from './problem.ts';
import { unknownIncident } from './incident-problems.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PATIENCE_MS = 1_000;
/** How many incidents' offices are remembered: acts go on while the register is away. */
const REMEMBERED = 10_000;

/** The offices whose incidents the actor may see by this route, by id; null for all of them. */
export function officesInReach({ actor, reach }: FastifyRequest, { organisation }: ApiDeps): string[] | null {
  if (actor?.kind !== 'account' || reach === 'everywhere') return null;
  return officesOf(organisation, actor.account.jurisdiction, reach === 'own');
}

/** Whether a body of the organisation lies where the actor may do what this route is for. */
export const isBodyInReach = (
  { actor, reach }: FastifyRequest,
  { organisation }: Pick<ApiDeps, 'organisation'>,
  body: string,
): boolean =>
  actor?.kind !== 'account' ||
  reach === 'everywhere' ||
  isBodyWithin(organisation, body, actor.account.jurisdiction ?? '');

/** Rosters are read by everybody who is signed in: that there is a body is no secret, and the refusal says what is missing. */
function mustReachBody(request: FastifyRequest, deps: ApiDeps): void {
  const id = fieldOf(request.params, 'body');
  if (typeof id !== 'string' || !bodyById(deps.organisation, id)) return; // said by the route
  if (isBodyInReach(request, deps, id)) return;
  throw new Problem({
    status: 403,
    code: 'BODY_OUT_OF_REACH',
    title: '此单位不在您的管辖范围内',
    detail: 'The roster of this body is kept by whoever is bound to its jurisdiction or one above it.',
  });
}

/**
 * Lets a request through whose incidents (`:id`, and `into` of the body) lie within the actor's reach. One outside it is answered
 * as one that does not exist: 404 `UNKNOWN_INCIDENT`. A roster to be changed lies within it, too: else 403 `BODY_OUT_OF_REACH`.
 */
export function createReachCheck(deps: ApiDeps): (request: FastifyRequest) => Promise<void> {
  const places = new Map<IncidentId, IncidentPlace>();

  async function placeOf(id: IncidentId): Promise<IncidentPlace> {
    const known = places.get(id);
    if (known) return known;
    const found = await within(PATIENCE_MS, incidentPlace(deps.register, id)).catch(() => {
      throw unreadable();
    });
    // Accepted a moment ago, perhaps: waited for, else it is unknown.
    const place = found ?? (await onceWritten(deps, id).then(() => incidentPlace(deps.register, id)));
    if (!place) throw unknownIncident();
    if (places.size >= REMEMBERED) places.delete(places.keys().next().value!);
    places.set(id, place);
    return place;
  }

  return async (request) => {
    const { actor, params, body, routeOptions } = request;
    if (routeOptions.url?.startsWith('/api/rosters/:body')) mustReachBody(request, deps);
    if (!actor || !routeOptions.url?.startsWith('/api/incidents/:id')) return;
    const isFull = actor.kind === 'key' && actor.scope === 'full';
    if (isFull) return;
    const among = officesInReach(request, deps);
    if (among?.length === offices(deps.organisation).length) return;
    if (among === null && actor.kind === 'account') return;
    for (const id of [fieldOf(params, 'id'), fieldOf(body, 'into')]) {
      if (typeof id !== 'string' || !UUID.test(id)) continue;
      const { office, apiKeyId } = await placeOf(id.toLowerCase() as IncidentId);
      const isOurs = among ? among.includes(office) : apiKeyId === request.apiKeyId;
      if (!isOurs) throw unknownIncident();
    }
  };
}

const unreadable = (): Problem =>
  new Problem({
    status: 503,
    code: 'REGISTER_UNAVAILABLE',
    title: '台账暂时不可用',
    detail: 'Whose incident this is cannot be read now. Try again; alarms are taken all the same.',
    retryAfter: 5,
  });

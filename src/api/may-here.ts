import type { FastifyRequest } from 'fastify';
import { rightOf } from '../accounts/rights.ts';
import { reachOf } from '../accounts/roles.ts';
import { officesOf } from '../people/jurisdiction.ts';
import type { ApiDeps } from './deps.ts';

/** Whether whoever asks may use another route for an incident of an office, by the table of rights alone. */
export function mayHere(
  { actor }: FastifyRequest,
  { organisation }: ApiDeps,
  [method, url]: readonly [string, string],
  office: string,
): boolean {
  if (actor?.kind !== 'account') return actor?.scope === 'full';
  const needs = rightOf(method, url)?.needs;
  if (!needs || needs === 'open') return false;
  if (needs === 'signedIn') return true;
  const { role, jurisdiction } = actor.account;
  const reach = reachOf(role, needs);
  if (reach === null) return false;
  return reach === 'everywhere' || officesOf(organisation, jurisdiction, reach === 'own').includes(office);
}

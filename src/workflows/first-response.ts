import type { Course } from './course.ts';

/**
 * 四, opening paragraph (先期处置): in every case the office acts first. What it cannot control it reports to the
 * leading-group office and, at the same instant, asks (报请) that the township group activate its plan; the group decides and,
 * having activated it, carries the response out. A plan that declares response levels has a person choose one.
 */
export const firstResponse = ({ optional }: Course): Promise<unknown> =>
  Promise.all([optional('chooseLevel'), respond(optional)]);

async function respond(optional: Course['optional']): Promise<void> {
  if ((await optional('initialResponse')) !== 'notControllable') return;
  await Promise.all([optional('activationReport'), activate(optional)]);
}

async function activate(optional: Course['optional']): Promise<void> {
  if ((await optional('activationRequest')) === null) return;
  if ((await optional('activationDecision')) === 'activated') await optional('townshipResponse');
}

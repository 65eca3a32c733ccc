import { PlanError, readPlanText, type Plan } from '../plan/load.ts';
import { editionsOfPlan, openProposalText } from '../store/plan-proposals.ts';
import { planEdition } from '../store/plans.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';

/**
 * An edition of the plan by its hash, by its date (the one in force, else the newest of that date), or `inForce`. Throws 404
 * `UNKNOWN_EDITION`, 409 `PLAN_EDITION_UNREADABLE`.
 */
export async function editionNamed(
  { plan, register }: Pick<ApiDeps, 'plan' | 'register'>,
  name: string,
  key = plan.pin.key,
): Promise<Plan> {
  const inForce = { ...plan };
  const isInForce =
    key === inForce.pin.key && ['inForce', inForce.pin.hash, inForce.pin.edition].includes(name);
  if (isInForce) return inForce;
  const known = await editionsOfPlan(register, key);
  const pin = known.find(({ hash, edition }) => hash === name || edition === name);
  const text = pin && (await planEdition(register, pin));
  if (!text) throw unknownEdition();
  return readKept(text);
}

/**
 * The same, and by its hash an edition that is proposed and not decided: whoever decides reads it first. Nothing is put in force
 * by this name.
 */
export async function editionOrProposal(
  deps: Pick<ApiDeps, 'plan' | 'register'>,
  name: string,
  key = deps.plan.pin.key,
): Promise<Plan> {
  const proposed = /^[0-9a-f]{64}$/.test(name) ? await openProposalText(deps.register, key, name) : null;
  return proposed === null ? editionNamed(deps, name, key) : readKept(proposed);
}

function readKept(text: string): Plan {
  try {
    return readPlanText(text);
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    throw new Problem({
      status: 409,
      code: 'PLAN_EDITION_UNREADABLE',
      title: '此版预案是为较早的程序版本编写的',
      detail: 'This edition says too little for this version of the program. Open a later one.',
    });
  }
}

const unknownEdition = (): Problem =>
  new Problem({
    status: 404,
    code: 'UNKNOWN_EDITION',
    title: '没有此版预案',
    detail: 'GET /api/plans lists the editions: name one by its hash, its date, or "inForce".',
  });

import type { PlanPin } from '../incident/entry.ts';
import { readPlanText, type Plan } from '../plan/load.ts';
import { planEdition } from '../store/plans.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';

/** Gives the plan edition an incident is pinned to, also when a newer one is in force. Editions never change: they are read once. */
export function createPlanShelf({
  plan,
  register,
}: Pick<ApiDeps, 'plan' | 'register'>): (pin: PlanPin) => Promise<Plan> {
  const shelf = new Map<string, Plan>([[plan.pin.hash, plan]]);
  return async (pin) => {
    const known = shelf.get(pin.hash);
    if (known) return known;
    const text = await planEdition(register, pin);
    if (text === null) {
      throw new Problem({
        status: 503,
        code: 'PLAN_EDITION_MISSING',
        title: '找不到事件适用的预案版本',
        detail: `Edition ${pin.edition} of ${pin.key} is not in the register: start once with its file in FENGHUO_PLAN.`,
      });
    }
    const edition = readPlanText(text);
    shelf.set(pin.hash, edition);
    return edition;
  };
}

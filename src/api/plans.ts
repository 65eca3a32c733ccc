import type { PlanPin } from '../incident/entry.ts';
import { PlanError, readPlanText, type Plan } from '../plan/load.ts';
import { planEdition } from '../store/plans.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';

/** Gives the plan edition an incident is pinned to, also when a newer one is in force. Editions never change: they are read once. */
export function createPlanShelf({
  plan,
  register,
}: Pick<ApiDeps, 'plan' | 'register'>): (pin: PlanPin) => Promise<Plan> {
  const shelf = new Map<string, Plan>([[plan.pin.hash, { ...plan }]]);
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
    const edition = readEdition(pin, text);
    shelf.set(pin.hash, edition);
    return edition;
  };
}

/** What an edition has to say grows with the program: one of an earlier version may say too little for this one. */
function readEdition(pin: PlanPin, text: string): Plan {
  try {
    return readPlanText(text);
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    throw new Problem({
      status: 409,
      code: 'PLAN_EDITION_UNREADABLE',
      title: '事件适用的预案版本不能用于此操作',
      detail: `Edition ${pin.edition} of ${pin.key} was written for an earlier version. The incident goes on in its branch, and can be closed.`,
    });
  }
}

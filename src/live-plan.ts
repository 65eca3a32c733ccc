import { keepLooking, type KeptLooking } from './keep-looking.ts';
import type { LivePlan } from './plan/live-plan.ts';
import { readPlanText } from './plan/load.ts';
import { publishedText, standingPublication } from './store/plan-proposals.ts';
import type { Register } from './store/open.ts';

/**
 * Keeps a plan as two people have put it in force. An edition that this version of the program cannot read leaves what stands, and is
 * said once.
 */
export function keepPlanLive(register: Register, { plan, show }: LivePlan): KeptLooking {
  let shown: number | null = null;
  return keepLooking(async () => {
    const publication = await standingPublication(register, plan.pin.key);
    if (publication === null || publication === shown) return;
    const text = await publishedText(register, publication);
    shown = publication;
    try {
      show(readPlanText(text));
    } catch (error) {
      console.error(`Publication ${publication} of plan ${plan.pin.key} cannot be read: ${String(error)}`);
    }
  });
}

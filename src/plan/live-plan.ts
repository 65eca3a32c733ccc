import type { Plan } from './load.ts';

/** A plan whose fields are always those of the edition in force. */
export interface LivePlan {
  /** To be handed around like any other; what is read of it between two awaits is of one edition. `{ ...plan }` keeps that one. */
  plan: Plan;
  /** From now on this edition is in force. */
  show(edition: Plan): void;
}

/** Makes the plan of a file live. Without a {@link LivePlan.show} it is the file's. */
export function livePlan(file: Plan): LivePlan {
  let inForce = file;
  const plan = {} as Plan;
  for (const field of Object.keys(file) as (keyof Plan)[])
    Object.defineProperty(plan, field, { enumerable: true, get: () => inForce[field] });
  return {
    plan,
    show(edition) {
      inForce = edition;
    },
  };
}

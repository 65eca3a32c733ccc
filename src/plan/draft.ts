import { parseDocument } from 'yaml';
import { diffPlans, type Change } from './diff.ts';
import { type Plan, readPlanFile, readPlanText } from './load.ts';

/** One of the bureau's own limits, by its place in the file, and what it is to be (ISO 8601); null: 未载明. */
export interface LimitEdit {
  /** E.g. `branches.violentAct.stages.policeCall.within`, `chains.office.0.wait`. */
  path: string;
  value: string | null;
}

/** A draft that loads, and what it changes. */
export interface Draft {
  plan: Plan;
  changes: Change[];
  /** Only the bureau's own limits, or the plan itself. */
  kind: 'limits' | 'revision';
}

/** A plan's text with some limits changed, its comments kept. Throws `RangeError` naming a path at which no limit can stand. */
export function withLimits(text: string, edits: LimitEdit[]): string {
  const document = parseDocument(text);
  for (const { path, value } of edits) {
    const steps = path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const isThere = steps.length === 1 || document.getIn(steps.slice(0, -1)) !== undefined;
    if (!OWN_LIMITS.has(String(steps.at(-1))) || !isThere) throw new RangeError(path);
    if (value === null) document.deleteIn(steps);
    else document.setIn(steps, value);
  }
  return document.toString({ lineWidth: 0 });
}

/** Fields that hold the bureau's own limits; `startsAfter` is a statute's day clock and none of them. */
const OWN_LIMITS = new Set([
  'within',
  'wait',
  'repeatEvery',
  'receiptWithin',
  'overdueWait',
  'remindEvery',
  'quietFor',
  'receiptLinkValidFor',
]);

/** What a draft changes of an edition. Throws `PlanError` with all mistakes of the draft. */
export function readDraft(text: string, upon: Plan): Draft {
  const plan = readPlanText(text);
  const changes = diffPlans(fileOf(upon.text), fileOf(text));
  return { plan, changes, kind: changes.every(({ group }) => group === 'limits') ? 'limits' : 'revision' };
}

const fileOf = (text: string) => readPlanFile({ name: 'plan', text }).value;

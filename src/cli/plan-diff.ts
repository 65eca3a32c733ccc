import { CHANGE_GROUPS, type Change, type ChangeGroup, diffPlans } from '../plan/diff.ts';
import { readPlanFile } from '../plan/load.ts';
import { unlessRefused } from './unless-refused.ts';

/**
 * `fenghuo plan diff BEFORE AFTER`: what changed between two editions. Gives 0 when they were compared, 1 when one of them has
 * mistakes; throws when called wrongly.
 */
export async function planDiff([before, after, ...more]: string[]): Promise<number> {
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error('plan diff takes two files, BEFORE and AFTER');
  return unlessRefused(() => {
    const changes = diffPlans(readPlanFile(before).value, readPlanFile(after).value);
    console.log(`${before} → ${after}: ${changes.length} change(s)`);
    for (const group of Object.keys(CHANGE_GROUPS) as ChangeGroup[]) tell(group, changes);
  });
}

function tell(group: ChangeGroup, changes: Change[]): void {
  const ofGroup = changes.filter((change) => change.group === group);
  if (ofGroup.length === 0) return;
  console.log(`\n${CHANGE_GROUPS[group]} (${ofGroup.length})`);
  for (const { text } of ofGroup) console.log(`  ${text}`);
}

import { parseArgs } from 'node:util';
import { loadOrganisation } from '../people/organisation.ts';
import { guardRosters } from '../people/roster-guard.ts';
import { loadPlan } from '../plan/load.ts';
import { planOption, rosterOptions, servedHere, windowOf } from './roster-files.ts';
import { unlessRefused } from './unless-refused.ts';

/**
 * `fenghuo roster guard`: what of the rosters has to be mended before it is needed. Gives 0 when there is nothing, 1 when there
 * is something or a file has mistakes; throws when called wrongly.
 */
export async function rosterGuard(words: string[]): Promise<number> {
  const { values } = parseArgs({ args: words, options: { ...rosterOptions('14'), ...planOption() } });
  const window = windowOf(values);
  let found = 0;
  const refused = unlessRefused(() => {
    const organisation = loadOrganisation(values.organisation);
    const findings = guardRosters({
      organisation,
      plan: loadPlan(values.plan),
      served: servedHere(),
      ...window,
    });
    found = findings.length;
    console.log(`${values.organisation}: ${found} finding(s) in ${window.days} day(s)`);
    for (const { code, text } of findings) console.log(`  ${code}: ${text.zh}\n    ${text.en}`);
  });
  return refused || (found > 0 ? 1 : 0);
}

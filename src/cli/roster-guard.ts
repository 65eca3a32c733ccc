import { parseArgs } from 'node:util';
import type { z } from 'zod';
import type { findingsSchema } from '../api/schemas-duty.ts';
import { readConfig } from '../config.ts';
import { loadOrganisation } from '../people/organisation.ts';
import { guardRosters } from '../people/roster-guard.ts';
import { loadPlan } from '../plan/load.ts';
import { queryOf, rosterOptions, servedHere, windowOf } from './roster-files.ts';
import { askApi, toldIfRefused } from './roster-server.ts';
import { unlessRefused } from './unless-refused.ts';

/**
 * `fenghuo roster guard`: what of the rosters has to be mended before it is needed. Asks the running server, or looks at files that
 * are named. Gives 0 when there is nothing, 1 when there is something, a file has mistakes or the server refuses; throws when
 * called wrongly.
 */
export async function rosterGuard(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: { ...rosterOptions('14'), plan: { type: 'string' } },
  });
  const window = windowOf(values);
  const { FENGHUO_ORGANISATION, FENGHUO_PLAN } = readConfig(process.env);
  if (values.organisation === undefined && values.plan === undefined)
    return toldIfRefused(async () => {
      const answer = await askApi(`roster-findings?${queryOf(values)}`);
      return tell('The rosters that stand', window.days, (await answer.json()) as Finding[]);
    });
  const { organisation: file = FENGHUO_ORGANISATION, plan = FENGHUO_PLAN } = values;
  let status = 0;
  const refused = unlessRefused(() => {
    const organisation = loadOrganisation(file);
    const looked = { organisation, plan: loadPlan(plan), served: servedHere(), ...window };
    status = tell(file, window.days, guardRosters(looked));
  });
  return refused || status;
}

type Finding = Pick<z.infer<typeof findingsSchema>[number], 'code' | 'text'>;

function tell(what: string, days: number, findings: Finding[]): number {
  console.log(`${what}: ${findings.length} finding(s) in ${days} day(s)`);
  for (const { code, text } of findings) console.log(`  ${code}: ${text.zh}\n    ${text.en}`);
  return findings.length > 0 ? 1 : 0;
}

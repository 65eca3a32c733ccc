import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadTemplates } from '../documents/load-templates.ts';
import { mustHaveTemplates } from '../documents/of-plan.ts';
import { loadOrganisation, unfilledParties } from '../people/organisation.ts';
import { FINDING_KINDS, type Finding, type FindingKind, findings } from '../plan/findings.ts';
import { loadPlan } from '../plan/load.ts';
import { unlessRefused } from './unless-refused.ts';

const SAMPLE = fileURLToPath(new URL('../../plans/organisation.sample.yaml', import.meta.url));
const TEMPLATES = fileURLToPath(new URL('../../plans/documents', import.meta.url));

/**
 * `fenghuo plan check FILE`: the mistakes of a plan, or what a careful reader asks of one that loads. `--organisation` says
 * who fills its parties, `--documents` which templates there are. Gives 0 when all load, 1 when one has mistakes; throws when called wrongly.
 */
export async function planCheck(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    options: {
      organisation: { type: 'string', default: SAMPLE },
      documents: { type: 'string', default: TEMPLATES },
    },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error('plan check takes one FILE');
  return unlessRefused(() => {
    const plan = loadPlan(file);
    mustHaveTemplates(plan, loadTemplates(values.documents).templates.keys(), file);
    const found = findings(plan, unfilledParties(plan, loadOrganisation(values.organisation)));
    console.log(`${file}: no mistakes, ${found.length} finding(s)`);
    for (const kind of Object.keys(FINDING_KINDS) as FindingKind[]) tell(kind, found);
  });
}

function tell(kind: FindingKind, found: Finding[]): void {
  const ofKind = found.filter((finding) => finding.kind === kind);
  if (ofKind.length === 0) return;
  console.log(`\n${FINDING_KINDS[kind]} (${ofKind.length})`);
  for (const { line, path, text } of ofKind) console.log(`  line ${line}, ${path}: ${text}`);
}

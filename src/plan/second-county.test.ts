import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { CODED_STAGES } from './coded-stages.ts';
import { loadPlan } from './load.ts';
import { planPart, startingBranch } from './part-of.ts';

const county = loadPlan('plans/second-county.yaml');
const wushen = loadPlan('plans/wushen-2025.yaml');
const DOC = readFileSync('docs/plan-format.md', 'utf8');

test('a county without a township group has a plan, and in it no township stage', () => {
  expect(Object.keys(county.firstResponse)).toEqual(['initialResponse', 'activationReport', 'chooseLevel']);
  expect(county.branches.abscondingSearch!.stages).not.toHaveProperty('reportTownship');
  expect(county.parties).not.toHaveProperty('townshipCommandGroup');
});

test('its own kinds of event run through branches that are data alone', () => {
  expect(startingBranch(county, 'fire')).toEqual({ branch: 'fire', marks: [] });
  expect(planPart(county, 'fire').branch).toMatchObject({
    workflow: 'stagedResponse',
    sequence: [['evacuate', 'callRescue'], ['headcount', 'tellCentre'], ['restart']],
  });
  expect(planPart(county, 'roadAccident').branch.sequence).toEqual([['callHelp', 'families']]);
});

test('a person chooses among all of its response levels', () => {
  expect(Object.keys(county.firstResponse.chooseLevel!.outcomes)).toEqual(Object.keys(county.responseLevels));
});

test('nothing that goes with an incident of it has a name of the Wushen plan', () => {
  const names = Object.values(wushen.parties).flatMap(({ name, aliases }) => [name, ...aliases]);
  for (const branch of Object.keys(county.branches)) {
    const part = JSON.stringify(planPart(county, branch));
    for (const name of [...names, '苏木', '旗', '嘎查', '乌审']) expect(part).not.toContain(name);
  }
});

/** The lines of a text that say something, without their indentation. */
const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

test('every block of YAML in the documentation stands in the sample files', () => {
  const files = ['plans/second-county.yaml', 'plans/second-organisation.sample.yaml'].map(
    (path) => `\n${linesOf(readFileSync(path, 'utf8')).join('\n')}\n`,
  );
  const blocks = [...DOC.matchAll(/```yaml\n(.*?)```/gs)].map(([, block]) => linesOf(block!).join('\n'));
  expect(blocks.length).toBeGreaterThan(12);
  for (const block of blocks) {
    if (!files.some((file) => file.includes(`\n${block}\n`))) throw new Error(`in no sample file:\n${block}`);
  }
});

test('the documentation lists every stage that the code opens, with its outcomes', () => {
  for (const [section, stages] of Object.entries(CODED_STAGES)) {
    for (const { stage, optional, ends, continues } of stages) {
      const row = DOC.split('\n').find((line) => line.startsWith(`| \`${section}\` | \`${stage}\` |`))!;
      const [, , , , required, outcomes] = row.split('|').map((cell) => cell.trim());
      expect(required).toBe(optional ? '' : 'yes');
      const named = [...ends.map((key) => `\`${key}\``), ...continues.map((key) => `\`${key}\` …`)];
      expect(outcomes).toBe(named.join(', '));
    }
  }
});

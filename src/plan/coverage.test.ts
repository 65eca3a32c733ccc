import { existsSync, readFileSync } from 'node:fs';
import { normalize } from 'node:path';
import { expect, test } from '@jest/globals';
import { readPlanFile } from './load.ts';
import { WUSHEN } from './testing.ts';

/** `docs/coverage.md`: nothing in it may point at what is not there, and nothing that the plan asks for may be missing in it. */
const { value: plan } = readPlanFile(WUSHEN);

interface Link {
  says: string;
  file: string;
}
interface Row {
  clause: string;
  data: Link[];
  code: Link[];
  tests: Link[];
  says: string;
}

const linksIn = (cell: string): Link[] =>
  [...cell.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, says, target]) => ({
    says: says!,
    file: normalize(`docs/${target!}`),
  }));

const rows: Row[] = readFileSync('docs/coverage.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| clause |'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, clause, , data, code, tests]) => ({
    clause: clause!,
    data: linksIn(data!),
    code: linksIn(code!),
    tests: linksIn(tests!),
    says: code!,
  }));

const at = (path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], plan);

const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const hasFunction = ({ says, file }: Link): boolean =>
  new RegExp(`^(export )?(async )?(function|const) ${says}\\b`, 'm').test(textOf(file));
const hasTest = ({ says, file }: Link): boolean =>
  [`'${says}'`, `"${says}"`].some((title) => textOf(file).includes(`${title},`));

const missing = (links: Link[], isThere: (link: Link) => boolean): string[] =>
  links.filter((link) => !isThere(link)).map(({ says, file }) => `${file}: ${says}`);

test('every key path, function and test that the coverage table names is there', () => {
  expect(rows.length).toBeGreaterThan(70);
  const of = (column: 'data' | 'code' | 'tests') => rows.flatMap((row) => row[column]);
  expect(missing(of('data'), ({ says, file }) => file === WUSHEN && at(says) !== undefined)).toEqual([]);
  expect(missing(of('code'), hasFunction)).toEqual([]);
  expect(missing(of('tests'), hasTest)).toEqual([]);
});

test('every stage, event type and work requirement of the plan has a row in the coverage table', () => {
  const asked = [
    ...Object.keys(plan.firstResponse).map((stage) => `firstResponse.${stage}`),
    ...Object.entries(plan.branches).flatMap(([branch, { stages }]) =>
      Object.keys(stages).map((stage) => `branches.${branch}.stages.${stage}`),
    ),
    ...Object.keys(plan.shared).map((stage) => `shared.${stage}`),
    ...Object.keys(plan.eventTypes).map((type) => `eventTypes.${type}`),
    ...Object.keys(plan.workRequirements).map((requirement) => `workRequirements.${requirement}`),
  ];
  const named = new Set(rows.flatMap(({ data }) => data.map(({ says }) => says)));
  expect(asked.filter((path) => !named.has(path))).toEqual([]);
});

test('every row is carried out by code and held by a test, or says that it asks nothing of software', () => {
  const idle = rows.filter(({ code, tests }) => code.length === 0 || tests.length === 0);
  for (const { clause, says } of idle)
    expect([clause, says]).toEqual([clause, expect.stringContaining('asks nothing of software')]);
  const clauses = new Set(rows.map(({ clause }) => clause));
  for (const clause of Object.values(plan.eventTypes).flatMap(({ clause }) => clause.split('、')))
    expect(clauses).toContain(clause);
});

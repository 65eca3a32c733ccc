import { readFileSync } from 'node:fs';
import { loadPlan, PlanError } from './load.ts';
import type { FileProblem } from './yaml-file.ts';

/** The plan that tests break. */
export const WUSHEN = 'plans/wushen-2025.yaml';
export const text = readFileSync(WUSHEN, 'utf8');

/**
 * The plan's text with each `[was, is]` changed once; fails when there is nothing to change. `place…was` changes the first
 * after `place`.
 */
export const broken = (...changes: [was: string, is: string][]) =>
  changes.reduce((before, [mark, is]) => {
    const [place, was] = mark.includes('…') ? (mark.split('…') as [string, string]) : ['', mark];
    const at = before.indexOf(was, before.indexOf(place));
    if (!before.includes(place) || at < 0) throw new Error(`nothing to break: ${mark}`);
    return before.slice(0, at) + is + before.slice(at + was.length);
  }, text);

/** The line of the first `mark` in a text. */
export const lineOf = (file: string, mark: string) => file.slice(0, file.indexOf(mark)).split('\n').length;

/** The mistakes of a plan that has some. */
export function problemsOf(source: string): FileProblem[] {
  try {
    loadPlan({ name: 'broken.yaml', text: source });
  } catch (error) {
    if (error instanceof PlanError) return error.problems;
    throw error;
  }
  throw new Error('this plan was expected to be refused');
}

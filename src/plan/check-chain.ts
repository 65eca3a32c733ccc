import { type Names, refer } from './names.ts';
import { fieldOf } from './raw.ts';
import type { Path, Report } from './yaml-file.ts';

/** A chain waits at every step, and at its last, the top, it repeats: so it never falls silent and never goes past the top. */
export function checkChain(steps: unknown[], top: unknown, path: Path, names: Names, report: Report): void {
  for (const [i, step] of steps.entries()) {
    const last = i === steps.length - 1;
    checkParty(fieldOf(step, 'party'), [...path, i, 'party'], names, report);
    checkWait(step, last, [...path, i], report);
    if (last) checkTop(fieldOf(step, 'party'), top, [...path, i, 'party'], report);
  }
}

function checkParty(party: unknown, path: Path, names: Names, report: Report): void {
  refer(party, names.parties, 'party', path, report);
  if (names.outside.has(party as string)) {
    report(path, 'climbs to an outside party', 'a party of our own: chains end inside the bureau');
  }
}

function checkWait(step: unknown, last: boolean, path: Path, report: Report): void {
  const [needed, refused] = last ? ['repeatEvery', 'wait'] : ['wait', 'repeatEvery'];
  if (fieldOf(step, needed!) === undefined) {
    const problem = last ? 'the chain has no end: its last step does not repeat' : 'is missing';
    report([...path, needed!], problem, `${needed} on this step`);
  }
  if (fieldOf(step, refused!) !== undefined) {
    const where = last ? 'the last step' : 'a step before the last';
    report([...path, refused!], `${where} has no ${refused}`, `${needed} instead`, 'key');
  }
}

function checkTop(party: unknown, top: unknown, path: Path, report: Report): void {
  if (typeof party !== 'string' || typeof top !== 'string' || party === top) return;
  report(path, 'the chain does not end at the top', `"${top}" as its last step`);
}

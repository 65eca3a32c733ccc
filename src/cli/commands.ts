import type { Command } from './command.ts';

/** Every command, each in a file of its own that is loaded when it is called. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'audit',
    takes: '',
    says: [
      "Verify every incident's timeline: names the first broken entry, a cut tail, and what was changed beside it.",
      'Asks the running server, which also compares Temporal; without one, reads the register itself.',
      'Exit status: 0 all holds, 1 something is broken, 2 could not be verified.',
    ],
    run: async () => (await import('./audit.ts')).audit(),
  },
  {
    name: 'plan check',
    takes: 'FILE [--organisation FILE]',
    says: [
      'Load a plan: every mistake at once with line, path, what is wrong and what would be right. One that loads is then',
      'read as a careful reader would: what leaves a choice, has no number, no template, nobody to do it.',
      'Exit status: 0 the plan loads, whatever was found, 1 it has mistakes, 2 it was called wrongly.',
    ],
    run: async (rest) => (await import('./plan-check.ts')).planCheck(rest),
  },
  {
    name: 'plan diff',
    takes: 'BEFORE AFTER',
    says: [
      "What changed between two editions, in words; the bureau's own limits apart from what the plan says.",
      'Exit status: 0 they were compared, 1 one of them has mistakes, 2 it was called wrongly.',
    ],
    run: async (rest) => (await import('./plan-diff.ts')).planDiff(rest),
  },
];

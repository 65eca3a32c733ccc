import type { Command } from './command.ts';

/** Reading and verifying the change record. */
export const CHANGE_COMMANDS: readonly Command[] = [
  {
    name: 'changes list',
    takes: '[--area AREA] [--limit 50] [--before SEQ] [--json]',
    says: [
      'Who changed plan, people, roster, channels, rights or keys, and who read in clear (reads): from what to what, newest first.',
      'Asks the running server; without one, reads the register itself.',
      'Exit status: 0 listed, 2 could not be read.',
    ],
    example: 'fenghuo changes list --area people',
    run: async (rest) => (await import('./changes.ts')).changesList(rest),
  },
  {
    name: 'changes verify',
    takes: '[--known SEQ:HASH]',
    says: [
      'Verify the change record: names the first broken entry and a cut tail, and prints where it ends. An end noted down',
      'elsewhere and given with --known also shows a record that was put back whole to an earlier state.',
      'Exit status: 0 all holds, 1 something is broken, 2 could not be verified.',
    ],
    example: 'fenghuo changes verify',
    run: async (rest) => (await import('./changes.ts')).changesVerify(rest),
  },
];

import { actCommand } from './act.ts';
import { ACCOUNT_ACTS } from './acts-accounts.ts';
import { DOCUMENT_ACTS } from './acts-documents.ts';
import { READING_ACTS } from './acts-reading.ts';
import { RECEIPT_ACTS } from './acts-receipts.ts';
import { REPORTING_ACTS } from './acts-reporting.ts';
import { RESPONDING_ACTS } from './acts-responding.ts';
import { CHANGE_COMMANDS } from './changes-commands.ts';
import type { Command } from './command.ts';
import { KEY_COMMANDS } from './keys-commands.ts';

/** What people do in incidents, through the running server. */
const ACTS = [
  ...ACCOUNT_ACTS,
  ...READING_ACTS,
  ...REPORTING_ACTS,
  ...RESPONDING_ACTS,
  ...RECEIPT_ACTS,
  ...DOCUMENT_ACTS,
];

/** Every command. What one runs on is loaded when it is called. */
export const COMMANDS: readonly Command[] = [
  ...ACTS.map(actCommand),
  {
    name: 'audit',
    takes: '',
    says: [
      "Verify every incident's timeline: names the first broken entry, a cut tail, and what was changed beside it.",
      'Asks the running server, which also compares Temporal; without one, reads the register itself.',
      'Exit status: 0 all holds, 1 something is broken, 2 could not be verified.',
    ],
    example: 'fenghuo audit',
    run: async () => (await import('./audit.ts')).audit(),
  },
  ...CHANGE_COMMANDS,
  ...KEY_COMMANDS,
  {
    name: 'plan check',
    takes: 'FILE [--organisation FILE]',
    says: [
      'Load a plan: every mistake at once with line, path, what is wrong and what would be right. One that loads is then',
      'read as a careful reader would: what leaves a choice, has no number, no template, nobody to do it.',
      'Exit status: 0 the plan loads, whatever was found, 1 it has mistakes, 2 it was called wrongly.',
    ],
    example: 'fenghuo plan check plans/wushen-2025.yaml',
    run: async (rest) => (await import('./plan-check.ts')).planCheck(rest),
  },
  {
    name: 'plan diff',
    takes: 'BEFORE AFTER',
    says: [
      "What changed between two editions, in words; the bureau's own limits apart from what the plan says.",
      'Exit status: 0 they were compared, 1 one of them has mistakes, 2 it was called wrongly.',
    ],
    example: 'fenghuo plan diff plans/wushen-2025.yaml plans/wushen-2026.yaml',
    run: async (rest) => (await import('./plan-diff.ts')).planDiff(rest),
  },
  {
    name: 'simulate',
    takes: '[--plan FILE] [--type TYPE] [--office ID] [--at TIME] [--silent] [--hours 6] [--against FILE]',
    says: [
      'Who is told what, when and by which method if nobody ever answers: a table, without any server. Nobody is told.',
      'With --against, what another edition of the plan does otherwise, line by line.',
      'Exit status: 0 shown, 1 a file has mistakes, 2 it was called wrongly.',
    ],
    help: [
      '--organisation FILE  who is on duty; the sample organisation if left out',
      '--branch BRANCH      instead of the branch that the type starts in',
      '--drill              outside parties are not told',
      '--every              one line for each method and each repeat',
      '--json               the lines as JSON, each method and each repeat on its own',
    ],
    example:
      'fenghuo simulate --plan plans/wushen-2025.yaml --type outOfSupervision --office jia --at 2025-10-01T02:13 --silent',
    run: async (rest) => (await import('./simulate.ts')).simulateCommand(rest),
  },
  {
    name: 'roster import',
    takes: 'FILE --body ID [--apply]',
    says: [
      'Read a roster sheet (.xlsx or .csv): every bad row by its number, else what would change. --apply imports just that.',
      'Through the running server. Exit status: 0 it can be imported or was, 1 it was refused, 2 it was called wrongly.',
    ],
    example: 'fenghuo roster import 值班表.xlsx --body jia --apply',
    run: async (rest) => (await import('./roster-import.ts')).rosterImport(rest),
  },
  {
    name: 'roster export',
    takes: '--body ID [--from DATE] [--to DATE] FILE.xlsx|FILE.csv',
    says: [
      'Write who has duty on each date as a sheet that can be imported again. Today and 30 days on unless told otherwise.',
      'Through the running server. Exit status: 0 written, 1 refused, 2 it was called wrongly.',
    ],
    example: 'fenghuo roster export --body jia --from 2026-01-01 --to 2026-01-31 一月.xlsx',
    run: async (rest) => (await import('./roster-export.ts')).rosterExport(rest),
  },
  {
    name: 'roster undo',
    takes: '--body ID',
    says: [
      'Take back the newest import: the one before it stands again, or the organisation file alone.',
      'Through the running server. Exit status: 0 undone, 1 refused, 2 it was called wrongly.',
    ],
    example: 'fenghuo roster undo --body jia',
    run: async (rest) => (await import('./roster-undo.ts')).rosterUndo(rest),
  },
  {
    name: 'roster guard',
    takes: '[--days 14] [--from DATE] [--organisation FILE] [--plan FILE]',
    says: [
      'Look ahead for gaps, people in two places, people who cannot be told, parties of the plan that nobody fills.',
      'Asks the running server, which has the imported rosters; with a file named looks at the files alone.',
      'Exit status: 0 nothing to mend, 1 findings, a file with mistakes or no server, 2 it was called wrongly.',
    ],
    example:
      'fenghuo roster guard --days 14 --organisation plans/roster.sample.yaml --plan plans/second-county.yaml',
    run: async (rest) => (await import('./roster-guard.ts')).rosterGuard(rest),
  },
  {
    name: 'roster show',
    takes: 'BODY [--days 7] [--from DATE] [--organisation FILE]',
    says: [
      'Who is on duty for a body and why: in turn, on a holiday, by an override or a swap, by an imported sheet.',
      'Asks the running server, which has the imported rosters; with a file named reads that alone.',
      'Exit status: 0 shown, 1 the file has mistakes or no server answers, 2 it was called wrongly.',
    ],
    example: 'fenghuo roster show centre --from 2026-09-28 --organisation plans/roster.sample.yaml',
    run: async (rest) => (await import('./roster-show.ts')).rosterShow(rest),
  },
];

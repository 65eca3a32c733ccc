import { actCommand } from './act.ts';
import { ACCOUNT_ACTS } from './acts-accounts.ts';
import { DOCUMENT_ACTS } from './acts-documents.ts';
import { REPORT_CHAIN_ACTS } from './acts-reports.ts';
import { READING_ACTS } from './acts-reading.ts';
import { RECEIPT_ACTS } from './acts-receipts.ts';
import { REPORTING_ACTS } from './acts-reporting.ts';
import { RESPONDING_ACTS } from './acts-responding.ts';
import { BACKUP_COMMANDS } from './backup-commands.ts';
import { BUNDLE_COMMANDS } from './bundle-commands.ts';
import { CHANGE_COMMANDS } from './changes-commands.ts';
import type { Command } from './command.ts';
import { KEY_COMMANDS } from './keys-commands.ts';
import { ROLLOUT_COMMANDS } from './rollout-commands.ts';

/** What people do in incidents, through the running server. */
const ACTS = [
  ...ACCOUNT_ACTS,
  ...READING_ACTS,
  ...REPORTING_ACTS,
  ...RESPONDING_ACTS,
  ...RECEIPT_ACTS,
  ...DOCUMENT_ACTS,
  ...REPORT_CHAIN_ACTS,
];

/** Every command. What one runs on is loaded when it is called. */
export const COMMANDS: readonly Command[] = [
  ...ACTS.map(actCommand),
  {
    name: 'audit',
    takes: '[BUNDLE.zip] [--key FINGERPRINT]',
    says: [
      "Verify every incident's timeline: names the first broken entry, a cut tail, and what was changed beside it.",
      'Asks the running server, which also compares Temporal; without one, reads the register itself.',
      'With a bundle, verifies that alone, on any machine: names the file and entry that is not as it was written.',
      'Exit status: 0 all holds, 1 something is broken, 2 could not be verified.',
    ],
    help: ['--key FINGERPRINT  of the key that the bundle has to be signed with (fenghuo bundle key)'],
    example: 'fenghuo audit',
    run: async (rest) => (await import('./audit.ts')).audit(rest),
  },
  ...BUNDLE_COMMANDS,
  ...BACKUP_COMMANDS,
  {
    name: 'watch',
    takes: '[--url ADDRESS] [--say] [--keep]',
    says: [
      'Look from another machine whether incidents are processed, by /readyz and /watchz: no key is needed. With --say, tells the',
      'administrators by WATCH_SMTP_URL and WATCH_ROBOT_… when they are not; with --keep goes on looking, and tells once, and',
      'once when it is over. Exit status: 0 incidents are processed, 1 they are not or nobody answers, 2 it was called wrongly.',
    ],
    help: ['--url ADDRESS  the system that is watched; PUBLIC_URL if left out'],
    example: 'fenghuo watch --url https://fenghuo.example --say',
    run: async (rest) => (await import('./watch.ts')).watchCommand(rest),
  },
  ...CHANGE_COMMANDS,
  ...KEY_COMMANDS,
  ...ROLLOUT_COMMANDS,
  {
    name: 'migrate',
    takes: '[--administrator]',
    says: [
      "Bring the register's tables up to date and have Temporal's namespace there, on DATABASE_URL and TEMPORAL_ADDRESS: the job",
      'before workers and APIs start. May run again at any time. Exit status: 0 done, 2 it could not be done.',
    ],
    help: [
      '--administrator  make the first administrator where there is no account, and show the one-time password',
    ],
    example: 'fenghuo migrate --administrator',
    run: async (rest) => (await import('./migrate.ts')).migrate(rest),
  },
  {
    name: 'plan check',
    takes: 'FILE [--organisation FILE] [--documents FOLDER]',
    says: [
      'Load a plan: every mistake at once with line, path, what is wrong and what would be right. One that loads is then',
      'read as a careful reader would: what leaves a choice, has no number, no template, nobody to do it. A template that is not in the',
      'folder is a mistake.',
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

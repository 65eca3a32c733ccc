import type { Command } from './command.ts';

/** Back-up, restore, and what is compared after it: docs/operations.md. */
export const BACKUP_COMMANDS: readonly Command[] = [
  {
    name: 'backup',
    takes: 'DIR',
    says: [
      "Back up register, attachments and Temporal's database to one point in time, in a new folder below DIR, verified. Production:",
      'a base backup of the PostgreSQL server they lie on (BACKUP_DATABASE_URL), while all runs; npm start: the data folder, stopped.',
      'Keys are not in it: it says which it needs. Exit status: 0 there is a whole one, 2 none was made.',
    ],
    example: 'fenghuo backup /var/backups/fenghuo',
    run: async (rest) => (await import('./backup.ts')).backup(rest),
  },
  {
    name: 'restore',
    takes: 'BACKUP [--postgres FOLDER] [--apply]',
    says: [
      'Verify a back-up and show from when it is, which incidents were open then and what would be replaced. With --apply puts it',
      'back; what stood there is moved aside, never deleted. Exit status: 0 it is whole (and was put back), 2 refused.',
    ],
    help: [
      "--postgres FOLDER  the PostgreSQL server's data folder, for a back-up of production",
      '--apply            do it',
    ],
    example:
      'fenghuo restore /var/backups/fenghuo/fenghuo-20260301T020000Z --postgres /var/lib/postgresql/15/main --apply',
    run: async (rest) => (await import('./restore.ts')).restore(rest),
  },
  {
    name: 'reconcile',
    takes: '',
    says: [
      'Compare the register with the workflows, as after any restore: each difference by incident, with what to do. Changes nothing.',
      'Through the running server. Exit status: 0 nothing differs, 1 something does or did not answer, 2 it could not be compared.',
    ],
    example: 'fenghuo reconcile',
    run: async () => (await import('./reconcile.ts')).reconcileCommand(),
  },
];

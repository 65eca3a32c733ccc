import type { Command } from './command.ts';

/** Which version of the workers new incidents go to: docs/operations.md, "Rolling out a changed branch". */
export const ROLLOUT_COMMANDS: readonly Command[] = [
  {
    name: 'rollout status',
    takes: '[--json]',
    says: [
      'The versions of WORKER_DEPLOYMENT: which is current, which have workers, how many open incidents and drills end with each.',
      'Asks Temporal itself. Exit status: 0 all are taken care of, 1 something stands still, 2 could not be asked.',
    ],
    example: 'fenghuo rollout status',
    run: async (rest) => (await import('./rollout-status.ts')).rolloutStatus(rest),
  },
  {
    name: 'rollout set-current',
    takes: 'BUILD_ID [--apply] [--force]',
    says: [
      'What happens when new incidents go to this version; --apply does it and puts it on record. Open incidents end with theirs, unless they',
      'change branch. An older version is set in the same way. Exit status: 0 shown or done, 1 refused, 2 could not be asked.',
    ],
    help: ['--force  also without workers in all queues: incidents then wait until some come'],
    example: 'fenghuo rollout set-current 0.2.0 --apply',
    run: async (rest) => (await import('./rollout-set-current.ts')).rolloutSetCurrent(rest),
  },
  {
    name: 'rollout ensure',
    takes: '',
    says: [
      'Have a current version: WORKER_BUILD_ID where none was ever set, or where no worker of the current one is there any more. One that',
      'has workers stays. The job after the workers are up. Exit status: 0 there is one, 1 there is none, 2 could not be asked.',
    ],
    example: 'fenghuo rollout ensure',
    run: async () => (await import('./rollout-ensure.ts')).rolloutEnsure(),
  },
];

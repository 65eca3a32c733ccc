import { expect, test } from '@jest/globals';
import { toInstant } from '../incident/instant.ts';
import type { Poller, QueueHealth } from './queue-health.ts';
import { holdsUpAlarms, problemsOf, versionsAtWork } from './routing.ts';
import { RECORD_TASK_QUEUE, TASK_QUEUE } from './task-queues.ts';

const worker = (version: string | null, secondsAgo = 1): Poller => ({
  identity: '1@here',
  version,
  lastAskedAt: toInstant(Date.now() - secondsAgo * 1_000),
});
const queue = (name: string, currentVersion: string | null, pollers: Poller[]): QueueHealth => ({
  queue: name,
  kind: 'workflow',
  currentVersion,
  pollers,
  backlog: 0,
  backlogSeconds: 0,
});
/** Both queues that incidents need, with the same workers. */
const queues = (currentVersion: string | null, ...pollers: Poller[]): QueueHealth[] =>
  [TASK_QUEUE, RECORD_TASK_QUEUE].map((name) => queue(name, currentVersion, pollers));
const LONG_AGO = 130;

test.each([
  ['workers without versions', queues(null, worker(null)), []],
  ['the current version at work beside another', queues('f:1', worker('f:1'), worker('f:2')), []],
  ['nobody', queues(null), ['NO_WORKER']],
  ['workers that have gone', queues(null, worker(null, LONG_AGO)), ['NO_WORKER']],
  ['a version that nobody has set as current', queues(null, worker('f:1')), ['NO_CURRENT_VERSION']],
  ['another version than the current one', queues('f:1', worker('f:2')), ['CURRENT_VERSION_AWAY']],
  [
    'a current version whose workers have gone',
    queues('f:1', worker('f:1', LONG_AGO)),
    ['CURRENT_VERSION_AWAY'],
  ],
  [
    'workers without a version beside one that is current',
    queues('f:1', worker(null)),
    ['CURRENT_VERSION_AWAY'],
  ],
])('%s', (_, found, problems) => {
  expect(problemsOf(found, 0).problems).toEqual(problems);
});

test('a version is at work where it serves every queue', () => {
  const [alarms, record] = queues('f:1', worker('f:1'));
  const half = { ...alarms!, pollers: [worker('f:1'), worker('f:2')] };
  expect(versionsAtWork([half, record!])).toEqual(['f:1']);
});

test('an open incident without a worker is a problem though new ones are taken', () => {
  expect(problemsOf(queues('f:2', worker('f:2')), 3)).toEqual({
    currentVersion: 'f:2',
    stranded: 3,
    reused: null,
    problems: ['INCIDENTS_STRANDED'],
  });
});

test('other code under a name is a problem though all are taken, and holds up no alarm', () => {
  const { reused, problems } = problemsOf(queues('f:1', worker('f:1')), 0, ['f:1']);
  expect({ reused, problems }).toEqual({ reused: ['f:1'], problems: ['BUILD_NAME_REUSED'] });
  expect(problems.filter(holdsUpAlarms)).toEqual([]);
  expect(problemsOf(queues('f:1', worker('f:1')), 0, []).problems).toEqual([]);
});

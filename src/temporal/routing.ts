import type { Client } from '@temporalio/client';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import { reusedBuilds } from '../store/builds.ts';
import type { Register } from '../store/open.ts';
import { within } from '../within.ts';
import { isAsking, queueHealth, takersOf, type QueueHealth } from './queue-health.ts';
import { RECORD_TASK_QUEUE, TASK_QUEUE } from './task-queues.ts';
import { versionName } from './worker-version.ts';

/**
 * Why incidents stand still though processes run, or may. `NO_CURRENT_VERSION`: nobody has said which version new ones go to;
 * `CURRENT_VERSION_AWAY`: none of its workers asks for work; `INCIDENTS_STRANDED`: open ones are pinned to a version without workers;
 * `BUILD_NAME_REUSED`: a worker has other code than the first under its version's name, and may not replay what that began.
 */
export const ROUTING_PROBLEMS = [
  'NO_WORKER',
  'NO_CURRENT_VERSION',
  'CURRENT_VERSION_AWAY',
  'INCIDENTS_STRANDED',
  'BUILD_NAME_REUSED',
] as const;
export type RoutingProblem = (typeof ROUTING_PROBLEMS)[number];

/** Whether new alarms wait for it: else they go out all the same. */
export const holdsUpAlarms = (problem: RoutingProblem): boolean =>
  problem !== 'INCIDENTS_STRANDED' && problem !== 'BUILD_NAME_REUSED';

/** Who takes new incidents, and which open ones nobody takes. */
export interface Routing {
  /** As `deployment:build`; null: workers without a version. */
  currentVersion: string | null;
  /** Open incidents and drills whose version has no worker; null while that cannot be counted. */
  stranded: number | null;
  /** Versions under whose name a worker runs other code than the first; null where the register was not asked or does not say. */
  reused: string[] | null;
  problems: RoutingProblem[];
}

/** What to do about each, for whoever reads a status page or a terminal. */
export const ADVICE: Record<RoutingProblem, string> = {
  NO_WORKER: 'Start workers.',
  NO_CURRENT_VERSION:
    'Workers run, but nothing is given to them: fenghuo rollout status, then fenghuo rollout set-current BUILD_ID --apply.',
  CURRENT_VERSION_AWAY:
    "Start the current version's workers again, or set another as current: fenghuo rollout status.",
  INCIDENTS_STRANDED:
    "Start that version's workers again, or move the incidents: fenghuo rollout status, docs/operations.md.",
  BUILD_NAME_REUSED:
    'A worker runs other code than the first under this build name, and may not go on with its incidents. Stop it, and start its code under a name of its own (WORKER_BUILD_ID; in containers FENGHUO_BUILD): fenghuo rollout status, docs/operations.md.',
};

/** Where an alarm waits and where it is written: a drill's or a bundle's worker asks for nothing while its few hands are full. */
export const isNeeded = ({ queue }: QueueHealth): boolean => [TASK_QUEUE, RECORD_TASK_QUEUE].includes(queue);

/** The register is waited for no longer: what Temporal says holds without it. */
const PATIENCE_MS = 1_500;

/** Asks Temporal, for the queues only where they were not asked for just now, and the register where it is given. Throws gRPC's errors. */
export async function routingOf(
  { client, register }: { client: Client; register?: Register | null },
  asked?: QueueHealth[],
): Promise<Routing> {
  const reused = register ? within(PATIENCE_MS, reusedBuilds(register)).catch(() => null) : null;
  const queues = (asked ?? (await queueHealth(client))).filter(isNeeded);
  const isVersioned =
    queues.some(({ currentVersion }) => currentVersion !== null) || namesIn(queues).length > 0;
  // What the queues say holds without the index, which has a quota of its own.
  const counted = isVersioned ? countStranded(client, versionsAtWork(queues)).catch(() => null) : 0;
  return problemsOf(queues, await counted, (await reused)?.map((build) => versionName(build)!) ?? null);
}

/** The same from what was asked. */
export function problemsOf(
  queues: QueueHealth[],
  stranded: number | null,
  reused: string[] | null = null,
): Routing {
  const currentVersion = queues.find(({ queue }) => queue === TASK_QUEUE)?.currentVersion ?? null;
  const problems: RoutingProblem[] = [];
  const isTaken = queues.every((queue) => takersOf(queue).length > 0);
  if (!isTaken && currentVersion !== null) problems.push('CURRENT_VERSION_AWAY');
  else if (!isTaken) problems.push(versionsAtWork(queues).length > 0 ? 'NO_CURRENT_VERSION' : 'NO_WORKER');
  if (stranded !== null && stranded > 0) problems.push('INCIDENTS_STRANDED');
  if (reused !== null && reused.length > 0) problems.push('BUILD_NAME_REUSED');
  return { currentVersion, stranded, reused, problems };
}

/** Versions with workers in every one of these queues. */
export const versionsAtWork = (queues: QueueHealth[]): string[] =>
  namesIn(queues).filter((version) =>
    queues.every(({ pollers }) => pollers.some((poller) => poller.version === version && isAsking(poller))),
  );

const namesIn = (queues: QueueHealth[]): string[] => [
  ...new Set(queues.flatMap(({ pollers }) => pollers.flatMap(({ version }) => version ?? []))),
];

/** Incidents and drills that end with the code they began with; all else moves on by itself. */
const PINNED = "ExecutionStatus = 'Running' AND TemporalWorkflowVersioningBehavior = 'Pinned'";
const quoted = (version: string): string => `'${version}'`; // names are letters, digits, . _ - and the colon between them

/** How many open incidents and drills end with the code of `version`. The server's index is a moment behind. */
export const countPinned = (client: Client, version: string): Promise<number> =>
  count(client, `${PINNED} AND TemporalWorkerDeploymentVersion = ${quoted(version)}`);

const countStranded = (client: Client, atWork: string[]): Promise<number> =>
  count(
    client,
    atWork.length === 0
      ? PINNED
      : `${PINNED} AND TemporalWorkerDeploymentVersion NOT IN (${atWork.map(quoted).join(', ')})`,
  );

const count = async (client: Client, query: string): Promise<number> =>
  (await client.workflow.count(query)).count;

/** When a worker of this version last asked for incidents, in ms by the server's clock; null: nobody is remembered. */
export async function lastAsked(client: Client, version: WorkerDeploymentVersion): Promise<number | null> {
  const name = versionName(version);
  const times = (await queueHealth(client))
    .flatMap(({ pollers }) => pollers)
    .flatMap((poller) =>
      poller.version === name && poller.lastAskedAt ? Date.parse(poller.lastAskedAt) : [],
    );
  return times.length > 0 ? Math.max(...times) : null;
}

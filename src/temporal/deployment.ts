import { isGrpcServiceError, type Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { queueHealth, type QueueHealth } from './queue-health.ts';
import { countPinned, isNeeded, versionsAtWork } from './routing.ts';
import { versionName } from './worker-version.ts';

const [NOT_FOUND] = [5];
const { WorkerDeploymentVersionStatus: Status } = proto.temporal.api.enums.v1;

/** One version of the deployment, as Temporal knows it. */
export interface VersionStanding {
  buildId: string;
  /** `draining`: incidents are still open on it; `drained`: none, its workers may go. */
  state: 'current' | 'waiting' | 'draining' | 'drained';
  /** Whether its workers ask for work in every queue that incidents need. */
  isAtWork: boolean;
  /** Incidents and drills that end with its code. */
  open: number;
}

export interface DeploymentStanding {
  /** The current build; null where none was ever set. */
  current: string | null;
  versions: VersionStanding[];
}

export interface RolloutStanding extends DeploymentStanding {
  /** Null: workers have no versions, and any of them takes any incident. */
  deployment: string | null;
}

/**
 * Where the deployment stands whose versions are seen at these queues. Drained versions without workers are left out: a deployment
 * keeps a hundred of them, and each is counted in the index, which has a quota. Throws gRPC's errors.
 */
export async function rolloutStanding(client: Client, asked: QueueHealth[]): Promise<RolloutStanding> {
  const queues = asked.filter(isNeeded);
  const current = queues.find(({ currentVersion }) => currentVersion !== null)?.currentVersion;
  const seen = current ?? queues.flatMap(({ pollers }) => pollers.flatMap(({ version }) => version ?? []))[0];
  if (seen === undefined) return { deployment: null, current: null, versions: [] };
  const deployment = seen.split(':')[0]!; // `deployment:build`; no deployment's name has a colon
  const matters = (state: VersionStanding['state'], isAtWork: boolean) => state !== 'drained' || isAtWork;
  return { deployment, ...(await deploymentStanding(client, deployment, { asked, matters })) };
}

/** Where a deployment stands; without versions while no worker of it has come. Throws gRPC's errors. */
export async function deploymentStanding(
  client: Client,
  deploymentName: string,
  {
    asked,
    matters = () => true,
  }: {
    /** The queues, where they were asked for just now. */
    asked?: QueueHealth[];
    /** Which versions are counted and named; all of them without. */
    matters?(state: VersionStanding['state'], isAtWork: boolean): boolean;
  } = {},
): Promise<DeploymentStanding> {
  const [info, queues] = await Promise.all([describe(client, deploymentName), asked ?? queueHealth(client)]);
  const current = info?.routingConfig?.currentDeploymentVersion?.buildId || null;
  const atWork = versionsAtWork(queues.filter(isNeeded));
  const summaries = (info?.versionSummaries ?? []).filter(({ deploymentVersion, status }) =>
    matters(stateOf(status), atWork.includes(versionName(deploymentVersion)!)),
  );
  const versions = summaries.map(async ({ deploymentVersion, status }): Promise<VersionStanding> => {
    const version = versionName(deploymentVersion)!;
    return {
      buildId: deploymentVersion!.buildId!,
      state: stateOf(status),
      isAtWork: atWork.includes(version),
      open: await countPinned(client, version),
    };
  });
  return { current, versions: await Promise.all(versions) };
}

function stateOf(status: proto.temporal.api.enums.v1.WorkerDeploymentVersionStatus | null | undefined) {
  if (status === Status.WORKER_DEPLOYMENT_VERSION_STATUS_CURRENT) return 'current';
  if (status === Status.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINING) return 'draining';
  return status === Status.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINED ? 'drained' : 'waiting';
}

/** New incidents and next runs go to this build from now on. Throws gRPC's errors: FAILED_PRECONDITION where it lacks a queue of the last. */
export const setCurrentVersion = (
  { workflowService, options: { namespace } }: Client,
  deploymentName: string,
  buildId: string,
  { isForced = false } = {},
): Promise<unknown> =>
  workflowService.setWorkerDeploymentCurrentVersion({
    namespace,
    deploymentName,
    buildId,
    ignoreMissingTaskQueues: isForced,
    allowNoPollers: isForced,
  });

async function describe({ workflowService, options: { namespace } }: Client, deploymentName: string) {
  try {
    return (await workflowService.describeWorkerDeployment({ namespace, deploymentName }))
      .workerDeploymentInfo;
  } catch (error) {
    if (isGrpcServiceError(error) && Number(error.code) === NOT_FOUND) return null;
    throw error;
  }
}

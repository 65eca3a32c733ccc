import { parseArgs } from 'node:util';
import { isGrpcServiceError } from '@temporalio/client';
import { deploymentStanding, setCurrentVersion, type DeploymentStanding } from '../temporal/deployment.ts';
import { onDeployment } from './on-deployment.ts';
import { Refused } from './refused.ts';
import { putOnRecord } from './rollout-record.ts';

const FAILED_PRECONDITION = 9;

/** `fenghuo rollout set-current BUILD_ID [--apply] [--force]`: a preview without --apply. Gives 0, or 1 when it was refused. */
export async function rolloutSetCurrent(rest: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: rest,
    allowPositionals: true,
    options: { apply: { type: 'boolean' }, force: { type: 'boolean' } },
  });
  const [buildId] = positionals;
  if (buildId === undefined) throw new Error('fenghuo rollout set-current BUILD_ID [--apply] [--force]');
  return onDeployment(async (on) => {
    const { client, deployment, asked } = on;
    const standing = await asked(() => deploymentStanding(client, deployment));
    mustBePossible(standing, buildId, values.force ?? false);
    for (const line of preview(standing, buildId)) console.log(line);
    if (standing.current === buildId) return 0;
    if (!values.apply) {
      console.log('Nothing was changed: --apply does it.');
      return 0;
    }
    await asked(() => setCurrentVersion(client, deployment, buildId, { isForced: values.force })).catch(
      refuse,
    );
    console.log(`${buildId} is current.`);
    await putOnRecord(on, standing.current, buildId);
    return 0;
  });
}

function mustBePossible({ versions }: DeploymentStanding, buildId: string, isForced: boolean): void {
  const version = versions.find((one) => one.buildId === buildId);
  if (!version)
    throw new Refused({
      code: 'VERSION_UNKNOWN',
      title: '没有此版本',
      detail:
        'No worker of it has ever come. Start workers with this WORKER_BUILD_ID first. These are known.',
      known: versions.map((one) => one.buildId),
    });
  if (!version.isAtWork && !isForced)
    throw new Refused({
      code: 'VERSION_WITHOUT_WORKERS',
      title: '此版本没有工作进程',
      detail: 'New incidents would wait until some come. Start its workers, or say --force.',
    });
}

function preview({ current, versions }: DeploymentStanding, buildId: string): string[] {
  if (current === buildId) return [`${buildId} is current already.`];
  const before = versions.find((one) => one.buildId === current);
  return [
    `Current version: ${current ?? 'none'} → ${buildId}.`,
    `New incidents start with ${buildId}; so do open ones when they change branch or their history grows long.`,
    ...(before
      ? [
          `Open incidents and drills that go on with ${before.buildId}: ${before.open}. Keep its workers until fenghuo rollout status has 0 open.`,
        ]
      : []),
  ];
}

/** Temporal's own refusal: the version lacks a queue of the last, or its workers went in this moment. */
function refuse(error: unknown): never {
  if (!isGrpcServiceError(error) || Number(error.code) !== FAILED_PRECONDITION) throw error;
  throw new Refused({
    code: 'VERSION_WITHOUT_WORKERS',
    title: '此版本没有工作进程',
    detail: `Its workers do not serve all that the current version's do. Start them whole, or say --force. (${error.details})`,
  });
}

import { setTimeout as pause } from 'node:timers/promises';
import { deploymentStanding, setCurrentVersion, type DeploymentStanding } from '../temporal/deployment.ts';
import { lastAsked } from '../temporal/routing.ts';
import { readConfig } from '../config.ts';
import { versionOf } from '../temporal/worker-version.ts';
import { onDeployment, type OnDeployment } from './on-deployment.ts';
import { Refused } from './refused.ts';
import { putOnRecord } from './rollout-record.ts';

/** Workers that have gone are taken for gone two minutes later. */
const WITHIN_MS = 240_000;
const LOOK_EVERY_MS = 1_000;

/**
 * `fenghuo rollout ensure`: this version becomes the current one where there is none, or where nobody works for it any more and alarms would
 * wait. One that has workers stays, for moving it is the administrator's decision. Gives 0, or 1 when there is none in time.
 */
export async function rolloutEnsure(): Promise<number> {
  if (versionOf(readConfig(process.env))) return onDeployment(ensure);
  console.log('Workers have no versions here: there is nothing to set.');
  return 0;
}

async function ensure(on: OnDeployment): Promise<number> {
  const hasAsked = listener(on);
  const deadline = Date.now() + WITHIN_MS;
  let last: Error | null = null;
  for (;;) {
    const done = await ensured(on, hasAsked).catch((error: Error) => {
      last = error; // a namespace or deployment that has just begun, or something that stays
      return null;
    });
    if (done !== null) {
      console.log(done);
      return 0;
    }
    if (Date.now() > deadline) throw noneInTime(on.buildId, last);
    await pause(LOOK_EVERY_MS);
  }
}

/** What there is to say once there is a current version. */
async function ensured(
  on: OnDeployment,
  hasAsked: (buildId: string) => Promise<boolean>,
): Promise<string | null> {
  const { client, deployment, buildId, asked } = on;
  const standing = await asked(() => deploymentStanding(client, deployment));
  const { current } = standing;
  if (current === buildId) return `${buildId} is current.`;
  if (current !== null && (await hasAsked(current)))
    return `${current} is current and has workers: it stays. fenghuo rollout set-current ${buildId} moves on.`;
  if (!isOurTurn(standing, buildId)) return null;
  await asked(() => setCurrentVersion(client, deployment, buildId));
  await putOnRecord(on, current, buildId);
  if (current === null) return `${buildId} is current now.`;
  const left = standing.versions.find((one) => one.buildId === current)?.open ?? 0;
  const stranded =
    left === 0
      ? ''
      : ` ${left} open incidents and drills end with ${current} and STAND STILL: start its workers again.`;
  return `${buildId} is current now: ${current} has no workers.${stranded}`;
}

function isOurTurn({ current, versions }: DeploymentStanding, buildId: string): boolean {
  const isAtWork = (build: string): boolean => versions.some((one) => one.buildId === build && one.isAtWork);
  return isAtWork(buildId) && (current === null || !isAtWork(current));
}

/** Whether a worker has asked since this was first wanted to know: what the server remembers may be of a process that is gone. */
function listener({ client, deployment: deploymentName, asked }: OnDeployment) {
  const first = new Map<string, number | null>();
  return async (buildId: string): Promise<boolean> => {
    const last = await asked(() => lastAsked(client, { deploymentName, buildId }));
    if (!first.has(buildId)) first.set(buildId, last);
    return last !== null && last > (first.get(buildId) ?? 0);
  };
}

const noneInTime = (buildId: string, last: Error | null): Refused =>
  new Refused({
    code: 'NO_CURRENT_VERSION',
    title: '没有当前版本',
    detail: `No worker of ${buildId} asks for work. Start workers, then run this again; alarms are taken meanwhile and wait.${last ? ` (Last answer: ${last.message})` : ''}`,
  });

import { parseArgs } from 'node:util';
import { deploymentStanding, type VersionStanding } from '../temporal/deployment.ts';
import { ADVICE, routingOf } from '../temporal/routing.ts';
import { onDeployment } from './on-deployment.ts';

/** `fenghuo rollout status [--json]`. Gives 0 when every incident has somebody to work on it, else 1. */
export async function rolloutStatus(rest: string[]): Promise<number> {
  const { values } = parseArgs({ args: rest, options: { json: { type: 'boolean' } } });
  return onDeployment(async ({ client, deployment, asked }) => {
    const [standing, routing] = await asked(() =>
      Promise.all([deploymentStanding(client, deployment), routingOf(client)]),
    );
    if (values.json) console.log(JSON.stringify({ deployment, ...standing, ...routing }, null, 2));
    else {
      console.log(`Deployment ${deployment}, current version: ${standing.current ?? 'none'}`);
      for (const version of standing.versions) console.log(lineOf(version));
      for (const problem of routing.problems) console.log(`${problem}: ${ADVICE[problem]}`);
    }
    return routing.problems.length > 0 ? 1 : 0;
  });
}

function lineOf({ buildId, state, isAtWork, open }: VersionStanding): string {
  const workers = isAtWork ? 'workers are there' : 'no workers';
  return `  ${buildId}: ${state}, ${workers}, ${open} open`;
}

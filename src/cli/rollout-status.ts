import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { openRegister, type Register } from '../store/open.ts';
import { deploymentStanding, type VersionStanding } from '../temporal/deployment.ts';
import { ADVICE, routingOf, type Routing } from '../temporal/routing.ts';
import { versionName } from '../temporal/worker-version.ts';
import { onDeployment } from './on-deployment.ts';

/** `fenghuo rollout status [--json]`. Gives 0 when every incident has somebody to work on it, else 1. */
export async function rolloutStatus(rest: string[]): Promise<number> {
  const { values } = parseArgs({ args: rest, options: { json: { type: 'boolean' } } });
  return onDeployment(async ({ client, config, deployment, asked }) => {
    const register = await registerOf(config);
    try {
      const [standing, routing] = await asked(() =>
        Promise.all([deploymentStanding(client, deployment), routingOf({ client, register })]),
      );
      if (values.json) console.log(JSON.stringify({ deployment, ...standing, ...routing }, null, 2));
      else {
        console.log(`Deployment ${deployment}, current version: ${standing.current ?? 'none'}`);
        for (const version of standing.versions) console.log(lineOf(version, deployment, routing));
        for (const problem of routing.problems) console.log(`${problem}: ${ADVICE[problem]}`);
      }
      if (routing.reused === null)
        console.error('The register does not say whether a build name was used again: DATABASE_URL.');
      return routing.problems.length > 0 ? 1 : 0;
    } finally {
      await register?.close();
    }
  });
}

/** Null while it is away: Temporal is asked all the same. Its tables stay as they are. */
const registerOf = async ({
  DATABASE_URL: databaseUrl,
  FENGHUO_KEYS: keyring,
}: Config): Promise<Register | null> =>
  databaseUrl && keyring ? openRegister({ databaseUrl, keyring, isLeftAsIs: true }).catch(() => null) : null;

function lineOf(
  { buildId, state, isAtWork, open }: VersionStanding,
  deploymentName: string,
  { reused }: Routing,
): string {
  const workers = isAtWork ? 'workers are there' : 'no workers';
  const other = reused?.includes(versionName({ deploymentName, buildId })!)
    ? ', OTHER CODE UNDER THIS NAME'
    : '';
  return `  ${buildId}: ${state}, ${workers}, ${open} open${other}`;
}

import type { WorkerDeploymentVersion } from '@temporalio/common';
import type { Config } from '../config.ts';

/** The version of the deployment that these settings name; null where they name none. `readConfig` sees to it that both are given or none. */
export const versionOf = ({
  WORKER_DEPLOYMENT: deploymentName,
  WORKER_BUILD_ID: buildId,
}: Config): WorkerDeploymentVersion | null =>
  deploymentName && buildId ? { deploymentName, buildId } : null;

interface Named {
  deploymentName?: string | null;
  buildId?: string | null;
}

/** A version as Temporal writes it in its own search attribute; null where there is none. */
export const versionName = (version: Named | null | undefined): string | null =>
  version?.deploymentName && version.buildId ? `${version.deploymentName}:${version.buildId}` : null;

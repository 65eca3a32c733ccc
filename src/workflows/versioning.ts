import { setWorkflowOptions, workflowInfo } from '@temporalio/workflow';
import type { InitialVersioningBehavior } from '@temporalio/common';

/** Whether the worker that decides now belongs to a version of a deployment: in production, and never in the embedded mode. */
const isVersioned = (): boolean => Boolean(workflowInfo().currentDeploymentVersion?.deploymentName);

/**
 * Has a workflow move to the current version at its next task, whatever code it began with: one that runs for ever or holds up no incident. A change
 * to its order of commands needs `patched()`. All others are pinned, by the worker's default.
 */
export function movesOn<Args extends unknown[]>(workflow: (...args: Args) => Promise<unknown>): void {
  // Said by a worker without a version, it would be refused by the server, and the workflow would stand still.
  setWorkflowOptions(() => (isVersioned() ? { versioningBehavior: 'AUTO_UPGRADE' } : {}), workflow);
}

/** The next run begins with the current version's code, and is pinned to that. */
export const onCurrentVersion = (): { initialVersioningBehavior?: InitialVersioningBehavior } =>
  isVersioned() ? { initialVersioningBehavior: 'AUTO_UPGRADE' } : {};

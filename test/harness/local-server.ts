import { TestWorkflowEnvironment } from '@temporalio/testing';
import { provideTemporal } from '../../src/temporal/provide.ts';
import type { GroundOptions } from './drill.ts';

/** A real server on the wall clock, for drills that a leaping one cannot show. */
export async function onLocalServer(
  extraArgs: string[] = [],
): Promise<NonNullable<GroundOptions['createEnvironment']>> {
  const path = await provideTemporal({ cli: process.env.FENGHUO_TEMPORAL_CLI, log: console.error });
  const server = {
    executable: { type: 'existing-path' as const, path },
    extraArgs: ['--log-level', 'never', ...extraArgs],
  };
  return ({ client } = {}) => TestWorkflowEnvironment.createLocal({ client, server });
}

import type { WorkerDeploymentVersion } from '@temporalio/common';
import type { WorkflowBundle } from '@temporalio/worker';
import type { Logger } from 'pino';
import { noteBuild } from './store/builds.ts';
import type { Register } from './store/open.ts';
import { ADVICE } from './temporal/routing.ts';
import { versionName } from './temporal/worker-version.ts';
import { codeOf } from './temporal/workflow-code.ts';
import { within } from './within.ts';

/** What is told of other code under a name lasts three times as long (store/builds.ts). */
const EVERY_MS = 60_000;
const PATIENCE_MS = 5_000;

/** What a worker keeps noted of the code that it runs. */
export interface KeptBuild {
  /** Whether other code had this worker's version before, as far as the register has said; what was known stands while it is away. */
  isReused(): boolean;
  /** Notes it now. Never rejects. */
  note(): Promise<void>;
  stop(): void;
}

/**
 * Notes once a minute, beside everything else, which code this worker runs under its version's name. Where the name is another code's that is
 * logged as an error, once, and stops nothing: an alarm told by unknown code is better than none. It is for whoever reads the register or
 * asks this worker for as long as the worker runs.
 */
export function keepBuild(
  register: Register,
  {
    version,
    bundle,
    log,
  }: {
    version: WorkerDeploymentVersion;
    bundle: Promise<WorkflowBundle>;
    log: Pick<Logger, 'error' | 'warn'>;
  },
): KeptBuild {
  const name = versionName(version);
  let code: string | undefined;
  let reused = false;
  let failed = false;

  async function look(): Promise<void> {
    code ??= codeOf(await bundle);
    const first = await within(PATIENCE_MS, noteBuild(register, version, code));
    failed = false;
    if (first && !reused)
      log.error(
        { code: 'BUILD_NAME_REUSED', version: name, runs: code, first: first.code, since: first.firstSeenAt },
        ADVICE.BUILD_NAME_REUSED,
      );
    reused = first !== null;
  }
  let last = Promise.resolve();
  const note = (): Promise<void> =>
    (last = last.then(look).catch((error: Error) => {
      if (!failed)
        log.warn({ error: error.name, version: name }, 'the code of this version is not noted; trying on');
      failed = true;
    }));
  void note();
  const timer = setInterval(() => void note(), EVERY_MS);
  timer.unref();
  return { isReused: () => reused, note, stop: () => clearInterval(timer) };
}

import { processIdentity } from '../../src/process-identity.ts';
import { until } from './until.ts';

/** Kills a process group and waits until its leader is gone. */
export async function endGroup(pid: number): Promise<void> {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    return; // gone before
  }
  await until('the process group has ended', async () => (await processIdentity(pid)) === null);
}

import { userInfo } from 'node:os';
import { recordChange } from '../store/changes.ts';
import type { OnDeployment } from './on-deployment.ts';
import { onRegister } from './offline.ts';

/** Who types: in a container there may be no name. */
function who(): string {
  try {
    return `os:${userInfo().username}`;
  } catch {
    return `os:${process.getuid?.() ?? 'unknown'}`;
  }
}

/** Puts a move of the current version on record: after the act, and without holding it up, since going back must work while the register is down. */
export async function putOnRecord(
  { config, deployment }: OnDeployment,
  from: string | null,
  to: string,
): Promise<void> {
  const subject = `current version of ${deployment}`;
  await onRegister(config, (register) =>
    recordChange(register, { by: who(), via: 'cli', area: 'operations', subject, from, to }),
  ).catch((error: Error) => console.error(`It is not on record: ${error.message}`));
}

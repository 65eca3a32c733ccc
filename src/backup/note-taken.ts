import { userInfo } from 'node:os';
import { basename } from 'node:path';
import { noteBackup } from '../store/backups.ts';
import { openRegister, type RegisterPlace } from '../store/open.ts';
import type { Taken } from './take.ts';

/**
 * Notes a whole back-up in the register that it is of, for whoever looks how old the last one is. Gives null, or why it could not be noted:
 * the back-up is whole all the same.
 */
export async function noteTaken(
  place: RegisterPlace,
  { folder, manifest }: Omit<Taken, 'unnoted'>,
): Promise<string | null> {
  try {
    const register = await openRegister({ ...place, isLeftAsIs: true });
    try {
      const { begunAt, takenAt } = manifest;
      await noteBackup(register, `os:${userInfo().username}`, { name: basename(folder), begunAt, takenAt });
      return null;
    } finally {
      await register.close();
    }
  } catch (error) {
    return (error as Error).message;
  }
}

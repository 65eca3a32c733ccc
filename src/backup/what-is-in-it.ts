import { canNoteRestores, incidentsNow, type IncidentsNow } from '../store/incidents-now.ts';
import { openRegister, type RegisterPlace } from '../store/open.ts';
import { BackupError } from './problem.ts';

/**
 * What a back-up says of the incidents of the register there, whose tables are left as they are. Throws {@link BackupError}
 * `BACKUP_NOT_MIGRATED` where a restore of it could not be noted in it.
 */
export async function whatIsInIt(place: RegisterPlace): Promise<IncidentsNow> {
  const register = await openRegister({ ...place, isLeftAsIs: true });
  try {
    if (await canNoteRestores(register)) return await incidentsNow(register);
  } finally {
    await register.close();
  }
  const how = place.databaseUrl ? 'run "fenghuo migrate"' : 'start this version once with "npm start"';
  throw new BackupError(
    'BACKUP_NOT_MIGRATED',
    `the register's tables are of an earlier version than this command: ${how} first, or back up with that version`,
  );
}

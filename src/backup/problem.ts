/**
 * Why nothing was backed up or restored:
 * - `BACKUP_NOT_SET_UP` a setting is missing, `BACKUP_TOOL_MISSING` a command of PostgreSQL's
 * - `BACKUP_RUNNING` what is to be copied or replaced is in use
 * - `BACKUP_SEVERAL_PLACES` register and Temporal do not lie in one place, so that no one point in time holds for both
 * - `BACKUP_NOT_MIGRATED` the register is of a version whose back-up could not be put back
 * - `BACKUP_FAILED` the copy could not be made; nothing is left of it
 * - `BACKUP_UNKNOWN` there is no back-up of ours, or one of a later version
 * - `BACKUP_DAMAGED` a part is missing, cut short, changed or too many
 * - `BACKUP_KEYS_MISSING` keys that it was written with are not at hand
 * - `RESTORE_UNFINISHED` a restore was broken off while it replaced what stood there
 * - `RESTORE_FAILED` it could not be put back; what was there still is
 */
export type BackupCode =
  | 'BACKUP_NOT_SET_UP'
  | 'BACKUP_TOOL_MISSING'
  | 'BACKUP_RUNNING'
  | 'BACKUP_SEVERAL_PLACES'
  | 'BACKUP_NOT_MIGRATED'
  | 'BACKUP_FAILED'
  | 'BACKUP_UNKNOWN'
  | 'BACKUP_DAMAGED'
  | 'BACKUP_KEYS_MISSING'
  | 'RESTORE_UNFINISHED'
  | 'RESTORE_FAILED';

/** The message says in English what to do next; the code stands before it. */
export class BackupError extends Error {
  override name = 'BackupError';
  constructor(
    readonly code: BackupCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${message}`, options);
  }
}

import { randomUUID } from 'node:crypto';

/** One line of SQL that notes in a register that it was put back from the back-up of `takenAt`, so that whoever starts on it compares first. */
export function markStatement(takenAt: string): { id: string; statement: string } {
  const id = randomUUID();
  const at = new Date(takenAt).toISOString(); // nothing but an instant gets into the statement
  return { id, statement: `insert into restored (id, taken_at) values ('${id}', '${at}')` };
}

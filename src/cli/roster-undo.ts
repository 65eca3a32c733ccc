import { parseArgs } from 'node:util';
import type { z } from 'zod';
import type { undoneSchema } from '../api/schemas-rosters.ts';
import { askRosters, toldIfRefused } from './roster-server.ts';

/** `fenghuo roster undo`: takes back a body's newest import. Throws when called wrongly. */
export async function rosterUndo(words: string[]): Promise<number> {
  const { values } = parseArgs({ args: words, options: { body: { type: 'string' } } });
  if (values.body === undefined) throw new Error('roster undo takes --body ID');
  const body = encodeURIComponent(values.body);
  return toldIfRefused(async () => {
    const answer = await askRosters(`${body}/undo`);
    const { undone, standing } = (await answer.json()) as z.infer<typeof undoneSchema>;
    console.log(
      `Number ${undone} is undone; ${standing === null ? 'the organisation file' : `number ${standing}`} stands.`,
    );
    return 0;
  });
}

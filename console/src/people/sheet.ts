import type { z } from 'zod';
import type { importedSchema, previewSchema, undoneSchema } from '../../../src/api/schemas-rosters.ts';
import { ask } from '../api/client.ts';
import { pathOf } from './roster.ts';

export type Preview = z.infer<typeof previewSchema>;
export type Change = Preview['changes'][number];

/** The kind a browser gives a sheet depends on what is installed: the file itself is what counts. */
const FILE = { 'content-type': 'application/octet-stream' };

/** Reads a sheet: every bad row, or what would change. Imports nothing. */
export const preview = (body: string, file: Blob): Promise<Preview> =>
  ask(`${pathOf(body)}/preview`, { method: 'POST', raw: file, headers: FILE });

/** Imports exactly what was previewed. */
export const importSheet = (
  body: string,
  file: Blob,
  shown: string,
): Promise<z.infer<typeof importedSchema>> =>
  ask(`${pathOf(body)}?preview=${shown}`, { method: 'POST', raw: file, headers: FILE });

/** Takes the newest import back. */
export const undo = (body: string): Promise<z.infer<typeof undoneSchema>> =>
  ask(`${pathOf(body)}/undo`, { method: 'POST', body: {} });

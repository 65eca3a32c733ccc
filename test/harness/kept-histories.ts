import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseKeyring } from '../../src/crypto/keyring.ts';

/** Where histories of earlier versions lie, one file a run: every later version must replay them. */
export const HISTORIES = join(import.meta.dirname, '..', 'histories');

/** The key they are encrypted with: for these files alone, and no secret. */
export const HISTORIES_KEY = `test:${Buffer.alloc(32, 'fenghuo').toString('base64')}`;
export const HISTORIES_KEYRING = parseKeyring(HISTORIES_KEY);

/** Every kept history by its file's name, as Temporal's JSON. */
export const keptHistories = (): { name: string; history: unknown }[] =>
  readdirSync(HISTORIES)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, history: JSON.parse(readFileSync(join(HISTORIES, name), 'utf8')) as unknown }));

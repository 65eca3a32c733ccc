import { readFile } from 'node:fs/promises';

/** The version of this system, as its package says. */
export async function versionHere(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Our source once more, with one file of it changed. */
export interface Checkout {
  root: string;
  remove(): Promise<void>;
}

/** Throws when the text that is to be replaced is not there. */
export async function otherCheckout(file: string, from: string, to: string): Promise<Checkout> {
  const root = await mkdtemp(join(tmpdir(), 'fenghuo-checkout-'));
  for (const part of ['src', 'plans', 'test/plans', 'package.json', 'package-lock.json', 'tsconfig.json'])
    await cp(join(ROOT, part), join(root, part), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const text = await readFile(join(root, file), 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  await writeFile(join(root, file), text.replace(from, to));
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker';
import { quietLogger } from './logger.ts';

const source = fileURLToPath(new URL('..', import.meta.url));

/** The workflows as one script for the worker's sandbox. Takes some seconds: see {@link cachedWorkflowBundle}. */
export const bundleWorkflows = (): Promise<WorkflowBundle> =>
  bundleWorkflowCode({
    workflowsPath: join(source, 'workflows', 'index.ts'),
    failureConverterPath: join(source, 'temporal', 'failure-converter.ts'),
    logger: quietLogger,
  });

/** The same, kept in `folder` for as long as neither our source nor the SDK changes. */
export async function cachedWorkflowBundle(folder: string): Promise<WorkflowBundle> {
  const path = join(folder, `workflows-${await sourceHash()}.js`);
  try {
    return { code: await readFile(path, 'utf8') };
  } catch {
    const bundle = await bundleWorkflows();
    await mkdir(folder, { recursive: true });
    await writeFile(`${path}.${process.pid}`, bundle.code);
    await rename(`${path}.${process.pid}`, path);
    return bundle;
  }
}

/** A fingerprint of everything a bundle can be made of. */
async function sourceHash(): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  hash.update(await readFile(join(source, '..', 'package-lock.json')));
  const files = await readdir(source, { recursive: true, withFileTypes: true });
  const code = files
    .filter((file) => file.isFile() && file.name.endsWith('.ts'))
    .map((file) => join(file.parentPath, file.name));
  for (const file of code.sort()) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

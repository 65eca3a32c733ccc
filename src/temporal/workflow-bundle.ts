import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker';
import { quietLogger } from './logger.ts';

const source = fileURLToPath(new URL('..', import.meta.url));

/** What else a bundle holds. */
interface BundleOptions {
  /** What carries traces along; it changes no decision of a workflow, nor the order of its commands. */
  tracing?: boolean;
}

/** The workflows as one script for the worker's sandbox. Takes some seconds: see {@link cachedWorkflowBundle}. */
export const bundleWorkflows = ({ tracing = false }: BundleOptions = {}): Promise<WorkflowBundle> =>
  bundleWorkflowCode({
    workflowsPath: join(source, 'workflows', 'index.ts'),
    failureConverterPath: join(source, 'temporal', 'failure-converter.ts'),
    logger: quietLogger,
    ...(tracing ? { workflowInterceptorModules: [join(source, 'workflows', 'trace-carrier.ts')] } : {}),
  });

/** The same, kept in `folder` for as long as neither our source nor the SDK changes. */
export async function cachedWorkflowBundle(
  folder: string,
  { tracing = false }: BundleOptions = {},
): Promise<WorkflowBundle> {
  const path = join(folder, `workflows-${await sourceHash()}${tracing ? '-traced' : ''}.js`);
  try {
    return { code: await readFile(path, 'utf8') };
  } catch {
    const bundle = await bundleWorkflows({ tracing });
    await keep(folder, path, bundle.code).catch(() => undefined); // a folder that cannot be written holds up no alarm
    return bundle;
  }
}

async function keep(folder: string, path: string, code: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(`${path}.${process.pid}`, code);
  await rename(`${path}.${process.pid}`, path);
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

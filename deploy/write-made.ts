import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { COMPOSE_PARTS, composePlace } from './compose-place.ts';
import { composeFile } from './compose.ts';
import { proxyConfig } from './proxy-config.ts';
import { temporalConfig } from './temporal-config.ts';

/** Everything that is made from the description, by its path in the repository. */
export const madeFiles = (): Record<string, string> => ({
  'docker-compose.yml': composeFile(),
  'deploy/made/temporal.yaml': temporalConfig(composePlace, COMPOSE_PARTS),
  'deploy/made/proxy.conf': proxyConfig(composePlace, { scratch: '/tmp', hasUi: true }),
});

/** Writes {@link madeFiles} below `root`. */
export async function writeMade(root: string): Promise<void> {
  await mkdir(join(root, 'deploy/made'), { recursive: true });
  for (const [path, text] of Object.entries(madeFiles())) await writeFile(join(root, path), text);
}

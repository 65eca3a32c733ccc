import { parseArgs } from 'node:util';
import { backUpCluster } from '../backup/back-up-cluster.ts';
import { backUpFolder } from '../backup/back-up-folder.ts';
import { BackupError } from '../backup/problem.ts';
import type { Taken } from '../backup/take.ts';
import { readConfig, type Config } from '../config.ts';

/** `fenghuo backup DIR`: see docs/operations.md. Gives 0. */
export async function backup(rest: string[]): Promise<number> {
  const { positionals } = parseArgs({ args: rest, allowPositionals: true });
  const [place] = positionals;
  if (place === undefined || positionals.length > 1) throw new Error('fenghuo backup DIR');
  const { folder, manifest, unnoted } = await take(place, readConfig(process.env));
  const { takenAt, incidents, keys } = manifest;
  console.log(`Back-up of ${takenAt}: ${folder}`);
  console.log(`  ${incidents.all} incidents, ${incidents.open.length} of them open; verified.`);
  console.log(
    `  It needs the keys ${keys.map(({ id }) => id).join(', ')}, which are not in it: keep them apart from it, and from this machine.`,
  );
  if (unnoted !== null)
    console.error(
      `  The register could not be told of it (${unnoted}): metrics, alerts and the console go on with the one before.`,
    );
  return 0;
}

function take(place: string, config: Config): Promise<Taken> {
  const { DATABASE_URL, TEMPORAL_ADDRESS } = config;
  if (DATABASE_URL && TEMPORAL_ADDRESS) return backUpCluster(place, config);
  if (!DATABASE_URL && !TEMPORAL_ADDRESS) return backUpFolder(place, config);
  throw new BackupError(
    'BACKUP_SEVERAL_PLACES',
    'register and Temporal lie in different places (only one of DATABASE_URL and TEMPORAL_ADDRESS is set), so no one point in time can hold for both: stop everything, copy both, and start again; after putting back, "fenghuo reconcile" says whether they fit',
  );
}

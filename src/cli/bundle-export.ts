import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import type { bundlesSchema } from '../api/schemas-archive.ts';
import { COLLECTION, collectedName } from '../archive/collected-name.ts';
import { zipOf } from '../archive/write-zip.ts';
import { Refused, type ProblemBody } from './refused.ts';
import { askApi, toldIfRefused } from './roster-server.ts';
import { serverHere } from './server-here.ts';

type Bundles = z.infer<typeof bundlesSchema>;

/** `fenghuo bundle export`: the bundles of a period as one zip, fetched one by one. Throws when called wrongly. */
export async function bundleExport(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      office: { type: 'string' },
      branch: { type: 'string' },
      drill: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (file === undefined || !file.endsWith('.zip') || more.length > 0)
    throw new Error('bundle export takes one OUT.zip');
  const { drill, ...filter } = values;
  return toldIfRefused(async () => {
    const query = new URLSearchParams({ ...filter, drill: String(drill) });
    const { bundles, from, to } = (await (await askApi(`bundles?${query}`)).json()) as Bundles;
    if (bundles.length === 0) {
      console.log(`No incident that was reported from ${from} to ${to} is closed.`);
      return 1;
    }
    await writeAll(file, bundles);
    console.log(`Written: ${file}. Verify it with: fenghuo audit ${file}`);
    return 0;
  });
}

/** Under another name until it is whole: what was cut off is not taken for an export. */
async function writeAll(file: string, bundles: Bundles['bundles']): Promise<void> {
  const part = `${file}.part`;
  const list = bundles.map(({ id, number }) => ({ file: collectedName({ id, number }), id, number }));
  const files = bundles.map((bundle, nr) => ({
    path: collectedName(bundle),
    packed: true,
    content: () => fetched(bundle.id, `${nr + 1}/${bundles.length} ${bundle.number ?? bundle.id}`),
  }));
  const about = { path: COLLECTION, content: async () => JSON.stringify(list, null, 1) };
  try {
    const to: WriteStream = createWriteStream(part, { mode: 0o600 });
    await once(to, 'open');
    await pipeline(zipOf([about, ...files], new Date()), to);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function* fetched(id: string, line: string): AsyncGenerator<Uint8Array> {
  const { address, key } = await serverHere();
  const answer = await fetch(`${address}/api/incidents/${id}/bundle`, {
    headers: { authorization: `Bearer ${key}` },
  });
  if (!answer.ok) throw new Refused((await answer.json()) as ProblemBody);
  let size = 0;
  for await (const piece of Readable.fromWeb(answer.body as never) as AsyncIterable<Uint8Array>) {
    size += piece.length;
    yield piece;
  }
  console.log(`${line}: ${size} bytes`);
}

import type { Readable } from 'node:stream';
import type { IncidentId } from '../incident/ids.ts';
import { COLLECTION, collectedName, type Collected } from './collected-name.ts';
import type { BundleDeps } from './gather.ts';
import { SIGNATURE } from './layout.ts';
import { bundleToSend } from './make.ts';
import { signManifest } from './signing.ts';
import { zipOf } from './write-zip.ts';

/**
 * Bundles of several incidents as one zip, with a signed list of them, so that one that is taken away is missed; each made or fetched when its turn has come. Ends with the error of one that cannot be
 * made: half an export is none.
 */
export function collectionZip(
  deps: BundleDeps,
  incidents: (Collected & { id: IncidentId })[],
  madeAt: Date,
): Readable {
  const list = incidents.map(({ id, number }) => ({ file: collectedName({ id, number }), id, number }));
  const files = incidents.map((incident) => ({
    path: collectedName(incident),
    packed: true,
    content: () => bytesOf(deps, incident.id),
  }));
  const text = Buffer.from(JSON.stringify(list, null, 1));
  const signature = JSON.stringify(signManifest(deps.register.keyring, text), null, 1);
  const about = { path: COLLECTION, content: async () => text };
  const signed = { path: SIGNATURE, content: async () => signature };
  return zipOf([about, signed, ...files], madeAt);
}

async function* bytesOf(deps: BundleDeps, id: IncidentId): AsyncGenerator<Uint8Array> {
  const bundle = await bundleToSend(deps, id);
  if (bundle) yield* bundle.bytes();
}

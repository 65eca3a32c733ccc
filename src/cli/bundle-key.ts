import type { z } from 'zod';
import type { bundleKeySchema } from '../api/schemas-archive.ts';
import { askApi, toldIfRefused } from './roster-server.ts';

/** `fenghuo bundle key`: the public key that bundles are signed with, to be published. */
export const bundleKeyCommand = (): Promise<number> =>
  toldIfRefused(async () => {
    const key = (await (await askApi('bundle-key')).json()) as z.infer<typeof bundleKeySchema>;
    console.log(`Fingerprint  ${key.fingerprint}`);
    console.log(`Public key   ${key.publicKey} (Ed25519, SPKI, from key ${key.keyId})`);
    return 0;
  });

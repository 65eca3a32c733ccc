import { hkdfSync, randomBytes } from 'node:crypto';

/**
 * What a key is for. Each purpose gets its own key from the same secret, so that none can be used for another:
 * `payload` Temporal's payloads, `seal` personal values at rest, `receipt` receipt links, `head` the chain's heads,
 * `digest` fingerprints of what must not be guessed (a report's body), `signIn` what a browser keeps for us while it is away
 * at the identity provider, `bundle` the seed of the pair of keys that archive bundles are signed with,
 * `backup` what a back-up's manifest is signed with.
 */
export type KeyPurpose = 'payload' | 'seal' | 'receipt' | 'head' | 'digest' | 'signIn' | 'bundle' | 'backup';

export interface Keyring {
  /** The key that new data is protected with. */
  readonly currentId: string;
  /** Every key id, the current one first: old data stays readable. */
  readonly ids: readonly string[];
  /** 32 bytes for a purpose. Throws {@link UnknownKeyError} for an id that is not in the ring. */
  key(purpose: KeyPurpose, id?: string): Buffer;
}

export class UnknownKeyError extends Error {
  override name = 'UnknownKeyError';
  constructor(readonly keyId: string) {
    super(`no key "${keyId}" in FENGHUO_KEYS: put the key back that this data was written with`);
  }
}

/**
 * Reads `FENGHUO_KEYS`: `id:secret`, comma separated, the current one first. An id is 1–16 letters, digits or `-`;
 * a secret is 32 bytes in base64 or base64url. Throws `Error` saying which part is wrong, never showing a secret.
 */
export function parseKeyring(text: string): Keyring {
  const secrets = new Map<string, Buffer>();
  for (const [index, part] of text.split(',').entries()) {
    const match = /^\s*([A-Za-z0-9-]{1,16}):([A-Za-z0-9+/_=-]+)\s*$/.exec(part);
    if (!match) throw new Error(`key ${index + 1} is not of the form id:base64`);
    const [, id, secret] = match as unknown as [string, string, string];
    const bytes = Buffer.from(secret, 'base64');
    if (bytes.length !== 32) throw new Error(`key "${id}" has ${bytes.length} bytes, expected 32 in base64`);
    if (secrets.has(id)) throw new Error(`key "${id}" stands there twice`);
    secrets.set(id, bytes);
  }
  const ids = [...secrets.keys()];
  const currentId = ids[0]!;
  const derived = new Map<string, Buffer>();
  return {
    currentId,
    ids,
    key(purpose, id = currentId) {
      const name = `${purpose}:${id}`;
      let key = derived.get(name);
      if (!key) {
        const secret = secrets.get(id);
        if (!secret) throw new UnknownKeyError(id);
        key = Buffer.from(hkdfSync('sha256', secret, '', `fenghuo:${purpose}:v1`, 32));
        derived.set(name, key);
      }
      return key;
    },
  };
}

/** A new secret with the id `id`, in the form {@link parseKeyring} reads. */
export const generateKey = (id = 'k1'): string => `${id}:${randomBytes(32).toString('base64url')}`;

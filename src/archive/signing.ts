import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { Keyring } from '../crypto/keyring.ts';

/** What a bundle's manifest is signed with. `publicKey` is the SPKI in base64, `fingerprint` its hex SHA-256. */
export interface ManifestSignature {
  algorithm: 'Ed25519';
  /** The ring's key that the pair was derived from. */
  keyId: string;
  publicKey: string;
  fingerprint: string;
  /** Over the bytes of `manifest.json`, base64. */
  signature: string;
}

export type BundleKey = Pick<ManifestSignature, 'algorithm' | 'keyId' | 'publicKey' | 'fingerprint'>;

/** PKCS #8 of an Ed25519 key, up to its 32 bytes of seed (RFC 8410). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs a manifest with the pair that the ring's current key gives: whoever has the public key alone can verify, and not sign. */
export function signManifest(keyring: Keyring, manifest: Uint8Array): ManifestSignature {
  const signature = sign(null, manifest, privateKey(keyring, keyring.currentId)).toString('base64');
  return { ...bundleKey(keyring), signature };
}

/** The public key that bundles are verified with, to be given to inspectors by another way than a bundle. */
export function bundleKey(keyring: Keyring, keyId = keyring.currentId): BundleKey {
  const der = createPublicKey(privateKey(keyring, keyId)).export({ format: 'der', type: 'spki' });
  return { algorithm: 'Ed25519', keyId, publicKey: der.toString('base64'), fingerprint: fingerprintOf(der) };
}

/** Whether the key that a signature names made it over these bytes. False for what is no key. */
export function isSigned({ publicKey, signature }: ManifestSignature, manifest: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return (
      key.asymmetricKeyType === 'ed25519' && verify(null, manifest, key, Buffer.from(signature, 'base64'))
    );
  } catch {
    return false;
  }
}

/** Hex SHA-256 of a public key's DER. */
export const fingerprintOf = (der: Uint8Array): string => createHash('sha256').update(der).digest('hex');

const privateKey = (keyring: Keyring, keyId: string): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([PKCS8_HEAD, keyring.key('bundle', keyId)]),
    format: 'der',
    type: 'pkcs8',
  });

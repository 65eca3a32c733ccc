import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Anchor } from '../incident/ids.ts';

/** What of an entry is hashed: personal values by their digests only. */
export interface ChainedEntry {
  incidentId: string;
  seq: number;
  at: string;
  kind: string;
  data: unknown;
  /** Hex digest by name. */
  personal: Record<string, string>;
}

/** An entry's hash, hex SHA-256 over the hash of the one before and RFC 8785 canonical JSON. */
export function entryHash(prev: string, entry: ChainedEntry): string {
  const { incidentId, seq, at, kind, data, personal } = entry;
  const text = canonicalJson({ incidentId, seq, at, kind, data, personal });
  return createHash('sha256').update(`fenghuo-entry-v1\n${prev}\n${text}`).digest('hex');
}

/** Hex HMAC-SHA-256 that says this register wrote `head` as the incident's last entry. */
export const headMac = (keyring: Keyring, keyId: string, incidentId: string, head: Anchor): string =>
  createHmac('sha256', keyring.key('head', keyId))
    .update(`${incidentId}|${head.seq}|${head.hash}`)
    .digest('hex');

/** Throws `UnknownKeyError` when the key is not in the ring. */
export function isOurHead(
  keyring: Keyring,
  incidentId: string,
  head: Anchor & { mac: string; keyId: string },
) {
  const expected = Buffer.from(headMac(keyring, head.keyId, incidentId, head));
  const given = Buffer.from(head.mac);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

import { gunzipSync, gzipSync } from 'node:zlib';
import type { Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { Keyring } from '../crypto/keyring.ts';
import type { JsonPayload } from './codec-payloads.ts';
import { createPayloadCodec } from './payload-codec.ts';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

const ENCRYPTED = Buffer.from('binary/encrypted').toString('base64');

type Encrypted = JsonPayload & { metadata: Record<string, string> };

/** Ids of the keys that an archived history's payloads are encrypted with. */
export function keysOfArchive(packed: Uint8Array): string[] {
  const ids = new Set<string>();
  visit(unpack(packed), (payload) => ids.add(keyOf(payload)));
  return [...ids];
}

/**
 * An archived history with all its payloads under the ring's current key and nothing else changed; null when they are so already.
 * Throws `UnknownKeyError`, or `ValueError` for a payload that was changed.
 */
export async function resealArchive(keyring: Keyring, packed: Uint8Array): Promise<Buffer | null> {
  const history = unpack(packed);
  const old: Encrypted[] = [];
  visit(history, (payload) => {
    if (keyOf(payload) !== keyring.currentId) old.push(payload);
  });
  if (old.length === 0) return null;
  const codec = createPayloadCodec(keyring);
  const stored = old.map((payload) => PayloadMessage.fromObject(payload) as Payload);
  const fresh = await codec.encode(await codec.decode(stored));
  for (const [index, payload] of fresh.entries())
    Object.assign(
      old[index]!,
      PayloadMessage.toObject(PayloadMessage.fromObject(payload), { bytes: String }),
    );
  return gzipSync(JSON.stringify(history));
}

const unpack = (packed: Uint8Array): unknown => JSON.parse(gunzipSync(packed).toString('utf8'));

const keyOf = ({ metadata }: Encrypted): string =>
  Buffer.from(metadata['encryption-key-id'] ?? '', 'base64').toString();

function visit(value: unknown, see: (payload: Encrypted) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (isEncrypted(value)) return see(value);
  for (const inner of Object.values(value)) visit(inner, see);
}

const isEncrypted = (value: object): value is Encrypted =>
  'metadata' in value &&
  typeof value.metadata === 'object' &&
  value.metadata !== null &&
  'encoding' in value.metadata &&
  value.metadata.encoding === ENCRYPTED;

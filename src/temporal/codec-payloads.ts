import { UnknownKeyError, type Keyring } from '../crypto/keyring.ts';
import { createPayloadCodec } from './payload-codec.ts';
import { ValueError, type Payload } from '@temporalio/common';
import proto from '@temporalio/proto';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

/** A payload as protobuf's JSON has it: bytes in base64. */
export interface JsonPayload {
  metadata?: Record<string, string> | null | undefined;
  data?: string | null | undefined;
  [more: string]: unknown;
}

/** What of a batch could be read, and why the rest could not. */
export interface DecodedPayloads {
  payloads: JsonPayload[];
  /** Ids of the keys that something could not be read for. */
  unknownKeys: string[];
  undecoded: number;
}

/** Metadata that an undecoded payload is given back with: why. Nothing else of it is changed. */
export const UNDECODED = 'fenghuo-undecoded';

/** Decodes payloads one by one: what cannot be read is given back as it came, with {@link UNDECODED} in its metadata. Never throws. */
export async function decodePayloads(keyring: Keyring, payloads: JsonPayload[]): Promise<DecodedPayloads> {
  const codec = createPayloadCodec(keyring);
  const result: DecodedPayloads = { payloads: [], unknownKeys: [], undecoded: 0 };
  for (const given of payloads) {
    try {
      const [clear] = await codec.decode([PayloadMessage.fromObject(given) as Payload]);
      result.payloads.push(isInClear(given) ? given : jsonOf(clear!));
    } catch (error) {
      result.undecoded += 1;
      if (error instanceof UnknownKeyError) result.unknownKeys.push(error.keyId);
      const why = Buffer.from(reasonOf(error)).toString('base64');
      result.payloads.push({ ...given, metadata: { ...given.metadata, [UNDECODED]: why } });
    }
  }
  return result;
}

function isInClear({ metadata }: JsonPayload): boolean {
  return Buffer.from(metadata?.['encoding'] ?? '', 'base64').toString() !== 'binary/encrypted';
}

const jsonOf = (payload: Payload): JsonPayload =>
  PayloadMessage.toObject(PayloadMessage.fromObject(payload), { bytes: String }) as JsonPayload;

function reasonOf(error: unknown): string {
  if (error instanceof UnknownKeyError) return `key "${error.keyId}" is not in FENGHUO_KEYS`;
  return error instanceof ValueError ? error.message : 'this is no payload of ours';
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { METADATA_ENCODING_KEY, ValueError } from '@temporalio/common';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { Keyring } from '../crypto/keyring.ts';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

/** The names of Temporal's own encryption sample, so that codec servers in any language can be taught to read ours. */
const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts whole payloads, their metadata too, with AES-256-GCM before they leave the process: data is a random 12-byte IV,
 * the ciphertext and the 16-byte tag. New payloads use the ring's current `payload` key and name it; old ones stay readable
 * while their key is in the ring. Decoding leaves payloads in clear as they are, throws `UnknownKeyError` for a key that is
 * not in the ring, and `ValueError` for data that was changed.
 */
export const createPayloadCodec = (keyring: Keyring): PayloadCodec => ({
  encode: async (payloads) => payloads.map((payload) => encrypt(keyring, payload)),
  decode: async (payloads) =>
    payloads.map((payload) => (isEncrypted(payload) ? decrypt(keyring, payload) : payload)),
});

function encrypt(keyring: Keyring, payload: Payload): Payload {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, keyring.key('payload'), iv);
  const plain = PayloadMessage.encode(payload).finish();
  return {
    metadata: { [METADATA_ENCODING_KEY]: Buffer.from(ENCODING), [KEY_ID]: Buffer.from(keyring.currentId) },
    data: Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]),
  };
}

function decrypt(keyring: Keyring, { metadata, data }: Payload): Payload {
  const keyId = metadata?.[KEY_ID];
  if (!keyId || !data || data.length < IV_BYTES + TAG_BYTES)
    throw new ValueError('an encrypted payload is incomplete');
  const key = keyring.key('payload', Buffer.from(keyId).toString());
  const decipher = createDecipheriv(CIPHER, key, data.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(data.subarray(-TAG_BYTES));
  return PayloadMessage.decode(opened(decipher, data.subarray(IV_BYTES, -TAG_BYTES)));
}

function opened(decipher: ReturnType<typeof createDecipheriv>, ciphertext: Uint8Array): Buffer {
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    throw new ValueError('an encrypted payload was changed, or its key is another one of the same id');
  }
}

const isEncrypted = ({ metadata }: Payload): boolean => {
  const encoding = metadata?.[METADATA_ENCODING_KEY];
  return encoding !== undefined && encoding !== null && Buffer.from(encoding).toString() === ENCODING;
};

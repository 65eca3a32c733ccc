import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { Keyring } from '../crypto/keyring.ts';
import { createPayloadCodec } from './payload-codec.ts';

/** The SDK wants a path, not an object: workflows load the converter inside their own bundle. */
export const failureConverterPath = fileURLToPath(new URL('./failure-converter.ts', import.meta.url));

/** What client and worker convert with: everything that can be is encrypted, error messages and stack traces included. */
export const createDataConverter = (keyring: Keyring): DataConverter => ({
  failureConverterPath,
  payloadCodecs: [createPayloadCodec(keyring)],
});

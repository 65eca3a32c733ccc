import { expect, test } from '@jest/globals';
import { ValueError, defaultPayloadConverter } from '@temporalio/common';
import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow/index.js';
import {
  decodeOptionalFailureToOptionalError,
  encodeErrorToFailure,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import { UnknownKeyError, generateKey, parseKeyring } from '../crypto/keyring.ts';
import { createDataConverter } from './data-converter.ts';
import { createPayloadCodec } from './payload-codec.ts';

const k1 = generateKey('k1');
const k2 = generateKey('k2');
const codec = createPayloadCodec(parseKeyring(k1));
const secret = { situation: '测试甲在演示地点' };
const payload = defaultPayloadConverter.toPayload(secret);
const encoded = async () => (await codec.encode([payload]))[0]!;
const read = async (by: typeof codec, stored: typeof payload) =>
  defaultPayloadConverter.fromPayload((await by.decode([stored]))[0]!);

test('what is stored tells its key and nothing else, and comes back as it was', async () => {
  const stored = await encoded();
  const text = Buffer.from(stored.data!).toString('latin1');
  expect(text).not.toContain(Buffer.from('测试甲').toString('latin1'));
  expect(text).not.toContain('json/plain');
  expect(Buffer.from(stored.metadata!['encoding']!).toString()).toBe('binary/encrypted');
  expect(Buffer.from(stored.metadata!['encryption-key-id']!).toString()).toBe('k1');
  expect(await read(codec, stored)).toEqual(secret);
});

test('the same value never looks the same twice', async () => {
  const [one, two] = await codec.encode([payload, payload]);
  expect(Buffer.from(one!.data!).equals(Buffer.from(two!.data!))).toBe(false);
});

test('after a change of keys old payloads are readable and new ones use the new key', async () => {
  const rotated = createPayloadCodec(parseKeyring(`${k2},${k1}`));
  expect(await read(rotated, await encoded())).toEqual(secret);
  const [fresh] = await rotated.encode([payload]);
  expect(Buffer.from(fresh!.metadata!['encryption-key-id']!).toString()).toBe('k2');
});

test('a key that is gone is named', async () => {
  await expect(createPayloadCodec(parseKeyring(k2)).decode([await encoded()])).rejects.toThrow(
    UnknownKeyError,
  );
});

test('a change of any part is noticed', async () => {
  const { metadata, data } = await encoded();
  for (const position of [0, 20, data!.length - 1]) {
    const changed = Buffer.from(data!);
    changed[position]! ^= 1;
    await expect(codec.decode([{ metadata, data: changed }])).rejects.toThrow(ValueError);
  }
  await expect(codec.decode([{ metadata, data: data!.subarray(0, 20) }])).rejects.toThrow(ValueError);
  await expect(codec.decode([{ metadata, data: data!.subarray(0, -4) }])).rejects.toThrow(ValueError);
});

test('payloads in clear pass through', async () => {
  expect(await codec.decode([payload, {}])).toEqual([payload, {}]);
});

test('an error’s message and stack are encrypted with the rest, and come back, causes too', async () => {
  const converter = loadDataConverter(createDataConverter(parseKeyring(k1)));
  const error = new Error('could not tell 测试甲', { cause: new Error('演示乙 refused') });
  const failure = await encodeErrorToFailure(converter, error);
  expect(JSON.stringify(failure)).not.toMatch(/测试甲|演示乙|payload-codec\.test/);
  expect(await decodeOptionalFailureToOptionalError(converter, failure)).toMatchObject({
    message: 'could not tell 测试甲',
    cause: { message: '演示乙 refused' },
  });
});

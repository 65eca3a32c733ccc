import { expect, test } from '@jest/globals';
import { within } from './within.ts';

test('gives what came in time, rejects what did not come', async () => {
  await expect(within(1_000, Promise.resolve(1))).resolves.toBe(1);
  await expect(within(1_000, Promise.reject(new Error('its own')))).rejects.toThrow('its own');
  await expect(within(1, new Promise(() => undefined))).rejects.toThrow('longer than 1 ms');
});

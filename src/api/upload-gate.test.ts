import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createUploadGate } from './upload-gate.ts';

const LARGE = String(8 * 1024 * 1024);
const asked = (account: string, length: string | undefined = LARGE) =>
  ({
    headers: { 'content-length': length },
    actor: { kind: 'account', account: { id: account } },
  }) as unknown as FastifyRequest;
const reply = () => ({ raw: new EventEmitter() }) as unknown as FastifyReply;

test('few large files are taken at a time, fewer from one account; what is over makes room, a small one waits for nobody', () => {
  const mayUploadNow = createUploadGate({ all: 3, ofOne: 2 });
  const first = reply();
  mayUploadNow(asked('one'), first);
  mayUploadNow(asked('one'), reply());
  const refused = expect.objectContaining({
    details: expect.objectContaining({ status: 503, code: 'UPLOADS_BUSY', retryAfter: 5 }),
  });
  const thrown = (run: () => void): unknown => {
    try {
      run();
      return null;
    } catch (error) {
      return error;
    }
  };
  expect(thrown(() => mayUploadNow(asked('one'), reply()))).toEqual(refused);
  mayUploadNow(asked('two'), reply());
  expect(thrown(() => mayUploadNow(asked('three', undefined), reply()))).toEqual(refused);
  mayUploadNow(asked('three', '4096'), reply());
  first.raw.emit('finish');
  first.raw.emit('close'); // both come; it counts once
  mayUploadNow(asked('three'), reply());
  expect(thrown(() => mayUploadNow(asked('four'), reply()))).toEqual(refused);
});

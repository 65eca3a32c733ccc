import cors from '@fastify/cors';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Change } from '../store/change-entry.ts';
import { recordChange } from '../store/changes.ts';
import { decodePayloads, type DecodedPayloads } from '../temporal/codec-payloads.ts';
import type { ApiDeps } from './deps.ts';
import { mayDecode, type Reader } from './may-decode.ts';
import { Problem } from './problem.ts';
import { PROBLEMS } from './schemas.ts';

/** A page of Temporal's UI asks for a whole history's payloads, each up to 2 MiB. */
const BODY_LIMIT = 32 * 1024 * 1024;

const payload = z.looseObject({
  metadata: z.record(z.string(), z.string()).nullish(),
  data: z.string().nullish(),
});

/** Payloads of protobuf as JSON: <https://protobuf.dev/programming-guides/json>. */
const payloadsSchema = z.object({ payloads: z.array(payload).max(10_000).default([]) });

type CodecDeps = Pick<ApiDeps, 'register' | 'keyring' | 'temporalUiOrigin'>;

/**
 * Temporal's remote codec: its own UI shows payloads in clear to whoever may read them, and to nobody else. Answers under `/codec`
 * to pages of `temporalUiOrigin` only; without one there are no such routes.
 */
export const codecRoutes =
  ({ register, keyring, temporalUiOrigin }: CodecDeps): FastifyPluginAsyncZod =>
  async (app) => {
    if (temporalUiOrigin === undefined) return;
    // A browser asks beforehand without a key, and must be able to read a refusal: the key is asked for below.
    app.addHook('onRoute', (route) => {
      route.config = { ...route.config, open: true };
    });
    await app.register(cors, {
      origin: [temporalUiOrigin], // a list: it alone is named, and others are told nothing
      credentials: true,
      methods: ['POST'],
      allowedHeaders: ['authorization', 'authorization-extras', 'content-type', 'x-namespace'],
      maxAge: 600,
      strictPreflight: true,
    });
    app.addHook('onRequest', async ({ method, headers: { origin } }) => {
      // What a cookie might open must not open it to another page, even one that does not ask beforehand.
      if (method !== 'OPTIONS' && origin !== undefined && origin !== temporalUiOrigin) throw otherOrigin();
    });

    app.post(
      '/codec/decode',
      {
        bodyLimit: BODY_LIMIT,
        schema: {
          tags: ['codec'],
          summary: "Payloads in clear, for Temporal's own UI; each reading is put on record",
          headers: z.looseObject({ 'x-namespace': z.string().max(255).optional() }),
          body: payloadsSchema,
          response: { 200: payloadsSchema, ...PROBLEMS },
        },
        // Before the body is read: who may not read need not send.
        onRequest: async (request) => {
          const reader = await mayDecode(register, request);
          if (!reader) throw unauthorised();
          readers.set(request, reader);
        },
      },
      async (request) => {
        const decoded = await decodePayloads(keyring, request.body.payloads);
        const namespace = request.headers['x-namespace'] ?? null;
        // First on record, then shown.
        await recordChange(register, reading(readers.get(request)!, namespace, decoded));
        return { payloads: decoded.payloads };
      },
    );

    app.post(
      '/codec/encode',
      {
        schema: {
          tags: ['codec'],
          summary: 'Refused: what is said to an incident goes through the API, where rights are checked',
          response: PROBLEMS,
        },
      },
      async () => {
        throw encodeRefused();
      },
    );
  };

const readers = new WeakMap<object, Reader>();

const reading = (
  reader: Reader,
  namespace: string | null,
  { payloads, undecoded, unknownKeys }: DecodedPayloads,
): Change => ({
  ...reader,
  area: 'reads',
  subject: 'temporal payloads',
  from: null,
  to: { namespace, payloads: payloads.length, undecoded, unknownKeys: [...new Set(unknownKeys)] },
});

const unauthorised = (): Problem =>
  new Problem({
    status: 401,
    code: 'API_KEY_REQUIRED',
    title: '无权查看解密内容',
    detail: 'Send "Authorization: Bearer <API key>" of somebody who may read payloads in clear.',
  });

const otherOrigin = (): Problem =>
  new Problem({
    status: 403,
    code: 'OTHER_ORIGIN',
    title: '只允许从 Temporal 界面查看',
    detail: "Open Temporal's UI under the address in TEMPORAL_UI_ORIGIN.",
  });

const encodeRefused = (): Problem =>
  new Problem({
    status: 403,
    code: 'ENCODE_REFUSED',
    title: '不能通过 Temporal 界面写入',
    detail:
      'Payloads are not encrypted for others: act through the API or "fenghuo", where rights are checked.',
  });

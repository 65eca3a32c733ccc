import formbody from '@fastify/formbody';
import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { MessageKey } from '../incident/ids.ts';
import { SHOWN_TIME_ZONE, toInstant } from '../incident/instant.ts';
import { callBackNumber } from '../people/organisation.ts';
import { readAnswer } from '../receipts/answer.ts';
import * as pages from '../receipts/page.ts';
import { readReceipt, type ReadReceipt } from '../receipts/token.ts';
import { messageFacts, type MessageFacts } from '../store/incidents.ts';
import { within } from '../within.ts';
import type { ApiDeps } from './deps.ts';
import { drained } from './drained.ts';
import { answerByLink, pageOf, type Page } from './receipt-answers.ts';

const REGISTER_PATIENCE_MS = 2_000;

/** 500 characters of four bytes each, percent-encoded, and the rest of the form. */
const FORM_LIMIT = 16 * 1024;

/**
 * Receipt links: no account needed. A GET shows and changes nothing, since mail scanners follow links; the POST answers. The
 * pages are HTML without a script; forms are read here and nowhere else.
 */
export const receiptRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { organisation, keyring, register } = deps;
    await app.register(formbody, { bodyLimit: FORM_LIMIT });
    const route = {
      config: { open: true },
      schema: { hide: true, params: z.object({ token: z.string() }) },
    };
    const factsOf = (key: MessageKey): Promise<MessageFacts | null> =>
      within(REGISTER_PATIENCE_MS, messageFacts(register, key)).catch(() => null);
    const contextOf = (facts: MessageFacts | null): pages.PageContext => ({
      timeZone: SHOWN_TIME_ZONE,
      callBack: facts ? callBackNumber(organisation, facts.office) : null,
      drill: facts?.drill ?? false,
    });
    const unusable = async (receipt: Extract<ReadReceipt, { ok: false }>): Promise<Page> =>
      receipt.code === 'RECEIPT_FORGED'
        ? { status: 404, html: pages.forgedPage(contextOf(null)) }
        : { status: 410, html: pages.expiredPage(contextOf(await factsOf(receipt.key))) };
    const read = (token: string): Promise<ReadReceipt> => readReceipt(keyring, token, toInstant(Date.now()));

    app.get('/r/:token', route, async ({ params }, reply) => {
      const receipt = await read(params.token);
      if (!receipt.ok) return send(reply, await unusable(receipt));
      const facts = await factsOf(receipt.key);
      return send(reply, pageOf(receipt.key, facts, contextOf(facts)));
    });

    app.post(
      '/r/:token',
      {
        ...route,
        bodyLimit: FORM_LIMIT,
        // A form that cannot be read is answered with a page, too.
        errorHandler: (error, request, reply) => {
          const status = error.statusCode ?? 500;
          if (status >= 500) throw error;
          const html = pages.notOfferedPage(contextOf(null));
          void drained(request.raw).then(() => send(reply, { status, html }));
        },
      },
      async ({ params, body }, reply) => {
        const receipt = await read(params.token);
        if (!receipt.ok) return send(reply, await unusable(receipt));
        const facts = await factsOf(receipt.key);
        const context = contextOf(facts);
        if (facts?.closed) return send(reply, { status: 409, html: pages.closedPage(context) });
        const answer = readAnswer(body);
        if (!answer) return send(reply, { status: 400, html: pages.notOfferedPage(context) });
        return send(reply, await answerByLink(deps, receipt, answer, { facts, context }));
      },
    );
  };

const send = (reply: FastifyReply, { status, html }: Page): FastifyReply => {
  if (status === 503) void reply.header('retry-after', 5);
  return reply.code(status).headers(pages.RECEIPT_HEADERS).send(html);
};

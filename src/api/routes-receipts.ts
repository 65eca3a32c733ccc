import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { parseMessageKey, type MessageKey } from '../incident/ids.ts';
import { SHOWN_TIME_ZONE, toInstant } from '../incident/instant.ts';
import { callBackNumber } from '../people/organisation.ts';
import * as pages from '../receipts/page.ts';
import { readReceipt, type ReadReceipt } from '../receipts/token.ts';
import { messageFacts, type MessageFacts } from '../store/incidents.ts';
import { acknowledge } from '../workflows/messages.ts';
import { within } from '../within.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';
import { say } from './say.ts';

const REGISTER_PATIENCE_MS = 2_000;

/** Receipt links: no account needed. A GET shows and changes nothing, since mail scanners follow links; the POST confirms. */
export const receiptRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { client, organisation, keyring, register } = deps;
    // The form posts nothing but itself.
    app.addContentTypeParser('application/x-www-form-urlencoded', (_request, payload, done) => {
      payload.resume();
      done(null, {});
    });
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

    app.get('/r/:token', route, async ({ params }, reply) => {
      const receipt = await readReceipt(keyring, params.token, toInstant(Date.now()));
      if (!receipt.ok) return sendUnusable(reply, receipt, factsOf, contextOf);
      const facts = await factsOf(receipt.key);
      const context = contextOf(facts);
      if (facts?.closed) return send(reply, 409, pages.closedPage(context));
      if (facts?.acknowledgedAt)
        return send(reply, 200, pages.alreadyConfirmedPage({ ...context, at: facts.acknowledgedAt }));
      return send(
        reply,
        200,
        pages.confirmPage({ ...context, ...viewOf(receipt.key, facts), drill: facts?.drill ?? false }),
      );
    });

    app.post('/r/:token', route, async ({ params }, reply) => {
      const receipt = await readReceipt(keyring, params.token, toInstant(Date.now()));
      if (!receipt.ok) return sendUnusable(reply, receipt, factsOf, contextOf);
      const { key, person } = receipt;
      const facts = await factsOf(key);
      const context = contextOf(facts);
      if (facts?.closed) return send(reply, 409, pages.closedPage(context));
      if (facts?.acknowledgedAt)
        return send(reply, 200, pages.alreadyConfirmedPage({ ...context, at: facts.acknowledgedAt }));
      try {
        const { at } = await say(client, parseMessageKey(key)!.incidentId, acknowledge, { key, person });
        return send(reply, 200, pages.confirmedPage({ ...context, at }));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (error.details.code === 'IncidentClosed') return send(reply, 409, pages.closedPage(context));
        if (error.details.code === 'StageEnded') return send(reply, 409, pages.stageEndedPage(context));
        if (error.details.status === 404) return send(reply, 404, pages.forgedPage(context));
        void reply.header('retry-after', 5);
        return send(reply, 503, pages.tryAgainPage(context));
      }
    });
  };

async function sendUnusable(
  reply: FastifyReply,
  receipt: Extract<ReadReceipt, { ok: false }>,
  factsOf: (key: MessageKey) => Promise<MessageFacts | null>,
  contextOf: (facts: MessageFacts | null) => pages.PageContext,
): Promise<FastifyReply> {
  if (receipt.code === 'RECEIPT_FORGED') return send(reply, 404, pages.forgedPage(contextOf(null)));
  return send(reply, 410, pages.expiredPage(contextOf(await factsOf(receipt.key))));
}

/** What the page shows; little more than a button where the register is away: the receipt itself does not need it. */
function viewOf(
  key: MessageKey,
  facts: MessageFacts | null,
): Omit<pages.ConfirmView, keyof pages.PageContext> {
  const { incidentId } = parseMessageKey(key)!;
  const unknown = {
    number: null,
    urgency: '紧急',
    branchName: '',
    stageName: '紧急通知',
    duty: '',
    clause: '',
    outside: true,
  };
  return { incidentId, within: null, dueAt: null, ...(facts ?? unknown) };
}

const send = (reply: FastifyReply, status: number, html: string): FastifyReply =>
  reply.code(status).headers(pages.RECEIPT_HEADERS).send(html);

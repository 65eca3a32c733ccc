import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readTime } from '../incident/facts.ts';
import type { IncidentId, MessageKey, StageId } from '../incident/ids.ts';
import { plus, toMs } from '../incident/instant.ts';
import { messageFacts } from '../store/incidents.ts';
import { within } from '../within.ts';
import { registerReceipt, revokeLink, type MessageMeant } from '../workflows/messages-receipts.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { refusalProblem } from './incident-problems.ts';
import { say } from './say.ts';
import { idParams, PROBLEMS } from './schemas.ts';
import { registeredReceiptBody, revokeBody } from './schemas-receipts.ts';

const REGISTER_PATIENCE_MS = 1_000;
const MINUTE_MS = 60_000;

const again = z.boolean().describe('It was recorded before; nothing was recorded now');

/** What a duty officer records of receipts: 代录, and a link that went to the wrong person. */
export const registeredReceiptRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register } = deps;
    const tags = ['acts'];

    app.post(
      '/api/incidents/:id/receipts',
      {
        schema: {
          tags,
          summary:
            '代录: register a receipt by phone, on paper or face to face. It counts like one by link: the party is not asked again',
          params: idParams,
          body: registeredReceiptBody,
          response: {
            200: z.object({
              key: z.string().describe('The message it confirms'),
              toldAt: z.string(),
              at: z.string().describe('When it was recorded'),
              again,
            }),
            ...PROBLEMS,
          },
        },
      },
      async ({ params, body }) => {
        const id = params.id as IncidentId;
        acting.mustBeOneOfOurs(body.by, await acting.mustBeOpen(id));
        const toldAt = readTime(body.toldAt).instant!;
        const message: MessageMeant = body.key
          ? { key: body.key as MessageKey }
          : { stageId: body.stage as StageId, party: body.party! };
        if (message.key) await mustHaveBeenSent(message.key, toldAt);
        const recorded = await say(deps, id, registerReceipt, {
          by: body.by,
          message,
          channel: body.channel,
          toldAt,
          note: body.note || null,
          caller: { name: body.caller.name || null, number: body.caller.number || null },
        });
        return { ...recorded, toldAt };
      },
    );

    /** The incident itself knows when the stage began; when a single message of it was sent stands in the register. */
    async function mustHaveBeenSent(key: MessageKey, toldAt: string): Promise<void> {
      const facts = await within(REGISTER_PATIENCE_MS, messageFacts(register, key)).catch(() => null);
      if (facts && toMs(plus(toldAt, MINUTE_MS)) <= toMs(facts.sentAt))
        throw refusalProblem('ToldBeforeSent', { sentAt: facts.sentAt });
    }

    app.post(
      '/api/incidents/:id/messages/revoke',
      {
        schema: {
          tags,
          summary:
            'Revoke the receipt link of a mis-sent message. Where nobody else had confirmed, the next in line is told',
          params: idParams,
          body: revokeBody,
          response: {
            200: z.object({
              at: z.string(),
              again,
              reopened: z.boolean().describe('It had been confirmed by that link alone: the line goes on'),
            }),
            ...PROBLEMS,
          },
        },
      },
      async ({ params, body: { by, key, reason } }) => {
        const id = params.id as IncidentId;
        acting.mustBeOneOfOurs(by, await acting.mustBeOpen(id));
        return say(deps, id, revokeLink, { by, key: key as MessageKey, reason });
      },
    );
  };

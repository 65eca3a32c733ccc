import { WorkflowNotFoundError } from '@temporalio/common';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SIGNATURE_HEADER, signatureFault, TIMESTAMP_HEADER } from '../channels/contract-signature.ts';
import { incidentWorkflowId, parseMessageKey, type MessageKey } from '../incident/ids.ts';
import { DELIVERY_STATUSES } from '../incident/notice.ts';
import { deliveryReported, type DeliveryReport } from '../workflows/messages.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';

/** A report of docs/gateway.md: `id` is ours, the key under which the message was sent. */
const gatewayReport = z.object({
  id: z.string().max(300),
  status: z.enum(DELIVERY_STATUSES),
  code: z
    .string()
    .regex(/^[A-Z0-9_]{1,40}$/)
    .nullish(),
});

/** Longer than any report. */
const BODY_LIMIT = 16 * 1024;

/** What a provider reports of messages it had taken. Its signature stands for an API key; without a secret there is no such door. */
export const deliveryReportRoutes =
  ({ client, gatewaySecret }: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    if (!gatewaySecret) return;
    // The signature is over the bytes as they came.
    app.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: BODY_LIMIT },
      (_request, body, done) => done(null, body),
    );

    app.post(
      '/api/delivery-reports/gateway',
      { config: { open: true }, schema: { hide: true } },
      async ({ headers, body }, reply) => {
        const fault = signatureFault(gatewaySecret, {
          timestamp: String(headers[TIMESTAMP_HEADER] ?? ''),
          signature: String(headers[SIGNATURE_HEADER] ?? ''),
          body: String(body),
          now: Date.now(),
        });
        if (fault) throw new Problem({ status: 401, code: fault, title: '回执签名无效' });
        const read = gatewayReport.safeParse(jsonOf(String(body)));
        if (!read.success) {
          throw new Problem({
            status: 400,
            code: 'REPORT_INVALID',
            title: '回执格式有误',
            detail:
              'Expected {"id", "status": delivered|failed|noAnswer|busy, "code"} as in docs/gateway.md.',
          });
        }
        await pass(client, { ...read.data, key: read.data.id as MessageKey, code: read.data.code ?? null });
        return reply.status(202).send();
      },
    );
  };

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Says it to the incident. One that has ended has no more use for it. */
async function pass(client: ApiDeps['client'], { key, status, code }: DeliveryReport): Promise<void> {
  const place = parseMessageKey(key);
  const unknown = new Problem({ status: 404, code: 'MESSAGE_NOT_FOUND', title: '没有这条消息' });
  if (!place) throw unknown;
  try {
    const incident = client.workflow.getHandle(incidentWorkflowId(place.incidentId));
    await client.withDeadline(Date.now() + 3_000, () =>
      incident.signal(deliveryReported, { key, status, code }),
    );
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw unknown;
    throw new Problem({
      status: 503,
      code: 'TEMPORAL_UNAVAILABLE',
      title: '暂时无法转达回执',
      retryAfter: 5,
    });
  }
}

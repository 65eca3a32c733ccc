import { WorkflowNotFoundError } from '@temporalio/common';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { SIGNATURE_HEADER, TIMESTAMP_HEADER } from '../channels/contract-signature.ts';
import { readGatewayReport } from '../channels/delivery-report.ts';
import { incidentWorkflowId, keyOfSend, parseMessageKey } from '../incident/ids.ts';
import { incidentById } from '../store/incidents.ts';
import { deliveryReported, type DeliveryReport } from '../workflows/messages.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';

/** Where the gateway posts its reports. */
export const GATEWAY_REPORTS = '/api/delivery-reports/gateway';

/** Longer than any report. */
const BODY_LIMIT = 16 * 1024;

/** What a provider reports of messages it had taken. Its signature stands for an API key; without a secret nothing is taken. */
export const deliveryReportRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { gatewaySecret } = deps;
    // The signature is over the bytes as they came.
    app.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: BODY_LIMIT },
      (_request, body, done) => done(null, body),
    );

    app.post(
      GATEWAY_REPORTS,
      { config: { open: true }, schema: { hide: true } },
      async ({ headers, body }, reply) => {
        if (!gatewaySecret) throw new Problem({ status: 404, code: 'NO_GATEWAY', title: '未配置短信网关' });
        const read = readGatewayReport(gatewaySecret, {
          timestamp: headers[TIMESTAMP_HEADER]?.toString(),
          signature: headers[SIGNATURE_HEADER]?.toString(),
          body: String(body),
          now: Date.now(),
        });
        if (!read.ok) {
          const isMalformed = read.code === 'MALFORMED_REPORT';
          throw new Problem({
            status: isMalformed ? 400 : 401,
            code: read.code,
            title: isMalformed ? '回执格式有误' : '回执签名无效',
            detail: 'The contract is in docs/gateway.md.',
          });
        }
        for (const { id, status, code } of read.reports)
          if (!(await passReport(deps, { key: keyOfSend(id!), status, code })))
            throw new Problem({ status: 404, code: 'MESSAGE_NOT_FOUND', title: '没有这条消息' });
        return reply.status(202).send();
      },
    );
  };

/**
 * Says it to the incident; false where there is none of that message. One that has ended has no more use for it, and the
 * provider no reason to repeat it. Throws 503 `TEMPORAL_UNAVAILABLE`.
 */
export async function passReport(
  { client, register }: ApiDeps,
  { key, status, code }: DeliveryReport,
): Promise<boolean> {
  const place = parseMessageKey(key);
  if (!place) return false;
  try {
    const incident = client.workflow.getHandle(incidentWorkflowId(place.incidentId));
    await client.withDeadline(Date.now() + 3_000, () =>
      incident.signal(deliveryReported, { key, status, code }),
    );
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError)
      return (await incidentById(register, place.incidentId)) !== null;
    throw new Problem({
      status: 503,
      code: 'TEMPORAL_UNAVAILABLE',
      title: '暂时无法转达回执',
      retryAfter: 5,
    });
  }
}

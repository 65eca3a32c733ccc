import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { DeliveryReport, ReadReport } from '../channels/delivery-report.ts';
import {
  readAliyunSmsReports,
  readAliyunVoiceReports,
  readTencentSmsReports,
} from '../channels/provider-reports.ts';
import { keyOfSend } from '../incident/ids.ts';
import { keyOfProviderMessage } from '../store/provider-messages.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';
import { passReport } from './routes-delivery-reports.ts';

interface ReportForm {
  channel: 'sms' | 'voice';
  read: (body: string) => ReadReport;
  /** What the provider takes for "heard"; after anything else it repeats. */
  heard: Record<string, unknown>;
}

const ALIYUN_HEARD = { code: 0, msg: '接收成功' };

const FORMS: Record<string, ReportForm> = {
  'aliyun-sms': { channel: 'sms', read: readAliyunSmsReports, heard: ALIYUN_HEARD },
  'aliyun-voice': { channel: 'voice', read: readAliyunVoiceReports, heard: ALIYUN_HEARD },
  'tencent-sms': { channel: 'sms', read: readTencentSmsReports, heard: { result: 0, errmsg: 'OK' } },
};

/** A provider reports up to some hundreds at once. */
const BODY_LIMIT = 256 * 1024;

/** What 阿里云 and 腾讯云 report, unsigned: the secret in the address stands for a key. Of other applications' messages, too. */
export const providerReportRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, reportsSecret, log } = deps;
    let unknownSoFar = 0;
    app.addContentTypeParser(
      ['application/json', 'text/plain'],
      { parseAs: 'string', bodyLimit: BODY_LIMIT },
      (_request, body, done) => done(null, body),
    );

    app.post(
      '/api/delivery-reports/:provider/:secret',
      {
        config: { open: true },
        schema: { hide: true, params: z.object({ provider: z.string(), secret: z.string() }) },
      },
      async ({ params: { provider, secret }, body }, reply) => {
        const form = Object.hasOwn(FORMS, provider) ? FORMS[provider] : undefined;
        if (!reportsSecret || !isSame(secret, reportsSecret) || !form) return reply.callNotFound();
        const read = form.read(String(body));
        if (!read.ok) throw new Problem({ status: 400, code: read.code, title: '回执格式有误' });
        let unknown = 0;
        for (const report of read.reports) if (!(await pass(form, report))) unknown += 1;
        unknownSoFar += unknown;
        if (unknown > 0)
          log.info({ provider, unknown, unknownSoFar }, 'reports of messages that are not ours');
        return reply.send(form.heard);
      },
    );

    async function pass(
      { channel }: ReportForm,
      { id, providerId, status, code }: DeliveryReport,
    ): Promise<boolean> {
      const sent = id ?? (providerId && (await keyOfProviderMessage(register, { channel, providerId })));
      return sent !== null && passReport(deps, { key: keyOfSend(sent), status, code });
    }
  };

/** In a time that tells nothing of either, not even its length. */
const isSame = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

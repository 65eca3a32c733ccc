import type { DeliveryStatus } from '../incident/notice.ts';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { SHOWN_TIME_ZONE, type Instant } from '../incident/instant.ts';
import { MALFORMED, jsonOf, type DeliveryReport, type ReadReport } from './delivery-report.ts';
import { safeCode } from './safe-code.ts';

/**
 * The reports of 阿里云 and 腾讯云, which come several at once and unsigned: the route that takes them knows its
 * caller by a secret in its path. Phone numbers and free words in them are left where they are.
 */

const beijingTime = z.string().transform((text, context): Instant => {
  const time = DateTime.fromFormat(text, 'yyyy-MM-dd HH:mm:ss', { zone: SHOWN_TIME_ZONE });
  if (!time.isValid) context.addIssue({ code: 'custom', message: 'yyyy-MM-dd HH:mm:ss' });
  return time.isValid ? time.toUTC().toISO() : '';
});

const given = z.string().min(1).max(512);
const orNull = (text: string | null | undefined): string | null => text || null;

const aliyunSms = z.object({
  biz_id: given,
  out_id: z.string().max(512).nullish(),
  success: z.boolean(),
  err_code: z.string().nullish(),
  report_time: beijingTime,
});

/** 阿里云短信 SmsReport, posted as a JSON array. */
export const readAliyunSmsReports = (body: string): ReadReport =>
  reports(aliyunSms, body, ({ biz_id, out_id, success, err_code, report_time }) => ({
    id: orNull(out_id),
    providerId: biz_id,
    status: success ? 'delivered' : 'failed',
    code: safeCode(err_code),
    at: report_time,
  }));

const aliyunVoice = z.object({
  call_id: given,
  out_id: z.string().max(512).nullish(),
  status_code: z.coerce.string(),
  end_time: z.union([beijingTime, z.literal('')]).nullish(),
  originate_time: beijingTime.nullish(),
});

/** 运营商回执错误码: heard to the end, or hung up before it. */
const VOICE_STATUS: Record<string, DeliveryStatus> = {
  200000: 'delivered',
  200001: 'delivered',
  200100: 'delivered',
  200002: 'busy',
  200112: 'busy',
  200003: 'noAnswer',
  200113: 'noAnswer',
};

/** 阿里云语音 VoiceReport, posted as a JSON array. A call that nobody took has no end: its beginning stands for it. */
export const readAliyunVoiceReports = (body: string): ReadReport =>
  reports(aliyunVoice, body, ({ call_id, out_id, status_code, end_time, originate_time }) => {
    const at = orNull(end_time) ?? originate_time;
    if (!at) return null;
    return {
      id: orNull(out_id),
      providerId: call_id,
      status: VOICE_STATUS[status_code] ?? 'failed',
      code: safeCode(status_code),
      at,
    };
  });

const tencentSms = z.object({
  sid: given,
  report_status: z.enum(['SUCCESS', 'FAIL']),
  errmsg: z.string().nullish(),
  user_receive_time: beijingTime,
});

/** 腾讯云短信 status callback, posted as a JSON array; `sid` is the SerialNo that `send` returned. */
export const readTencentSmsReports = (body: string): ReadReport =>
  reports(tencentSms, body, ({ sid, report_status, errmsg, user_receive_time }) => ({
    id: null,
    providerId: sid,
    status: report_status === 'SUCCESS' ? 'delivered' : 'failed',
    code: safeCode(errmsg),
    at: user_receive_time,
  }));

function reports<T>(one: z.ZodType<T>, body: string, read: (report: T) => DeliveryReport | null): ReadReport {
  const parsed = z.array(one).min(1).safeParse(jsonOf(body));
  const found = parsed.data?.map(read) ?? [null];
  return found.includes(null) ? MALFORMED : { ok: true, reports: found.filter((report) => report !== null) };
}

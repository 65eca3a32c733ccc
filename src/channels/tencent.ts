import type { Channel } from './channel.ts';
import { post } from './http.ts';
import { checkNumber, membersOf, refusal } from './refusal.ts';
import { signTc3, type TencentKey } from './tc3.ts';
import { valuesFor, type TemplateName } from './template.ts';

export interface TencentSmsOptions {
  key: TencentKey;
  /** SmsSdkAppId of the application. */
  appId: string;
  /** The approved signature, without its brackets. */
  signature: string;
  /** Id of the approved template. */
  template: string;
  /** What stands for the template's `{1}`, `{2}` and so on. */
  parameters: TemplateName[];
  region?: string;
  /** Where the API is, for a proxy or a test. */
  endpoint?: string;
  /** The longest a send may take, in ms. */
  deadline?: number;
  /** Ms since 1970. */
  now?: () => number;
}

/** Text messages through 腾讯云短信 (SendSms, 2021-01-11). It knows no idempotency. */
export const createTencentSms = ({
  key,
  appId,
  signature,
  template,
  parameters,
  region = 'ap-guangzhou',
  endpoint = 'https://sms.tencentcloudapi.com',
  deadline,
  now = Date.now,
}: TencentSmsOptions): Channel => ({
  name: 'sms',
  async send(message) {
    checkNumber(message.to);
    const body = JSON.stringify({
      PhoneNumberSet: [message.to],
      SmsSdkAppId: appId,
      SignName: signature,
      TemplateId: template,
      TemplateParamSet: valuesFor(message, parameters).map(([, value]) => value),
      SessionContext: message.id,
    });
    const url = new URL(endpoint);
    const signedAt = now();
    const answer = await post({
      url,
      body,
      headers: {
        'x-tc-action': 'SendSms',
        'x-tc-version': '2021-01-11',
        'x-tc-region': region,
        'x-tc-timestamp': String(Math.floor(signedAt / 1000)),
        authorization: signTc3(key, {
          host: url.host,
          service: 'sms',
          body,
          headers: { 'x-tc-action': 'sendsms' },
          now: signedAt,
        }),
      },
      deadline,
    });
    const { error, code, serial } = read(answer.body);
    if (code !== 'Ok') throw refusal('TENCENT', answer, error ?? code);
    return { code: 'TENCENT_OK', ...(typeof serial === 'string' ? { providerId: serial } : {}) };
  },
});

/** The request's own error, or what became of the one number asked for. */
function read(body: unknown): { error: unknown; code: unknown; serial: unknown } {
  const response = membersOf(membersOf(body).Response);
  const statuses: unknown = response.SendStatusSet;
  const { Code: code, SerialNo: serial } = membersOf(Array.isArray(statuses) ? statuses[0] : null);
  return { error: membersOf(response.Error).Code, code, serial };
}

import { signAcs3, type AliyunKey } from './acs3.ts';
import type { Accepted, Channel } from './channel.ts';
import { post } from './http.ts';
import { checkNumber, domestic, membersOf, refusal } from './refusal.ts';
import { valuesFor, type TemplateName } from './template.ts';

export interface AliyunOptions {
  key: AliyunKey;
  /** The approved template, e.g. `SMS_123456789` or `TTS_123456789`. */
  template: string;
  /** The template's variables, which bear our names: `${number}`, `${urgency}`, `${duty}`, `${phone}`, `${link}`. */
  parameters: TemplateName[];
  /** Where the API is, for a proxy or a test. */
  endpoint?: string;
  /** The longest a send may take, in ms. */
  deadline?: number;
  /** Ms since 1970. */
  now?: () => number;
}

export interface AliyunSmsOptions extends AliyunOptions {
  /** The approved signature, without its brackets. */
  signature: string;
}

export interface AliyunVoiceOptions extends AliyunOptions {
  /** The number that is shown; left out for the shared ones. */
  shownNumber?: string;
}

const VERSION = '2017-05-25';

/**
 * Text messages through 阿里云短信服务 (Dysmsapi, SendSms). It knows no idempotency: what it took without our hearing of it
 * comes twice when it is sent again; its report names both by our id (`out_id`).
 */
export const createAliyunSms = ({ signature, ...options }: AliyunSmsOptions): Channel => ({
  name: 'sms',
  async send(message) {
    checkNumber(message.to);
    return call({ endpoint: 'https://dysmsapi.aliyuncs.com', ...options }, 'SendSms', 'BizId', {
      PhoneNumbers: domestic(message.to),
      SignName: signature,
      TemplateCode: options.template,
      TemplateParam: JSON.stringify(Object.fromEntries(valuesFor(message, options.parameters))),
      OutId: message.id,
    });
  },
});

/** Calls that read a template aloud, through 阿里云语音服务 (Dyvmsapi, SingleCallByTts). */
export const createAliyunVoice = ({ shownNumber, ...options }: AliyunVoiceOptions): Channel => ({
  name: 'voice',
  async send(message) {
    checkNumber(message.to);
    return call({ endpoint: 'https://dyvmsapi.aliyuncs.com', ...options }, 'SingleCallByTts', 'CallId', {
      CalledNumber: domestic(message.to),
      ...(shownNumber === undefined ? {} : { CalledShowNumber: shownNumber }),
      TtsCode: options.template,
      TtsParam: JSON.stringify(Object.fromEntries(valuesFor(message, options.parameters))),
      PlayTimes: '2', // who is woken by it misses the first words
      OutId: message.id,
    });
  },
});

/** The API takes its parameters in the query, which TLS hides like the rest; nobody but the provider logs it. */
async function call(
  { key, endpoint, deadline, now = Date.now }: AliyunOptions & { endpoint: string },
  action: string,
  idName: string,
  parameters: Record<string, string>,
): Promise<Accepted> {
  const url = new URL(endpoint);
  const { query, headers } = signAcs3(key, {
    host: url.host,
    action,
    version: VERSION,
    query: parameters,
    now: now(),
  });
  url.search = query;
  const answer = await post({ url, headers, deadline });
  const { Code: code, [idName]: providerId } = membersOf(answer.body);
  if (code !== 'OK') throw refusal('ALIYUN', answer, code);
  return { code: 'ALIYUN_OK', ...(typeof providerId === 'string' ? { providerId } : {}) };
}

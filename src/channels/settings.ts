import { z } from 'zod';
import { TEMPLATE_NAMES, type TemplateName } from './template.ts';

const httpUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'an http(s) address such as https://sms.example',
  );

const perMinute = z.coerce.number('a number of messages').int().min(1).max(60_000);

const names = z.string().transform((text, context): TemplateName[] => {
  const given = text.split(',').map((name) => name.trim());
  const isKnown = (name: string): name is TemplateName => TEMPLATE_NAMES.some((known) => known === name);
  if (given.every(isKnown)) return given;
  context.addIssue({ code: 'custom', message: `some of ${TEMPLATE_NAMES.join(', ')}, comma separated` });
  return z.NEVER;
});

const DEFAULT_NAMES: TemplateName[] = ['number', 'urgency', 'duty', 'phone'];

/** Settings of the channels beside plain SMTP; see docs/gateway.md. */
export const channelSettings = {
  SMS_PROVIDER: z.enum(['none', 'gateway', 'aliyun', 'tencent']).default('none'),
  VOICE_PROVIDER: z.enum(['none', 'gateway', 'aliyun']).default('none'),
  /** How much the provider takes of us; alarms go first. */
  SMS_PER_MINUTE: perMinute.default(600),
  VOICE_PER_MINUTE: perMinute.default(60),
  /** The gateway's address, without `/messages`, and the secret both sides sign with. */
  GATEWAY_URL: httpUrl.optional(),
  GATEWAY_SECRET: z.string().min(16, 'at least 16 characters').optional(),
  /** What stands in the address that 阿里云 and 腾讯云 report to: they sign nothing. */
  DELIVERY_REPORTS_SECRET: z
    .string()
    .regex(/^[\w-]{24,128}$/, '24 to 128 letters, digits, - or _')
    .optional(),
  /** The approved signature, without 【】. */
  SMS_SIGNATURE: z.string().min(2).max(16).optional(),
  /** The approved template, and which facts stand for its variables. */
  SMS_TEMPLATE: z.string().min(1).optional(),
  SMS_TEMPLATE_VALUES: names.default(DEFAULT_NAMES),
  VOICE_TEMPLATE: z.string().min(1).optional(),
  VOICE_TEMPLATE_VALUES: names.default(DEFAULT_NAMES),
  /** The number that calls show; the provider's shared ones without it. */
  VOICE_SHOWN_NUMBER: z
    .string()
    .regex(/^\d{5,12}$/, 'digits only')
    .optional(),
  ALIYUN_KEY_ID: z.string().min(1).optional(),
  ALIYUN_KEY_SECRET: z.string().min(1).optional(),
  ALIYUN_SMS_URL: httpUrl.optional(),
  ALIYUN_VOICE_URL: httpUrl.optional(),
  TENCENT_KEY_ID: z.string().min(1).optional(),
  TENCENT_KEY_SECRET: z.string().min(1).optional(),
  TENCENT_SMS_APP_ID: z.string().min(1).optional(),
  TENCENT_SMS_REGION: z.string().min(1).optional(),
  TENCENT_SMS_URL: httpUrl.optional(),
  /** Webhooks of the bureau's own groups, key included, and what they are signed with. */
  ROBOT_WECOM_WEBHOOK: httpUrl.optional(),
  ROBOT_DINGTALK_WEBHOOK: httpUrl.optional(),
  ROBOT_DINGTALK_SECRET: z.string().min(1).optional(),
  ROBOT_FEISHU_WEBHOOK: httpUrl.optional(),
  ROBOT_FEISHU_SECRET: z.string().min(1).optional(),
  /** Mails are signed where all three are given: domain, selector, a file with the RSA key (PEM). */
  SMTP_DKIM_DOMAIN: z.string().min(3).optional(),
  SMTP_DKIM_SELECTOR: z.string().min(1).optional(),
  SMTP_DKIM_KEY_FILE: z.string().min(1).optional(),
};

type SettingName = keyof typeof channelSettings;

const ALIYUN: SettingName[] = ['ALIYUN_KEY_ID', 'ALIYUN_KEY_SECRET'];
const DKIM: SettingName[] = ['SMTP_DKIM_DOMAIN', 'SMTP_DKIM_SELECTOR', 'SMTP_DKIM_KEY_FILE'];

/** What a setting's value, or its being set at all, needs beside it. */
const NEEDS: [SettingName, string | undefined, SettingName[]][] = [
  ['SMS_PROVIDER', 'gateway', ['GATEWAY_URL', 'GATEWAY_SECRET']],
  ['VOICE_PROVIDER', 'gateway', ['GATEWAY_URL', 'GATEWAY_SECRET']],
  ['SMS_PROVIDER', 'aliyun', [...ALIYUN, 'SMS_SIGNATURE', 'SMS_TEMPLATE']],
  ['VOICE_PROVIDER', 'aliyun', [...ALIYUN, 'VOICE_TEMPLATE']],
  [
    'SMS_PROVIDER',
    'tencent',
    ['TENCENT_KEY_ID', 'TENCENT_KEY_SECRET', 'TENCENT_SMS_APP_ID', 'SMS_SIGNATURE', 'SMS_TEMPLATE'],
  ],
  ['ROBOT_DINGTALK_SECRET', undefined, ['ROBOT_DINGTALK_WEBHOOK']],
  ['ROBOT_FEISHU_SECRET', undefined, ['ROBOT_FEISHU_WEBHOOK']],
  ...DKIM.map((name): [SettingName, undefined, SettingName[]] => [name, undefined, DKIM]),
];

/** The settings that others need and that are not given, each once. */
export function missingChannelSettings(
  given: Record<string, string | undefined>,
): { name: string; expected: string }[] {
  const missing = new Map<string, string>();
  for (const [setting, value, needed] of NEEDS) {
    if (!given[setting] || (value !== undefined && given[setting] !== value)) continue;
    const because = value === undefined ? `${setting} is set` : `${setting} is ${value}`;
    for (const name of needed) if (!given[name]) missing.set(name, `must be set, since ${because}`);
  }
  return [...missing].map(([name, expected]) => ({ name, expected }));
}

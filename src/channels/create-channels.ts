import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError, type Config } from '../config.ts';
import { alarmsFirst } from './alarms-first.ts';
import { createAliyunSms, createAliyunVoice } from './aliyun.ts';
import type { Channel } from './channel.ts';
import { createEmail, type DkimOptions, type Email } from './email.ts';
import { createGatewaySms, createGatewayVoice, type GatewayOptions } from './gateway.ts';
import { createDingtalkRobot, createFeishuRobot, createWecomRobot } from './robots.ts';
import { createTencentSms } from './tencent.ts';

/** The ways to reach people that a bureau has set up; null where it has none of a kind. */
export interface Channels {
  email: Email;
  sms: Channel | null;
  voice: Channel | null;
  robots: Channel[];
}

/** What is not a setting of the channels themselves. */
export interface Surroundings {
  /** Where mail goes: the bureau's server, or the embedded mailbox. */
  smtpUrl: string;
  /** Where a gateway posts its delivery reports; none are asked for without it. */
  reportsUrl?: string;
}

/** A robot's group takes 20 a minute, then nothing for a while: some room is left for messages that others send. */
const ROBOT_LIMIT = { most: 18 };

/** The channels that the settings name, each below its provider's limit. Throws {@link ConfigError} for a key that cannot be used. */
export function createChannels(config: Config, { smtpUrl, reportsUrl }: Surroundings): Channels {
  const email = createEmail({ smtpUrl, from: config.MAIL_FROM, dkim: dkim(config) });
  const [sms, voice] = [smsOf(config, reportsUrl), voiceOf(config, reportsUrl)];
  return {
    email,
    sms: sms && alarmsFirst(sms, { most: config.SMS_PER_MINUTE }),
    voice: voice && alarmsFirst(voice, { most: config.VOICE_PER_MINUTE }),
    robots: robotsOf(config).map((robot) => alarmsFirst(robot, ROBOT_LIMIT)),
  };
}

function smsOf(config: Config, reportsUrl: string | undefined): Channel | null {
  const template = {
    signature: config.SMS_SIGNATURE!,
    template: config.SMS_TEMPLATE!,
    parameters: config.SMS_TEMPLATE_VALUES,
  };
  switch (config.SMS_PROVIDER) {
    case 'none':
      return null;
    case 'gateway':
      return createGatewaySms(gatewayOf(config, reportsUrl));
    case 'aliyun':
      return createAliyunSms({ ...template, ...endpoint(config.ALIYUN_SMS_URL), key: aliyunKey(config) });
    case 'tencent':
      return createTencentSms({
        ...template,
        ...endpoint(config.TENCENT_SMS_URL),
        key: { id: config.TENCENT_KEY_ID!, secret: config.TENCENT_KEY_SECRET! },
        appId: config.TENCENT_SMS_APP_ID!,
        region: config.TENCENT_SMS_REGION,
      });
  }
}

function voiceOf(config: Config, reportsUrl: string | undefined): Channel | null {
  switch (config.VOICE_PROVIDER) {
    case 'none':
      return null;
    case 'gateway':
      return createGatewayVoice(gatewayOf(config, reportsUrl));
    case 'aliyun':
      return createAliyunVoice({
        ...endpoint(config.ALIYUN_VOICE_URL),
        key: aliyunKey(config),
        template: config.VOICE_TEMPLATE!,
        parameters: config.VOICE_TEMPLATE_VALUES,
        shownNumber: config.VOICE_SHOWN_NUMBER,
      });
  }
}

function robotsOf(config: Config): Channel[] {
  const {
    ROBOT_WECOM_WEBHOOK: wecom,
    ROBOT_DINGTALK_WEBHOOK: dingtalk,
    ROBOT_FEISHU_WEBHOOK: feishu,
  } = config;
  return [
    ...(wecom ? [createWecomRobot({ webhook: wecom })] : []),
    ...(dingtalk ? [createDingtalkRobot({ webhook: dingtalk, secret: config.ROBOT_DINGTALK_SECRET })] : []),
    ...(feishu ? [createFeishuRobot({ webhook: feishu, secret: config.ROBOT_FEISHU_SECRET })] : []),
  ];
}

// `readConfig` has seen to it that what a provider needs is given.
const gatewayOf = (config: Config, callback: string | undefined): GatewayOptions => ({
  url: config.GATEWAY_URL!,
  secret: config.GATEWAY_SECRET!,
  callback,
});
const aliyunKey = (config: Config) => ({ id: config.ALIYUN_KEY_ID!, secret: config.ALIYUN_KEY_SECRET! });
const endpoint = (url: string | undefined) => (url === undefined ? {} : { endpoint: url });

function dkim(config: Config): DkimOptions | undefined {
  const { SMTP_DKIM_DOMAIN: domain, SMTP_DKIM_SELECTOR: selector, SMTP_DKIM_KEY_FILE: file } = config;
  return domain && selector && file ? { domain, selector, privateKey: rsaKey(file) } : undefined;
}

/** The PEM text of an RSA key. What was wrong with the file stays out of the error: it might hold part of the key. */
function rsaKey(file: string): string {
  try {
    const pem = readFileSync(file, 'utf8');
    if (createPrivateKey(pem).asymmetricKeyType === 'rsa') return pem;
  } catch {
    // said below
  }
  throw new ConfigError([
    {
      name: 'SMTP_DKIM_KEY_FILE',
      expected: 'a readable file with an RSA private key (PEM), without a password',
    },
  ]);
}

import type { Config } from '../config.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Json } from '../store/change-entry.ts';
import { KEYRING } from '../store/key-usage.ts';
import { sha256, type Snapshot, type Thing } from './snapshot.ts';

/** Settings that are an address: what they reach is told, who logs in there is not. */
const ADDRESSES = [
  'SMTP_URL',
  'PUBLIC_URL',
  'TEMPORAL_UI_ORIGIN',
  'GATEWAY_URL',
  'ALIYUN_SMS_URL',
  'ALIYUN_VOICE_URL',
  'TENCENT_SMS_URL',
  'ROBOT_WECOM_WEBHOOK',
  'ROBOT_DINGTALK_WEBHOOK',
  'ROBOT_FEISHU_WEBHOOK',
  'WATCH_SMTP_URL',
  'WATCH_PING_URL',
  'WATCH_ROBOT_WECOM_WEBHOOK',
  'WATCH_ROBOT_DINGTALK_WEBHOOK',
  'WATCH_ROBOT_FEISHU_WEBHOOK',
] as const;

/** Settings that may be told as they are. */
const PLAIN = [
  'SMS_PROVIDER',
  'SMS_SIGNATURE',
  'SMS_TEMPLATE',
  'SMS_PER_MINUTE',
  'VOICE_PROVIDER',
  'VOICE_TEMPLATE',
  'VOICE_PER_MINUTE',
  'SMTP_DKIM_DOMAIN',
  'SMTP_DKIM_SELECTOR',
] as const;

/** Settings that are told as marks alone: that they have changed. */
const SECRETS = [
  'GATEWAY_SECRET',
  'ALIYUN_KEY_ID',
  'ALIYUN_KEY_SECRET',
  'TENCENT_KEY_ID',

  'TENCENT_KEY_SECRET',
  'ROBOT_DINGTALK_SECRET',
  'ROBOT_FEISHU_SECRET',
  'DELIVERY_REPORTS_SECRET',
  'WATCH_MAIL_TO',
  'WATCH_ROBOT_DINGTALK_SECRET',
  'WATCH_ROBOT_FEISHU_SECRET',
] as const;

/** Settings of channels, as far as they may be told, and which keys the ring has, by id. */
export function settingThings(config: Config, keyring: Keyring): Snapshot {
  const things: Record<string, Thing> = {
    sender: { area: 'channels', fields: { MAIL_FROM: config.MAIL_FROM } },
    [KEYRING]: { area: 'keys', fields: { current: keyring.currentId, ids: [...keyring.ids] } },
  };
  const plain = Object.fromEntries(PLAIN.flatMap((name) => (config[name] ? [[name, config[name]]] : [])));
  const secrets = Object.fromEntries(
    SECRETS.flatMap((name) => (config[name] ? [[name, sha256(config[name])]] : [])),
  );
  things['channels'] = { area: 'channels', fields: plain, secrets };
  if (config.RETENTION_YEARS)
    things['retention'] = { area: 'erasures', fields: { RETENTION_YEARS: { ...config.RETENTION_YEARS } } };
  const { OIDC_ISSUER, OIDC_CLIENT_ID = '', OIDC_CLIENT_SECRET = '' } = config;
  if (OIDC_ISSUER)
    things['single sign-on'] = {
      area: 'rights',
      fields: { OIDC_ISSUER, OIDC_CLIENT_ID },
      secrets: { OIDC_CLIENT_SECRET: sha256(OIDC_CLIENT_SECRET) },
    };
  for (const name of ADDRESSES) {
    const url = config[name];
    if (url) things[name] = { area: 'channels', ...addressThing(url) };
  }
  return { source: 'settings', of: 'settings', things };
}

/** Host and port in clear; user, password, path and query only as marks, since each of them may be a key. */
function addressThing(text: string): Pick<Thing, 'fields' | 'secrets'> {
  const { protocol, hostname, port, username, password, pathname, search } = new URL(text);
  const fields: Record<string, Json> = { protocol: protocol.replace(/:$/, ''), host: hostname, port };
  const secrets: Record<string, string> = {};
  if (username || password) secrets.login = sha256(`${username}:${password}`);
  if (pathname.length > 1 || search) secrets.rest = sha256(pathname + search);
  return { fields, secrets };
}

import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startJsonServer } from '../../test/harness/json-server.ts';
import { startSmsGateway } from '../../test/harness/sms-gateway.ts';
import { startSmtp } from '../../test/harness/smtp.ts';
import { ConfigError, readConfig } from '../config.ts';
import { createChannels } from './create-channels.ts';

const smtpUrl = 'smtp://127.0.0.1:1';
const message = { id: 'one', to: '+8613900000001', text: '演示' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fenghuo-channels-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What is wrong with these settings, by name. */
function problemsOf(env: Record<string, string>): Record<string, string> {
  try {
    createChannels(readConfig(env), { smtpUrl });
    return {};
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as Error).message).not.toContain('geheim');
    return Object.fromEntries((error as ConfigError).problems.map(({ name, expected }) => [name, expected]));
  }
}

test('without settings there is mail and nothing else', () => {
  expect(createChannels(readConfig({}), { smtpUrl })).toMatchObject({
    email: { name: 'email' },
    sms: null,
    voice: null,
    robots: [],
  });
});

test('a gateway takes texts and calls, and is told where to report', async () => {
  const gateway = await startSmsGateway();
  const config = readConfig({
    SMS_PROVIDER: 'gateway',
    VOICE_PROVIDER: 'gateway',
    GATEWAY_URL: gateway.url,
    GATEWAY_SECRET: gateway.secret,
  });
  const { sms, voice } = createChannels(config, { smtpUrl, reportsUrl: 'http://127.0.0.1/reports' });
  await sms!.send(message);
  await voice!.send({ ...message, id: 'two' });
  expect(gateway.messages).toMatchObject([
    { kind: 'sms', callback: 'http://127.0.0.1/reports' },
    { kind: 'voice', callback: 'http://127.0.0.1/reports' },
  ]);
  await gateway.close();
});

test('providers of texts and calls, and every group that has a robot', async () => {
  const asked: string[] = [];
  const provider = await startJsonServer(({ path, headers }) => {
    asked.push(String(headers['x-acs-action'] ?? headers['x-tc-action'] ?? path.split('?')[0]));
    const sent = { Code: 'OK', errcode: 0, code: 0, Response: { SendStatusSet: [{ Code: 'Ok' }] } };
    return { status: 200, body: path.startsWith('/feishu') ? { code: 0 } : sent };
  });
  const { url } = provider;
  const aliyun = {
    SMS_PROVIDER: 'aliyun',
    VOICE_PROVIDER: 'aliyun',
    ALIYUN_KEY_ID: 'LTAI',
    ALIYUN_KEY_SECRET: 'geheim',
    ALIYUN_SMS_URL: url,
    ALIYUN_VOICE_URL: url,
    SMS_SIGNATURE: '示例司法局',
    SMS_TEMPLATE: 'SMS_1',
    VOICE_TEMPLATE: 'TTS_1',
    ROBOT_WECOM_WEBHOOK: `${url}/wecom?key=geheim`,
    ROBOT_DINGTALK_WEBHOOK: `${url}/dingtalk?access_token=geheim`,
    ROBOT_FEISHU_WEBHOOK: `${url}/feishu/geheim`,
    ROBOT_FEISHU_SECRET: 'geheim',
  };
  const tencent = {
    SMS_PROVIDER: 'tencent',
    TENCENT_KEY_ID: 'AKID',
    TENCENT_KEY_SECRET: 'geheim',
    TENCENT_SMS_APP_ID: '1400006666',
    TENCENT_SMS_URL: url,
    SMS_SIGNATURE: '示例司法局',
    SMS_TEMPLATE: '1110',
    SMS_TEMPLATE_VALUES: 'number, link',
  };
  const values = { number: 'YS-2026-0001', urgency: '特急', duty: '报警', phone: '000-0000-0101', link: 'x' };
  const first = createChannels(readConfig(aliyun), { smtpUrl });
  for (const channel of [first.sms!, first.voice!, ...first.robots])
    await channel.send({ ...message, values });
  await createChannels(readConfig(tencent), { smtpUrl }).sms!.send({ ...message, values });

  expect(asked).toEqual(['SendSms', 'SingleCallByTts', '/wecom', '/dingtalk', '/feishu/geheim', 'SendSms']);
  expect(first.robots.map(({ name }) => name)).toEqual(['wecom', 'dingtalk', 'feishu']);
  await provider.stop();
});

test('what a provider needs and does not have is named, and why', () => {
  expect(problemsOf({ SMS_PROVIDER: 'gateway' })).toEqual({
    GATEWAY_URL: 'must be set, since SMS_PROVIDER is gateway',
    GATEWAY_SECRET: 'must be set, since SMS_PROVIDER is gateway',
  });
  expect(Object.keys(problemsOf({ SMS_PROVIDER: 'aliyun', ALIYUN_KEY_ID: 'LTAI' }))).toEqual([
    'ALIYUN_KEY_SECRET',
    'SMS_SIGNATURE',
    'SMS_TEMPLATE',
  ]);
  expect(Object.keys(problemsOf({ SMS_PROVIDER: 'tencent', SMS_SIGNATURE: '示例' }))).toContain(
    'TENCENT_SMS_APP_ID',
  );
  expect(Object.keys(problemsOf({ ROBOT_DINGTALK_SECRET: 'geheim' }))).toEqual(['ROBOT_DINGTALK_WEBHOOK']);
  expect(problemsOf({ SMTP_DKIM_DOMAIN: 'bureau.example' })).toEqual({
    SMTP_DKIM_SELECTOR: 'must be set, since SMTP_DKIM_DOMAIN is set',
    SMTP_DKIM_KEY_FILE: 'must be set, since SMTP_DKIM_DOMAIN is set',
  });
});

test('a value that cannot be used is named with what is expected, and never shown', () => {
  const bad = {
    SMS_PROVIDER: 'pigeon',
    GATEWAY_URL: 'ftp://geheim',
    GATEWAY_SECRET: 'geheim',
    SMS_TEMPLATE_VALUES: 'number,geheim',
    SMS_PER_MINUTE: '0',
    ROBOT_WECOM_WEBHOOK: 'geheim',
  };
  expect(Object.keys(problemsOf(bad)).sort()).toEqual(Object.keys(bad).sort());
});

test('a file without an RSA key is named, and nothing of it is shown', () => {
  const dkim = { SMTP_DKIM_DOMAIN: 'bureau.example', SMTP_DKIM_SELECTOR: 'fh1' };
  const file = join(folder, 'dkim.pem');
  expect(Object.keys(problemsOf({ ...dkim, SMTP_DKIM_KEY_FILE: file }))).toEqual(['SMTP_DKIM_KEY_FILE']);
  writeFileSync(file, '-----BEGIN PRIVATE KEY-----\ngeheim\n-----END PRIVATE KEY-----\n');
  expect(Object.keys(problemsOf({ ...dkim, SMTP_DKIM_KEY_FILE: file }))).toEqual(['SMTP_DKIM_KEY_FILE']);
});

test('with a key every mail is signed', async () => {
  const file = join(folder, 'dkim.pem');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const smtp = await startSmtp();
  const config = readConfig({
    SMTP_DKIM_DOMAIN: 'bureau.example.invalid',
    SMTP_DKIM_SELECTOR: 'fh1',
    SMTP_DKIM_KEY_FILE: file,
  });
  const { email } = createChannels(config, { smtpUrl: smtp.url });
  await email.send({ ...message, to: 'ceshi-jia@example.invalid', subject: '演示' });
  expect(smtp.messages[0]!.headers['dkim-signature']).toMatch(/d=bureau\.example\.invalid;.* s=fh1;/s);
  await email.close();
  await smtp.close();
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ConfigError, readConfig } from './config.ts';
import { tempFolders } from '../test/harness/temp-folders.ts';

const newFolder = tempFolders();

test('an empty environment gives the embedded mode', () => {
  const config = readConfig({ SMTP_URL: '' });
  expect(config).toMatchObject({ PORT: 8420, HOST: '127.0.0.1', FENGHUO_DATA: '.fenghuo' });
  expect(config.SMTP_URL).toBeUndefined();
});

test('every bad value is named with what is expected, and no secret is shown', () => {
  const bad = {
    PORT: 'eighty',
    SMTP_URL: 'mail.example',
    FENGHUO_KEYS: 'k1:c2VjcmV0',
    TEMPORAL_ADDRESS: 'nowhere',
    MAIL_FROM: 'nobody',
    TEMPORAL_TLS_CERT: 'client.pem',
    WORKER_BUILD_ID: 'a:b',
  };
  let message = '';
  try {
    readConfig(bad);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    message = (error as Error).message;
  }
  for (const name of Object.keys(bad)) expect(message).toContain(name);
  expect(message).toContain('host:port');
  expect(message).not.toContain('c2VjcmV0');
});

test('single sign-on is set up whole or not at all, and its secret may stand in a file', () => {
  const dir = newFolder('config');
  const file = join(dir, 'secret');
  writeFileSync(file, 'a-secret\n');
  const whole = {
    OIDC_ISSUER: 'https://id.example',
    OIDC_CLIENT_ID: 'fenghuo',
    OIDC_CLIENT_SECRET_FILE: file,
    PUBLIC_URL: 'https://fenghuo.example',
  };
  expect(readConfig(whole)).toMatchObject({ OIDC_CLIENT_SECRET: 'a-secret' });
  const named = (env: Record<string, string>) => {
    try {
      readConfig(env);
      return [];
    } catch (error) {
      return (error as ConfigError).problems.map(({ name }) => name);
    }
  };
  expect(named({ OIDC_CLIENT_ID: 'fenghuo' })).toEqual(['OIDC_ISSUER', 'OIDC_CLIENT_SECRET', 'PUBLIC_URL']);
  expect(named({ ...whole, OIDC_CLIENT_SECRET: 'twice' })).toEqual(['OIDC_CLIENT_SECRET_FILE']);
  expect(named({ ...whole, OIDC_CLIENT_SECRET_FILE: join(dir, 'none') })).toContain(
    'OIDC_CLIENT_SECRET_FILE',
  );
  expect(named({ ...whole, OIDC_ISSUER: 'http://id.example' })).toEqual(['OIDC_ISSUER']);
  expect(named({ ...whole, OIDC_ISSUER: 'http://127.0.0.1:9000' })).toEqual([]);
});

test('each secret may stand in a file, which is read or named with what is wrong with it', () => {
  const dir = newFolder('config');
  const values: Record<string, string> = {
    DATABASE_URL: 'postgres://fenghuo:a-password@database.example/fenghuo',
    SMTP_URL: 'smtps://fenghuo:a-password@mail.example:465',
    FENGHUO_API_KEY: 'a-key-of-more-than-24-letters',
    GATEWAY_SECRET: 'a-secret-of-the-gateway',
  };
  const env: Record<string, string> = { SMS_PROVIDER: 'gateway', GATEWAY_URL: 'https://sms.example' };
  for (const [name, value] of Object.entries(values)) {
    writeFileSync(join(dir, name), `${value}\n`);
    env[`${name}_FILE`] = join(dir, name);
  }
  expect(readConfig(env)).toMatchObject(values);

  writeFileSync(join(dir, 'empty'), '\n');
  writeFileSync(join(dir, 'wrong'), 'mysql://a-password@database.example');
  const bad = { SMTP_URL_FILE: join(dir, 'empty'), DATABASE_URL_FILE: join(dir, 'wrong') };
  expect(() => readConfig(bad)).toThrow(/SMTP_URL_FILE: a file that is not empty/);
  expect(() => readConfig(bad)).toThrow(/DATABASE_URL: a postgres:\/\/ address/);
  expect(() => readConfig(bad)).not.toThrow(/a-password/);
});

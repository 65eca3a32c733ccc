import { expect, test } from '@jest/globals';
import { ConfigError, readConfig } from './config.ts';

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

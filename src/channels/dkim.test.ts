import { once } from 'node:events';
import { createHash, createVerify, generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { createEmail } from './email.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** The one mail that `send` sends, byte for byte. */
async function mailSentBy(send: (smtpUrl: string) => Promise<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, _session, done) => {
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => done());
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  await send(`smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return Buffer.concat(chunks).toString('latin1');
}

/** RFC 6376, 3.4.2: relaxed. */
const relaxedHeader = (line: string): string => {
  const [name, ...value] = line.split(':');
  return `${name!.toLowerCase().trim()}:${value
    .join(':')
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()}`;
};
const relaxedBody = (body: string): string =>
  body
    .replace(/[ \t]+\r\n/g, '\r\n')
    .replace(/[ \t]+/g, ' ')
    .replace(/(\r\n)*$/, '\r\n');

/** What a receiving server does with the public key from DNS. */
function verified(mail: string, key: string): { domain: string; selector: string } | null {
  const end = mail.indexOf('\r\n\r\n');
  const headers = mail.slice(0, end).split(/\r\n(?![ \t])/);
  const signature = headers.find((line) => /^dkim-signature:/i.test(line));
  if (!signature) return null;
  const tag = (name: string): string =>
    new RegExp(`[;:]\\s*${name}=([^;]+)`).exec(signature)![1]!.replace(/\s+/g, '');
  const bodyHash = createHash('sha256')
    .update(relaxedBody(mail.slice(end + 4)), 'latin1')
    .digest('base64');
  const signed = tag('h')
    .split(':')
    .map((name) => headers.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)))
    .filter((line) => line !== undefined)
    .map((line) => `${relaxedHeader(line)}\r\n`);
  const itself = relaxedHeader(signature).replace(/([; ]b=)[^;]*/, '$1');
  const isRight = createVerify('RSA-SHA256')
    .update(signed.join('') + itself, 'latin1')
    .verify(key, tag('b'), 'base64');
  return isRight && bodyHash === tag('bh') ? { domain: tag('d'), selector: tag('s') } : null;
}

const sendWith = (dkim?: { domain: string; selector: string; privateKey: string }) =>
  mailSentBy(async (smtpUrl) => {
    const email = createEmail({ smtpUrl, from: '烽火 <fenghuo@bureau.example.invalid>', dkim });
    await email.send({
      id: 'one',
      to: 'ceshi-jia@example.invalid',
      subject: '【特急】演示',
      text: '请确认\n',
    });
    await email.close();
  });

test('a mail is signed for its domain, so that the public key proves it unchanged', async () => {
  const mail = await sendWith({ domain: 'bureau.example.invalid', selector: 'fh1', privateKey });
  expect(verified(mail, publicKey)).toEqual({ domain: 'bureau.example.invalid', selector: 'fh1' });
  expect(verified(mail.replace(/\r\n$/, 'x\r\n'), publicKey)).toBeNull();
  expect(verified(mail.replace('bureau.example.invalid>', 'other.example.invalid>'), publicKey)).toBeNull();
});

test('without a key nothing is signed', async () => {
  expect(verified(await sendWith(), publicKey)).toBeNull();
});

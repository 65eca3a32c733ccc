import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmail, type Email } from '../email.ts';
import { failureCode, isPermanent } from '../failure.ts';
import { startMailbox, type Mailbox } from './mailbox.ts';
import type { MailboxMessage } from './store.ts';

let dir: string;
let mailbox: Mailbox;
let email: Email;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fenghuo-mailbox-'));
  mailbox = await startMailbox({ dir });
  email = createEmail({ smtpUrl: mailbox.smtpUrl, from: 'fenghuo@example.invalid' });
});
afterEach(async () => {
  await email.close();
  await mailbox.close();
  await rm(dir, { recursive: true, force: true });
});

const mail = (id: string, subject = `主题 ${id}`, text = '正文\n') => ({
  id,
  to: 'ceshi-jia@example.invalid',
  subject,
  text,
});

async function get(path: string) {
  const response = await fetch(`${mailbox.pageUrl}${path}`);
  return { status: response.status, headers: response.headers, body: await response.text() };
}
const messages = async (): Promise<MailboxMessage[]> =>
  JSON.parse((await get('/messages.json')).body) as MailboxMessage[];

test('a mail that was accepted lies on disk and stands first in the list', async () => {
  await email.send(mail('1'));
  await email.send(mail('2'));

  const files = await readdir(dir);
  expect(files).toHaveLength(2);
  expect(files.every((name) => name.endsWith('.eml'))).toBe(true);
  const [newest, older] = await messages();
  expect([newest!.subject, older!.subject]).toEqual(['主题 2', '主题 1']);
  expect(newest).toMatchObject({ to: 'ceshi-jia@example.invalid', text: '正文\n' });
  expect(newest!.messageId).toMatch(/^<[0-9a-f]{40}@example\.invalid>$/);
  expect(newest!.date >= older!.date).toBe(true);
  expect((await get('/')).body).toMatch(/主题 2.*主题 1/s);
});

test('mails survive a restart, and a part left by a kill is swept away', async () => {
  await email.send(mail('1'));
  await mailbox.close();
  await writeFile(join(dir, '0000000000000-000000-00000000.eml.part'), 'half a ma');
  mailbox = await startMailbox({ dir });
  expect((await messages()).map(({ subject }) => subject)).toEqual(['主题 1']);
  expect(await readdir(dir)).toHaveLength(1);
});

test('one mail is readable text with working links, and nothing in it is markup', async () => {
  await email.send(
    mail(
      '1',
      '<script>alert(1)</script>',
      '<img src=x> & http://127.0.0.1:1/r/abc?x=1&y=2\njavascript:alert(1)\n',
    ),
  );
  const [stored] = await messages();
  const page = await get(`/messages/${stored!.id}`);

  expect(page.body).toContain('<a href="http://127.0.0.1:1/r/abc?x=1&amp;y=2"');
  expect(page.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page.body).toContain('&lt;img src=x&gt; &amp;');
  expect(page.body).not.toMatch(/<script|<img|href="javascript/);
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
  expect(page.headers.get('referrer-policy')).toBe('no-referrer');
});

test('what is not there is not found, and no path leads out of the folder', async () => {
  for (const path of [
    '/messages/0000000000000-000000-00000000',
    '/messages/..%2f..%2fetc%2fpasswd',
    '/nothing',
  ]) {
    expect((await get(path)).status).toBe(404);
  }
});

test('another host name is turned away: a stranger’s page cannot read the mails', async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    request(mailbox.pageUrl, { headers: { host: 'stranger.example.invalid' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(421);
});

test('a mailbox that cannot store defers the mail instead of losing it', async () => {
  await rm(dir, { recursive: true });
  const failure: unknown = await email.send(mail('1')).catch((error: unknown) => error);
  expect([failureCode(failure), isPermanent(failure)]).toEqual(['SMTP_452', false]);
  expect(String(failure)).not.toContain(dir);
});

test('a taken port stops the start and leaves nothing listening', async () => {
  const pagePort = Number(new URL(mailbox.pageUrl).port);
  await expect(startMailbox({ dir, pagePort })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const smtpPort = Number(new URL(mailbox.smtpUrl).port);
  await expect(startMailbox({ dir, smtpPort })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

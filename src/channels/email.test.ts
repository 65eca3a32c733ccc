import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startSmtp, type Smtp } from '../../test/harness/smtp.ts';
import { createEmail, messageId, type Email } from './email.ts';
import { failureCode, isPermanent } from './failure.ts';

const officer = 'ceshi-jia@example.invalid';
const notice = {
  id: 'an-incident/1.report/1/office/0/0',
  to: officer,
  subject: '【特急】演示',
  text: '请确认收到\nhttp://127.0.0.1/r/x\n',
};

let smtp: Smtp;
let email: Email;

beforeEach(async () => {
  smtp = await startSmtp();
  email = createEmail({ smtpUrl: smtp.url, from: '烽火 <fenghuo@bureau.example.invalid>' });
});
afterEach(async () => {
  await email.close();
  await smtp.close();
});

const failureOf = async (sending: Promise<unknown>) => {
  const error = await sending.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error === null ? 'accepted' : { code: failureCode(error), permanent: isPermanent(error) };
};

test('a mail arrives as it was written, from the sender, marked urgent and automatic', async () => {
  expect(await email.send(notice)).toEqual({ code: 'SMTP_250' });

  const [mail] = smtp.messages;
  expect(mail).toMatchObject({ to: officer, subject: notice.subject, text: notice.text });
  expect(mail!.headers).toMatchObject({ 'auto-submitted': 'auto-generated', importance: 'High' });
  expect(mail!.headers.from).toContain('<fenghuo@bureau.example.invalid>');
});

test('a repeat is recognisable by its Message-ID, which tells nobody the key', async () => {
  await email.send(notice);
  await email.send(notice);
  await email.send({ ...notice, id: `${notice.id}1` });

  const ids = smtp.messages.map((mail) => mail.messageId);
  expect(ids[0]).toBe(ids[1]);
  expect(ids[2]).not.toBe(ids[0]);
  expect(ids[0]).toBe(messageId(notice.id, 'bureau.example.invalid'));
  expect(ids[0]).not.toContain('an-incident');
});

test('a refused recipient is a permanent failure, and the next mail goes out all the same', async () => {
  smtp.answer(officer, 550);
  expect(await failureOf(email.send(notice))).toEqual({ code: 'SMTP_550', permanent: true });
  expect(await failureOf(email.send({ ...notice, to: 'yanshi-yi@example.invalid' }))).toBe('accepted');
});

test('a deferred recipient is a temporary failure', async () => {
  smtp.answer(officer, 451);
  expect(await failureOf(email.send(notice))).toEqual({ code: 'SMTP_451', permanent: false });
  smtp.answer(officer, null);
  expect(await failureOf(email.send(notice))).toBe('accepted');
});

test('a server that is down refuses for now; when it is back on its port, mail goes out', async () => {
  await email.send(notice); // the pool has a connection that the server will have dropped
  await smtp.stop();
  expect(await failureOf(email.send(notice))).toEqual({ code: 'CONNECT_REFUSED', permanent: false });
  await smtp.start();
  expect(await failureOf(email.send(notice))).toBe('accepted');
});

test('a server that never greets is given up in time', async () => {
  smtp.hang(true);
  const impatient = createEmail({ smtpUrl: smtp.url, from: 'fenghuo@example.invalid', deadline: 200 });
  expect(await failureOf(impatient.send(notice))).toEqual({ code: 'TIMEOUT', permanent: false });
  await impatient.close();
});

test('a host without a name is temporary: the name may come', async () => {
  const nowhere = createEmail({ smtpUrl: 'smtp://mail.fenghuo.invalid:25', from: 'fenghuo@example.invalid' });
  expect(await failureOf(nowhere.send(notice))).toEqual({ code: 'DNS', permanent: false });
  await nowhere.close();
});

test('an address that is none is refused for good before anybody is asked', async () => {
  for (const to of [
    '',
    'nobody',
    'a@example.invalid, b@example.invalid',
    'a@example.invalid\r\nBcc: b@example.invalid',
  ]) {
    expect(await failureOf(email.send({ ...notice, to }))).toEqual({ code: 'BAD_ADDRESS', permanent: true });
  }
  expect(smtp.attempts).toEqual([]);
});

test('closing waits for what is under way', async () => {
  let release: () => void = () => undefined;
  const slow = await startSmtp({ onRcpt: () => new Promise<void>((resolve) => (release = resolve)) });
  const last = createEmail({ smtpUrl: slow.url, from: 'fenghuo@example.invalid' });
  const asked = slow.nextAttempt();
  const sending = last.send(notice);
  await asked;
  const closing = last.close();
  release();
  expect(await failureOf(sending)).toBe('accepted');
  await closing;
  await slow.close();
});

test('verify says whether the server can be reached', async () => {
  await email.verify();
  await smtp.stop();
  expect(await failureOf(email.verify())).toEqual({ code: 'CONNECT_REFUSED', permanent: false });
});

test('a URL or sender that cannot work is refused without repeating a password', () => {
  expect(() => createEmail({ smtpUrl: 'http://u:geheim@host', from: 'a@example.invalid' })).toThrow(
    /smtp:\/\/host:port/,
  );
  expect(() => createEmail({ smtpUrl: 'http://u:geheim@host', from: 'a@example.invalid' })).not.toThrow(
    /geheim/,
  );
  for (const from of ['', 'nobody', 'a@example.invalid, b@example.invalid']) {
    expect(() => createEmail({ smtpUrl: 'smtp://127.0.0.1:1', from })).toThrow(/sender/);
  }
});

import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { startSmtp, type Smtp } from '../../test/harness/smtp.ts';
import { readConfig } from '../config.ts';
import { plus } from '../incident/instant.ts';
import { openTestRegister, type TestRegister } from '../store/testing.ts';
import { beatsOf, writeBeat } from '../store/watch-beats.ts';
import { claimWord, noteSaid } from '../store/watch-word.ts';
import { watchWord } from '../store/tables-watchtower.ts';
import { createWatch, type Watch } from './keep-watch.ts';
import { createSecondRoute, type SecondRoute } from './second-route.ts';

/** The watch on a real register and by a real second mail server; only time and the worker's beats are the test's. */
const AFTER_MS = 180_000;
const NOON = '2026-03-07T04:00:00.000Z';

let register: TestRegister;
let smtp: Smtp;
let route: SecondRoute;
let elapsed = 0;
/** Whether the register answers. */
let isUp = true;
let pings = 0;
beforeAll(async () => {
  [register, smtp] = await Promise.all([openTestRegister(), startSmtp()]);
  route = createSecondRoute(
    readConfig({ WATCH_SMTP_URL: smtp.url, WATCH_MAIL_TO: 'admin-1@example.invalid' }),
  );
});
afterAll(async () => {
  await route.close();
  await smtp.close();
  await register.close();
});
beforeEach(async () => {
  await register.db.delete(watchWord);
  isUp = true;
  pings = 0;
  (smtp.messages as unknown[]).length = 0;
});

const reachable = <T>(work: () => Promise<T>): Promise<T> =>
  isUp ? work() : Promise.reject(new Error('down'));

const process = (name: string): Watch =>
  createWatch({
    look: async () => ({
      beats: isUp ? ((await beatsOf(register, ['main']))?.count ?? null) : null,
      seen: { register: isUp ? 'ok' : 'down', temporal: 'ok', workers: 'down' },
    }),
    claim: (state) => reachable(() => claimWord(register, state, name)),
    noteSaid: (state) => reachable(() => noteSaid(register, state, name)),
    route,
    ping: async () => void (pings += 1),
    afterMs: AFTER_MS,
    system: 'https://fenghuo.example',
    log: pino({ enabled: false }),
    elapsed: () => elapsed,
    now: () => plus(NOON, elapsed),
  });

const subjects = (): string[] => smtp.messages.map(({ subject }) => subject);
const SILENT = '【烽火】系统已停止处理，请立即查看';
const OVER = '【烽火】系统已恢复处理';
const beat = (): Promise<void> => writeBeat(register, 'main');
const pass = (ms: number): void => void (elapsed += ms);

test('beats that stop are told once by one of two processes, and once when they go on', async () => {
  const [first, second] = [process('a'), process('b')];
  const look = async () => [await first(), await second()];
  await beat();
  await look();
  for (let minute = 0; minute < 5; minute += 1) {
    pass(60_000);
    await beat();
    await look();
  }
  expect([subjects(), pings]).toEqual([[], 10]);

  pass(AFTER_MS);
  expect(await look()).toEqual(['processing', 'processing']);
  pass(1);
  expect(await look()).toEqual(['silent', 'silent']);
  pass(3_600_000);
  await look();
  expect([subjects(), pings]).toEqual([[SILENT], 10]);
  const [mail] = smtp.messages;
  expect(mail).toMatchObject({ to: 'admin-1@example.invalid' });
  expect(mail!.text).toContain('自 2026年3月7日 12:05 起没有处理任何环节');
  expect(mail!.text).toContain('工作进程：没有');

  await beat();
  await look();
  await look();
  expect(subjects()).toEqual([SILENT, OVER]);
});

test('a register that is down makes each process say it once, and each that it is over', async () => {
  const [first, second] = [process('a'), process('b')];
  await beat();
  await Promise.all([first(), second()]);
  isUp = false;
  pass(AFTER_MS + 1);
  for (let looks = 0; looks < 3; looks += 1) await Promise.all([first(), second()]);
  expect(subjects()).toEqual([SILENT, SILENT]);
  expect(smtp.messages[0]!.text).toContain('台账数据库：无应答');
  isUp = true;
  await Promise.all([first(), second()]); // up again, and nothing is processed yet
  expect(subjects()).toHaveLength(2);
  await beat();
  for (let looks = 0; looks < 2; looks += 1) await Promise.all([first(), second()]);
  expect(subjects()).toEqual([SILENT, SILENT, OVER, OVER]);
});

test('a second route that is down is tried until it takes it, and a process that begins says nothing again', async () => {
  const first = process('a');
  await beat();
  await first();
  await smtp.stop();
  pass(AFTER_MS + 1);
  await first();
  await smtp.start();
  expect(subjects()).toEqual([]);
  await first();
  expect(subjects()).toEqual([SILENT]);

  const begun = process('c');
  await begun();
  pass(AFTER_MS + 1);
  await begun();
  expect(subjects()).toEqual([SILENT]);
  // The one that said it is gone: whoever sees the first beat says that it is over.
  await beat();
  await begun();
  expect(subjects()).toEqual([SILENT, OVER]);
});

test('what nobody could say is not said to be over', async () => {
  const first = process('a');
  await beat();
  await first();
  await smtp.stop();
  pass(AFTER_MS + 1);
  await first();
  await smtp.start();
  await beat();
  await first();
  expect(subjects()).toEqual([]);
});

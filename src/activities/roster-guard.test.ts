import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createEmail, type Email } from '../channels/email.ts';
import { type IncidentId, messageKey, type StageId } from '../incident/ids.ts';
import { liveOrganisation } from '../people/live-organisation.ts';
import { loadOrganisation, type Organisation } from '../people/organisation.ts';
import { at } from '../people/testing.ts';
import { loadPlan } from '../plan/load.ts';
import { failDelivery, settleDelivery } from '../store/deliveries.ts';
import type { Register } from '../store/open.ts';
import { openTestRegister } from '../store/testing.ts';
import { startSmtp, type Smtp } from '../../test/harness/smtp.ts';
import { createRosterGuard } from './roster-guard.ts';

/** The guard's mornings, one after the other, with a real register and a real mail server. */
let smtp: Smtp;
let register: Register;
let email: Email;

beforeAll(async () => {
  [smtp, register] = await Promise.all([startSmtp(), openTestRegister()]);
  email = createEmail({ smtpUrl: smtp.url, from: 'fenghuo@example.invalid' });
  for (const [nr, { id }] of file.people.entries()) await mailTaken(register, id, nr);
});
afterAll(async () => {
  await email.close();
  await smtp.close();
  await register.close();
});

const plan = loadPlan('plans/demonstration.yaml');
const file = loadOrganisation('plans/organisation.sample.yaml');
const WHOLE = { whole: { name: '全天', from: '00:00', to: '00:00' } };
const roster = (every: string, overrides: object[] = []) => ({
  shifts: WHOLE,
  rotations: [
    { as: 'officer' as const, shift: 'whole', every: 'day' as const, from: '2026-01-01', turns: [[every]] },
  ],
  dated: [],
  overrides: overrides as [],
  swaps: [],
});
const nobodyOn = (date: string) => ({ as: 'officer', from: date, to: date, people: [] });

const withRoster = (
  body: string,
  own: ReturnType<typeof roster>,
  org: Organisation = file,
): Organisation => ({
  ...org,
  bodies: org.bodies.map((one) => (one.id === body ? { ...one, roster: own } : one)),
});

const keyOf = (line: string, repeat: number) =>
  messageKey({
    incidentId: '00000000-0000-4000-8000-000000000001' as IncidentId,
    stageId: '1.policeCall' as StageId,
    opening: 1,
    line,
    rung: 0,
    repeat,
  });

/** A person's mail server has taken a message of ours before. */
const mailTaken = (register: Register, person: string, nr: number) =>
  settleDelivery(
    register,
    { key: keyOf('townshipCommandGroup', nr), decidedAt: '2026-03-04T01:20:00.000Z', owner: 'test' },
    {
      result: 'accepted',
      person,
      channel: 'email',
      code: 'SMTP_250',
      attempts: 1,
    },
  );

/** One morning: what lookAhead names is told. Gives the mails of it, by recipient. */
async function morning(organisation: Organisation, time: string) {
  const guard = createRosterGuard({ organisation, plan, register, email, channels: { email } });
  const run = <A, R>(work: (given: A) => Promise<R>, given: A): Promise<R> =>
    new MockActivityEnvironment().run(work, given);
  const before = smtp.messages.length;
  const bodies = await run(guard.lookAhead, { at: at(time) });
  for (const body of bodies) await run(guard.tellBody, { at: at(time), body });
  return Object.fromEntries(smtp.messages.slice(before).map((mail) => [mail.to.split('@')[0]!, mail]));
}

const GAP = '甲镇司法所：3月20日 00:00至3月21日 00:00无人值班';

test("the guard's mail names the gap eleven days ahead, to the body's administrator, and says what to do", async () => {
  const rotas = withRoster('jia', roster('jia-1', [nobodyOn('2026-03-20')]));
  const mails = await morning(rotas, '2026-03-09 08:00');
  expect(Object.keys(mails)).toEqual(['jia-1']);
  expect(mails['jia-1']!.subject).toBe('【值班表】甲镇司法所：1 项需要处理');
  expect(mails['jia-1']!.text).toContain(`1. 11 天后：${GAP}`);
  expect(mails['jia-1']!.text).toContain('处理：在值班表中补上这一时段的值班人员');

  const bodies = rotas.bodies.map((one) => (one.id === 'jia' ? { ...one, administrator: 'jia-2' } : one));
  expect(Object.keys(await morning({ ...rotas, bodies }, '2026-03-10 08:00'))).toEqual(['jia-2']);
});

test('not mended in three days, or three days ahead, the leading-group office is told as well; mended, nobody is', async () => {
  const rotas = withRoster('jia', roster('jia-1', [nobodyOn('2026-03-20')]));
  const third = await morning(rotas, '2026-03-12 08:00'); // first seen on the 9th
  expect(Object.keys(third)).toEqual(['jia-1', 'leading-1']);
  expect(third['leading-1']!.text).toContain(`8 天后：${GAP}`);
  expect(third['jia-1']!.text).toContain('（已 3 天未处理）');
  expect(await morning(withRoster('jia', roster('jia-1')), '2026-03-13 08:00')).toEqual({});

  // Again, and forgotten since it was mended: told to the office alone, until it is near.
  expect(Object.keys(await morning(rotas, '2026-03-16 08:00'))).toEqual(['jia-1']);
  const near = await morning(rotas, '2026-03-17 08:00');
  expect(Object.keys(near)).toEqual(['jia-1', 'leading-1']);
});

test('one person on duty for two bodies, a party nobody fills, and a bad number are told to whom they concern', async () => {
  const twice = withRoster('yi', roster('jia-1'), withRoster('jia', roster('jia-1')));
  const organisation = {
    ...twice,
    bodies: twice.bodies.filter(({ id }) => id !== 'police-bing'),
    people: twice.people.map((one) => (one.id === 'yi-2' ? { ...one, phone: '1390000' } : one)),
  };
  const mails = await morning(organisation, '2026-04-01 08:00');
  expect(mails['jia-1']!.text).toContain(
    '测试甲一：4月1日 08:00至4月15日 08:00同时在甲镇司法所和乙镇司法所值班',
  );
  expect(mails['leading-1']!.text).toMatch(/派出所：丙苏木司法所没有可通知的人员/);
  expect(mails['yi-1']!.text).toContain('乙镇司法所测试乙二：电话号码格式有误');
  expect(
    Object.values(mails)
      .map(({ text }) => text)
      .join(),
  ).not.toContain('1390000');
});

test('somebody whom three messages in a row did not reach is named, until one gets through', async () => {
  const failed = (nr: number) =>
    failDelivery(register, keyOf('judicialOffice', nr), 'test', {
      person: 'bing-1',
      channel: 'email',
      attempts: 1,
      code: 'SMTP_451',
      done: true,
    });
  const now = new Date(Date.now() + 60_000).toISOString();
  const guard = createRosterGuard({ organisation: file, plan, register, email, channels: { email } });
  const bodies = () => new MockActivityEnvironment().run(guard.lookAhead, { at: now });
  await failed(1);
  await failed(2);
  expect(await bodies()).toEqual([]);
  await failed(3);
  expect(await bodies()).toEqual(['bing']);
  await new MockActivityEnvironment().run(guard.tellBody, { at: now, body: 'bing' });
  expect(smtp.messages.at(-1)!.text).toContain('丙苏木司法所测试丙一：最近连续多次发送失败（电子邮箱）');
});

test('addresses that nothing was ever delivered to are told on Mondays, until one gets through', async () => {
  const fresh = await openTestRegister();
  const guard = createRosterGuard({ organisation: file, plan, register: fresh, email, channels: { email } });
  const run = new MockActivityEnvironment();
  const bodies = (day: string) => run.run(guard.lookAhead, { at: at(`${day} 08:00`) });
  for (const [nr, { id }] of file.people.entries()) if (id !== 'bing-1') await mailTaken(fresh, id, nr);
  expect(await bodies('2026-07-07')).toEqual([]);
  expect(await bodies('2026-07-13')).toEqual(['bing']); // known for six days, and no matter for anybody else
  await run.run(guard.tellBody, { at: at('2026-07-13 08:00'), body: 'bing' });
  expect(smtp.messages.at(-1)!.text).toContain('从未确认过能够送达：测试丙一（电子邮箱）');
  await mailTaken(fresh, 'bing-1', 99);
  expect(await bodies('2026-07-20')).toEqual([]);
  await fresh.close();
});

test('an imported roster is guarded as soon as it is live, and a register that is away stops no mail', async () => {
  const live = liveOrganisation(file);
  const gone = await openTestRegister();
  await gone.close();
  const guard = createRosterGuard({
    organisation: live.organisation,
    plan,
    register: gone,
    email,
    channels: { email },
  });
  const day = at('2026-05-01 08:00');
  const lookAhead = () => new MockActivityEnvironment().run(guard.lookAhead, { at: day });
  expect(await lookAhead()).toEqual([]);
  live.show(
    new Map([
      [
        'jia',
        { shifts: WHOLE, dated: [{ date: '2026-05-01', as: 'officer', shift: 'whole', people: ['jia-1'] }] },
      ],
    ]),
  );
  expect(await lookAhead()).toEqual(['jia', 'leading-group-office']);
  await new MockActivityEnvironment().run(guard.tellBody, { at: day, body: 'jia' });
  expect(smtp.messages.at(-1)!.text).toContain('明天：甲镇司法所：5月2日 00:00至5月15日 08:00无人值班');
});

test('in the quiet hours of whoever is told the mail waits for their end, and comes then', async () => {
  const rotas = withRoster('jia', roster('jia-1', [nobodyOn('2026-06-10')]));
  const people = rotas.people.map((one) =>
    one.id === 'jia-1' ? { ...one, quiet: [{ from: '22:00', to: '08:30' }] } : one,
  );
  const tellAt = (time: string) => {
    const guard = createRosterGuard({
      organisation: { ...rotas, people },
      plan,
      register,
      email,
      channels: { email },
      now: () => at(time),
    });
    return new MockActivityEnvironment().run(guard.tellBody, { at: at('2026-06-02 08:00'), body: 'jia' });
  };
  const before = smtp.messages.length;
  await expect(tellAt('2026-06-02 08:00')).rejects.toMatchObject({
    type: 'QuietHours',
    nextRetryDelay: 30 * 60_000,
  });
  await expect(tellAt('2026-06-01 23:00')).rejects.toMatchObject({ nextRetryDelay: 9.5 * 3_600_000 });
  expect(smtp.messages).toHaveLength(before);
  expect(await tellAt('2026-06-02 08:30')).toMatchObject({ code: expect.any(String) });
  expect(smtp.messages.at(-1)!.to).toMatch(/^jia-1@/);
});

test('a mail server that is busy is tried again, one that refuses is not', async () => {
  const rotas = withRoster('jia', roster('jia-1', [nobodyOn('2026-06-10')]));
  const guard = createRosterGuard({ organisation: rotas, plan, register, email, channels: { email } });
  const tell = () =>
    new MockActivityEnvironment().run(guard.tellBody, { at: at('2026-06-01 08:00'), body: 'jia' });
  smtp.answer('jia-1@example.invalid', 451);
  await expect(tell()).rejects.toThrow('not accepted yet: SMTP_451');
  smtp.answer('jia-1@example.invalid', 550);
  expect(await tell()).toEqual({ code: 'SMTP_550' });
  smtp.answer('jia-1@example.invalid', null);
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { sql } from 'drizzle-orm';
import { startSmtp, type Smtp } from '../../test/harness/smtp.ts';
import { createEmail, type Email } from '../channels/email.ts';
import { createInApp } from '../channels/in-app.ts';
import type { MessageKey } from '../incident/ids.ts';
import { toInstant, type Instant } from '../incident/instant.ts';
import { loadOrganisation, type Organisation } from '../people/organisation.ts';
import { at } from '../people/testing.ts';
import { loadPlan } from '../plan/load.ts';
import { inboxOf, putInInbox } from '../store/inbox.ts';
import type { Register } from '../store/open.ts';
import { savePlanEdition } from '../store/plans.ts';
import { setRegisterLimit } from '../store/register-limits.ts';
import { endFinding, recordScreening, screenings } from '../store/screenings.ts';
import { recordStudy } from '../store/studies.ts';
import { openTestRegister } from '../store/testing.ts';
import { createRegistersGuard } from './registers-guard.ts';

/** The guard's mornings, with a real register and a real mail server. The edition came here on Sunday, 1 February 2026. */
let smtp: Smtp;
let register: Register;
let email: Email;
const plan = loadPlan('plans/wushen-2025.yaml');
const file = loadOrganisation('plans/organisation.sample.yaml');
const COME = at('2026-02-01 09:00');

beforeAll(async () => {
  [smtp, register] = await Promise.all([startSmtp(), openTestRegister()]);
  email = createEmail({ smtpUrl: smtp.url, from: 'fenghuo@example.invalid' });
  await savePlanEdition(register, plan.pin, plan.text);
  await register.db.execute(sql`update plan_edition set first_seen_at = ${COME}::timestamptz`);
});
afterAll(async () => {
  await email.close();
  await smtp.close();
  await register.close();
});

/** One morning: everybody whom `whoIsDue` names is reminded. Gives their mails, by address. */
async function morning(time: string, organisation: Organisation = file): Promise<Map<string, string>> {
  const seen = smtp.messages.length;
  const now: Instant = at(time);
  const inApp = createInApp(({ id, to, subject = '', text }) =>
    putInInbox(register, { person: to, key: id as MessageKey, subject, text }),
  );
  const deps = { organisation, plan, register, email, channels: { inApp, email }, now: () => now };
  const guard = createRegistersGuard(deps);
  const run = <A, R>(work: (given: A) => Promise<R>, given: A): Promise<R> =>
    new MockActivityEnvironment().run(work, given);
  for (const person of await run(guard.whoIsDue, { at: now })) await run(guard.remind, { at: now, person });
  return new Map(smtp.messages.slice(seen).map(({ to, text }) => [to.split('@')[0]!, text]));
}

test('without limits nobody is reminded of anything', async () => {
  expect([...(await morning('2026-06-01 08:30')).keys()]).toEqual([]);
});

test('whoever has not studied in time is reminded on the first day of it and on Mondays; above, body by body', async () => {
  await setRegisterLimit(register, 'study', 'P30D', COME); // until Tuesday, 3 March
  const studied = { pin: plan.pin, studiedOn: '2026-02-10', recordedBy: 'jia-1' };
  await recordStudy(register, 'jia-1', studied);
  expect((await morning('2026-03-03 08:30')).size).toBe(0);

  const first = await morning('2026-03-04 08:30');
  expect(first.has('jia-1')).toBe(false);
  expect(first.get('jia-2')).toContain('现行预案（2025-01-17 版）应在 2026-03-03 前学习');
  expect(first.get('leading-1')).toMatch(/甲镇司法所：1 人逾期[^]*乙镇司法所：2 人逾期/);
  expect([...first.keys()].filter((to) => to.startsWith('police'))).toEqual([]);
  expect(await inboxOf(register, 'jia-2', { unreadOnly: true, limit: 9 })).toHaveLength(1);

  expect((await morning('2026-03-05 08:30')).size).toBe(0);
  expect((await morning('2026-03-09 08:30')).has('jia-2')).toBe(true); // Monday
  await recordStudy(register, 'jia-2', { ...studied, studiedOn: '2026-03-09' });
  expect((await morning('2026-03-16 08:30')).has('jia-2')).toBe(false);
  await setRegisterLimit(register, 'study', null, COME);
});

test('an overdue round is the head’s and those above; an overdue follow-up its owner’s, and no subject is in a mail', async () => {
  const words = { file: '虚构档案0042', situation: '扬言报复', measure: '走访' };
  const finding = { ...words, risk: 'revenge' as const, owner: 'jia-2', dueOn: '2026-03-20' };
  const round = { office: 'jia', heldOn: '2026-03-10', participants: ['jia-1'], recordedBy: 'jia-1' };
  await recordScreening(register, round, [finding]);
  const late = await morning('2026-03-21 08:30'); // without a period a follow-up has its day all the same
  expect([...late.keys()].sort()).toEqual(['jia-2', 'leading-1']);
  expect(late.get('jia-2')).toContain('您跟进的排查事项有 1 项已超期');
  expect([...late.values()].join()).not.toMatch(/0042|报复|走访/);

  const { id } = (await screenings(register, null, 1))[0]!.findings[0]!;
  await endFinding(register, id, { by: 'jia-2', at: toInstant(Date.now()), result: '已化解' });
  await setRegisterLimit(register, 'screening', 'P1M', at('2026-03-15 09:00'));
  const due = await morning('2026-04-11 08:30');
  expect([...due.keys()].sort()).toEqual(['jia-1', 'leading-1']);
  expect(due.get('jia-1')).toContain('本所应在 2026-04-10 前开展分析排查');
  expect((await morning('2026-04-16 08:30')).has('yi-1')).toBe(true); // a month after it was set
});

test('in somebody’s quiet hours the reminder is put off to their end', async () => {
  const on: ('workday' | 'weekend')[] = ['workday', 'weekend'];
  const resting = { ...file, quiet: [{ from: '07:00', to: '09:00', on }] };
  await expect(morning('2026-05-11 08:30', resting)).rejects.toThrow('put off until 2026-05-11T01:00');
  expect((await morning('2026-05-11 09:00', resting)).size).toBeGreaterThan(0);
});

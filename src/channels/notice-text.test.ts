import { expect, test } from '@jest/globals';
import type { Notice, NoticeKind } from '../incident/notice.ts';
import { noticeMail } from './notice-text.ts';
import { atNight, options } from './testing.ts';

const mail = (
  change: Partial<Notice> = {},
  given: Partial<typeof options> | { number: null } | { receiptUrl: null } = {},
) => noticeMail({ ...atNight, ...change }, { ...options, ...given });

test('at 02:13 the subject alone says how urgent, which incident and what to do', () => {
  expect(mail().subject).toBe('【特急】WS-2026-0001 报警：请办理并确认收到');
});

test('a duty says what, by which clause, until when, whom to phone and how to confirm', () => {
  const { text } = mail();
  for (const said of [
    '任务：立即向公安机关报警，并登记报警情况',
    '依据：预案四（三）',
    '时限：5分钟内（3月7日 02:18前），本局设定',
    '联系电话：0000-0000110',
    'http://127.0.0.1/r/token\n',
    '确认收到不等于办结',
  ]) {
    expect(text).toContain(said);
  }
});

test('a drill says so first, in the subject and in the body', () => {
  const { subject, text } = mail({ drill: true });
  expect(subject).toMatch(/^【演练】【特急】/);
  expect(text).toMatch(/^【演练】/);
});

test('what nobody asked for says so, in the subject and before the body, in a drill after 【演练】', () => {
  const { subject, text } = mail({ automatic: true, drill: true });
  expect(subject).toBe('【演练】【特急】WS-2026-0001 报警：【自动催报·未经人工确认】请办理并确认收到');
  expect(text).toMatch(/【自动催报·未经人工确认】.*司法所：请立即确认收到/s);
  expect(mail().subject + mail().text).not.toContain('自动催报');
});

test('until the incident has its number it goes by a code', () => {
  expect(mail({}, { number: null }).subject).toContain('事件码 b1c2d3e4');
});

test('an outside party sees no limit, whatever the kind, and nothing about being unable to handle it', () => {
  for (const kind of ['duty', 'reminder'] as const) {
    const { subject, text } = mail({
      kind,
      outside: true,
      partyName: '派出所',
      repeat: kind === 'duty' ? 0 : 1,
    });
    expect(subject + text).not.toMatch(/时限|5分钟|02:18|超期|无法处理|未载明/);
    expect(text).toContain('事项：');
  }
});

test('a request to phone an outside party shows no limit beside that party’s duty', () => {
  const { subject, text } = mail({ kind: 'phoneOutside', about: '派出所', partyName: '带班领导', rung: 1 });
  expect(subject).toContain('请电话联系派出所');
  expect(text).toContain('派出所的事项：');
  expect(text).not.toContain('时限：');
});

test('where no limit is set it says 未载明 and invents none', () => {
  expect(mail({ within: null, dueAt: null }).text).toContain('时限：未载明\n');
});

test('each kind says what happened to the line', () => {
  const said = (kind: NoticeKind, change: Partial<Notice> = {}): string => {
    const { subject, text } = mail({ kind, ...change });
    return `${subject}\n${text}`;
  };
  expect(said('reminder', { repeat: 2 })).toMatch(/第2次提醒，请确认收到.*尚未收到您的确认/s);
  expect(said('reminder', { line: 'judicialOffice:remind' })).toMatch(/第1次提醒，请登记进展或结果/);
  expect(said('unconfirmed', { about: '司法所', rung: 1 })).toMatch(
    /司法所未确认，请您接续.*司法所尚未确认收到.*司法所的任务：/s,
  );
  expect(said('unconfirmed', { about: '司法所', rung: 3, repeat: 4 })).toContain('第5次通知');
  expect(said('overdue')).toMatch(/时限已到，请登记结果.*仍在处置/s);
  expect(said('overdueAbove', { about: '司法所', rung: 1 })).toMatch(
    /司法所的任务时限已到，请督办.*必要时接管.*不作责任认定/s,
  );
});

test('a notice whose branch was left says that it is for information and runs no clock', () => {
  const { subject, text } = mail({ superseded: true });
  expect(subject).toContain('仅供知悉');
  expect(text).toContain('已转入新的处置环节');
  expect(text).not.toContain('时限：');
});

test('without a link the reader is asked to phone', () => {
  expect(mail({}, { receiptUrl: null }).text).toContain('请拨打 0000-0000110 确认收到');
});

test('the template itself names nobody and no status, and accuses nobody', () => {
  const kinds: NoticeKind[] = [
    'duty',
    'reminder',
    'unconfirmed',
    'declined',
    'overdue',
    'overdueAbove',
    'phoneOutside',
  ];
  for (const kind of kinds) {
    const { subject, text } = mail({
      kind,
      about: '司法所',
      branchName: '',
      stageName: '',
      duty: '',
      automatic: true,
    });
    expect(subject + text).not.toMatch(/矫正|脱管|罪犯|缓刑|假释|对象|迟报|瞒报|漏报|谎报|undefined|null/);
  }
});

test('only a duty of the plan is told as the plan’s: a statute’s and the bureau’s own stand beside a clause', () => {
  expect(mail({ source: 'plan' }).text).toContain('依据：预案四（三）');
  expect(mail({ source: 'statutory' }).text).toContain('依据：法定职责，衔接预案四（三）');
  expect(mail({ source: 'local' }).text).toContain('依据：本局规定，衔接预案四（三）');
});

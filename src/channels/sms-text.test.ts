import { expect, test } from '@jest/globals';
import type { Notice, NoticeKind } from '../incident/notice.ts';
import { noticeRobot } from './robot-text.ts';
import { smsParts } from './sms-parts.ts';
import { noticeSms, type NoticeSmsOptions } from './sms-text.ts';
import { atNight, options } from './testing.ts';
import { noticeVoice } from './voice-text.ts';

const sms = (change: Partial<Notice> = {}, given: Partial<NoticeSmsOptions> = {}) =>
  noticeSms({ ...atNight, ...change }, { ...options, ...given });

const longDuty = '请向指挥小组和领导小组办公室补报种类、时间、地点、涉及人员、事态发展和已采取的措施'.repeat(
  3,
);

test('a text says who sends it, how urgent, which incident, what to do, until when, whom to call, where to confirm', () => {
  expect(sms().text).toBe(
    '【烽火】【特急】WS-2026-0001 报警：请办理并确认收到。任务：立即向公安机关报警，并登记报警情况。' +
      '本局时限3月7日 02:18。电话 0000-0000110 确认收到 http://127.0.0.1/r/token',
  );
});

test('the signature is the bureau’s approved one, or the gateway’s business', () => {
  expect(sms({}, { signature: '示例司法局' }).text).toMatch(/^【示例司法局】【特急】/);
  expect(sms({}, { signature: null }).text).toMatch(/^【特急】/);
});

test('a drill says so first', () => {
  expect(sms({ drill: true }).text).toMatch(/^【烽火】【演练】【特急】/);
  expect(sms({ drill: true }).values.urgency).toBe('演练特急');
  expect(noticeVoice({ ...atNight, drill: true }, options)).toMatch(/这是演练.*特急通知.*这是演练/);
  expect(noticeRobot({ ...atNight, drill: true }, options)).toMatch(/^【演练】/);
});

test('a long duty is cut so that two parts hold it; number and link stay whole', () => {
  const { text } = sms({ duty: longDuty });
  expect(smsParts(text)).toBe(2);
  expect(text).toMatch(/…。本局时限.*电话 0000-0000110 确认收到 http:\/\/127\.0\.0\.1\/r\/token$/);
  expect(smsParts(text.replace('…', longDuty.charAt(40).repeat(2)))).toBe(3); // not cut more than needed
});

test('where the link takes the room, the limit goes before the duty says nothing', () => {
  const receiptUrl = `https://fenghuo.example.invalid/r/${'t'.repeat(26)}`;
  const { text } = sms({ duty: longDuty }, { receiptUrl });
  expect(smsParts(text)).toBe(2);
  expect(text).toContain(receiptUrl);
  expect(text).toContain('任务：请向指挥小组和');
});

test('a link too long for two parts is sent whole all the same', () => {
  const receiptUrl = `https://fenghuo.example.invalid/r/${'t'.repeat(300)}`;
  const { text } = sms({}, { receiptUrl });
  expect(text.endsWith(receiptUrl)).toBe(true);
  expect(text).toContain('立即向公安机关…');
});

test('without a link the reader is asked to phone', () => {
  expect(sms({}, { receiptUrl: null }).text).toMatch(/请拨打 0000-0000110 确认收到$/);
});

test('an outside party sees no limit and no task, and hears nothing about being unable', () => {
  for (const kind of ['duty', 'reminder'] as const) {
    const outside = { ...atNight, kind, outside: true, partyName: '派出所', repeat: 1 };
    for (const text of [sms(outside).text, noticeRobot(outside, options), noticeVoice(outside, options)]) {
      expect(text).toContain('事项：');
      expect(text).not.toMatch(/时限|02:18|5分钟|无法处理|未载明|任务/);
    }
  }
});

test('what nobody asked for says so', () => {
  expect(sms({ automatic: true }).text).toContain('【自动催报·未经人工确认】');
  expect(noticeVoice({ ...atNight, automatic: true }, options)).toContain('未经人工确认');
});

test('no link goes to a group or into a call', () => {
  expect(noticeRobot(atNight, options) + noticeVoice(atNight, options)).not.toMatch(/http|token/);
});

test('a call spells the number and says whom to call back', () => {
  expect(noticeVoice(atNight, options)).toBe(
    '您好，这里是烽火应急处置系统。特急通知。事件W S ，2 0 2 6 ，0 0 0 1，报警。' +
      '任务：立即向公安机关报警，并登记报警情况。请确认收到，回电0 0 0 0 ，0 0 0 0 1 1 0。',
  );
});

test('a template gets the same facts, short enough for it, and the link without its address', () => {
  expect(sms({ duty: longDuty }).values).toEqual({
    number: 'WS-2026-0001',
    urgency: '特急',
    duty: `${longDuty.slice(0, 34)}…`,
    phone: '0000-0000110',
    link: 'token',
  });
});

test('the texts themselves name nobody and no status, and accuse nobody', () => {
  const kinds: NoticeKind[] = ['duty', 'reminder', 'unconfirmed', 'overdue', 'overdueAbove', 'phoneOutside'];
  for (const kind of kinds) {
    const notice = { ...atNight, kind, about: '司法所', branchName: '', stageName: '', duty: '' };
    const said = sms(notice).text + noticeRobot(notice, options) + noticeVoice(notice, options);
    expect(said).not.toMatch(/矫正|脱管|罪犯|缓刑|假释|对象|迟报|瞒报|漏报|谎报|undefined|null/);
  }
});

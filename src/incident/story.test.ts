import { expect, test } from '@jest/globals';
import { tellStory } from './story.ts';

const AT = '2026-03-07T00:00:00.000Z';
const payloads = (...values: unknown[]) => ({ payloads: values });
const told = (type: string, attributes: Record<string, unknown>): string | undefined =>
  tellStory([{ id: 1, at: AT, type, attributes }])[0]?.text;
const said = (name: string, argument: object) =>
  told('WorkflowExecutionUpdateAccepted', { acceptedRequest: { input: { name, args: payloads(argument) } } });

const plan = { branch: { name: '失联查找', clause: '四（一）' } };
const by = 'jia-1';

test('what was said reads as a sentence, with counts for people and names for facts, never their values', () => {
  const subjects = [{ name: '测试甲' }, { name: '测试乙' }];
  expect(said('addSubjects', { by, subjects })).toBe('jia-1 补充涉及人员 2 名');
  expect(said('changeSubjects', { by, changes: [{ subject: 1 }] })).toBe('jia-1 更新 1 名人员的情况');
  expect(said('addFacts', { by, facts: { place: '测试', minor: 'no' } })).toBe(
    'jia-1 补充情况：place、minor',
  );
  expect(said('recordReport', { by, kind: 'supplementaryReport' })).toBe('jia-1 登记补报');
  expect(said('openSubCase', { by, plan, subjects: [1, 2] })).toBe(
    'jia-1 开立子案：失联查找（四（一）），涉及 2 名人员',
  );
  expect(said('absorb', { by, from: 'b1' })).toBe('jia-1 确认与事件 b1 为同一事件，并入本事件');
  expect(said('mergeInto', { by, into: 'a1' })).toBe('jia-1 确认与事件 a1 为同一事件，并入该事件');
  expect(said('addCorrectiveAction', { by, owner: 'judicialOffice', dueAt: AT, action: '测试' })).toBe(
    `jia-1 下达整改事项：责任方 judicialOffice，期限 ${AT}`,
  );
  expect(said('decideClosing', { by, approve: true, aftermath: plan })).toContain('转入后期处置');
  expect(said('decideClosing', { by, approve: false, aftermath: plan })).toBe('jia-1 不同意办结');
});

test('a sub-case starts, ends and tells its parent; an archive is none', () => {
  const child = { workflowType: { name: 'abscondingSearch' }, input: payloads({ plan }) };
  const archive = { workflowType: { name: 'archive' } };
  expect(told('StartChildWorkflowExecutionInitiated', child)).toBe('启动子案：失联查找（四（一））');
  expect(told('ChildWorkflowExecutionStarted', child)).toBe('子案已启动');
  expect(told('StartChildWorkflowExecutionInitiated', archive)).toBe('移交归档');
  expect(told('ChildWorkflowExecutionStarted', archive)).toBe('归档已开始');
  const ended = { signalName: 'subCaseEnded', input: payloads({ subCase: 'c1', as: 'merged' }) };
  expect(told('WorkflowExecutionSignaled', ended)).toBe('子案 c1 已结束：并入另一事件');
  expect(told('SignalExternalWorkflowExecutionInitiated', {})).toBe('告知上级事件：本子案已结束');
});

test('the end says how, and what nobody foresaw goes by its own name', () => {
  const result = payloads({ closedAs: 'falseAlarm' });
  expect(told('WorkflowExecutionCompleted', { result })).toBe('事件办结（误报），工作流结束');
  expect(told('WorkflowExecutionCompleted', {})).toBe('事件办结，工作流结束');
  expect(said('somethingNew', {})).toBe('somethingNew');
  expect(told('SomethingNew', {})).toBe('SomethingNew');
  expect(told('WorkflowTaskStarted', {})).toBeUndefined();
});

test('a deadline is told in round words, and the short wait of the record not at all', () => {
  const timer = (id: number, seconds: number, nanos = 0) => ({
    id,
    at: '2026-03-07T00:00:00.000Z',
    type: 'TimerStarted',
    attributes: { startToFireTimeout: { seconds, nanos } },
  });
  const fired = (id: number, startedEventId: number) => ({
    id,
    at: '2026-03-07T00:00:00.000Z',
    type: 'TimerFired',
    attributes: { startedEventId },
  });
  const events = [timer(1, 600), timer(2, 2, 999e6), fired(3, 2), fired(4, 1), timer(5, 7_200), timer(6, 7)];
  expect(tellStory(events).map(({ text }) => text)).toEqual([
    '定时：10 分钟 后查看下一个期限',
    '期限到',
    '定时：2 小时 后查看下一个期限',
    '定时：7 秒 后查看下一个期限',
  ]);
});

import { expect, test } from '@jest/globals';
import { fourTimes, type TimelineLine } from './four-times.ts';

const at = (time: string): string => `2026-03-04T${time}:00.000Z`;
const KEY = 'k';
const reported = (more: Record<string, unknown> = {}): TimelineLine => ({
  seq: 1,
  at: at('06:00'),
  kind: 'incidentReported',
  data: {
    occurredAt: at('01:00'),
    discoveredAt: at('01:20'),
    receivedAt: at('06:00'),
    ...more,
  },
});
const line = (seq: number, kind: TimelineLine['kind'], data: object, time = '06:10'): TimelineLine => ({
  seq,
  at: at(time),
  kind,
  data: data as Record<string, unknown>,
});
const sent = line(2, 'messageSent', { key: KEY, party: 'policeStation', partyName: '派出所' });
const one = (timeline: TimelineLine[], of: string) => fourTimes(timeline).find((row) => row.of === of)!;

test('the first report: occurred and discovered by the office, reported and received by our clock', () => {
  expect(one([reported()], 'firstReport')).toMatchObject({
    occurred: { at: at('01:00'), source: 'officeReport', seq: 1 },
    discovered: { at: at('01:20'), source: 'officeReport' },
    reported: { at: at('06:00'), source: 'apiClock' },
    received: { at: at('06:00'), source: 'apiClock' },
  });
});

test('phoned in: it was reported when the caller said it, and received when the clerk wrote it down', () => {
  const phoned = reported({ onBehalf: { registeredBy: 'leading-1', calledAt: at('05:50') } });
  expect(one([phoned], 'firstReport')).toMatchObject({
    reported: { at: at('05:50'), source: 'caller', by: 'leading-1' },
    received: { at: at('06:00'), source: 'apiClock', by: null },
  });
});

test('a recipient has received it by the first receipt: a link says who, a registered one who wrote it down and how', () => {
  const link = line(3, 'acknowledged', { key: KEY, person: 'police-jia-1' }, '06:12');
  const clerk = { key: KEY, by: 'jia-1', channel: 'phone', toldAt: at('06:11') };
  expect(one([reported(), sent], 'message')).toMatchObject({
    reported: { at: at('06:10'), source: 'workflowClock' },
    received: { at: null, source: 'unknown' },
  });
  expect(one([reported(), sent, link], 'message').received).toMatchObject({
    at: at('06:12'),
    source: 'receiptLink',
    by: 'police-jia-1',
    channel: null,
  });
  expect(
    one([reported(), sent, line(3, 'receiptRegistered', clerk), link], 'message').received,
  ).toMatchObject({
    at: at('06:11'),
    source: 'registered',
    by: 'jia-1',
    channel: 'phone',
  });
});

test('a call that was not answered was received by nobody', () => {
  const call = (answered: boolean) =>
    line(2, 'phoneCalled', {
      by: 'jia-1',
      person: null,
      party: 'policeStation',
      calledAt: at('06:05'),
      answered,
    });
  expect(one([reported(), call(true)], 'call').received).toMatchObject({ at: at('06:05'), source: 'caller' });
  expect(one([reported(), call(false)], 'call').received).toMatchObject({ at: null });
});

test('a time that was corrected is the correction, by whoever told it; sealed from the reader it has no instant', () => {
  const facts = line(3, 'factsAdded', { by: 'leading-1', names: ['discoveredAt'] });
  expect(one([reported(), facts], 'firstReport').discovered).toEqual({
    at: null,
    source: 'laterFact',
    by: 'leading-1',
    channel: null,
    seq: 3,
  });
  const open = { ...facts, personal: { discoveredAt: at('01:10') } };
  expect(one([reported(), open], 'firstReport').discovered.at).toBe(at('01:10'));
});

test('what another source had known is a row of its own', () => {
  const names = ['knownElsewhere.who', 'knownElsewhere.at', 'knownElsewhere.source'];
  const facts = {
    ...line(2, 'factsAdded', { by: 'leading-1', names }),
    personal: {
      'knownElsewhere.who': '测试派出所',
      'knownElsewhere.at': at('02:00'),
      'knownElsewhere.source': '接处警登记',
    },
  };
  expect(one([reported(), facts], 'knownElsewhere')).toMatchObject({
    partyName: '测试派出所',
    discovered: { at: at('02:00'), source: 'elsewhere', by: 'leading-1', seq: 2 },
  });
});

test('times that nobody can read are compared with nothing', () => {
  expect(one([reported({ discoveredAt: null, occurredAt: 'yesterday' })], 'firstReport')).toMatchObject({
    occurred: { at: null, source: 'unknown' },
    discovered: { at: null, source: 'unknown' },
  });
});

import { expect, test } from '@jest/globals';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import type { IncidentId } from '../incident/ids.ts';
import { loadOrganisation } from '../people/organisation.ts';
import { bodyHash, incidentIdOf, isSameBody, toReport } from './intake.ts';
import { reportSchema } from './schemas.ts';

const organisation = loadOrganisation('plans/organisation.sample.yaml');
const keyring = parseKeyring(generateKey());
const at = {
  id: 'x' as IncidentId,
  apiKeyId: 'key-1',
  receivedAt: '2025-12-31T16:30:00.000Z',
  keyring,
  organisation,
  marks: [],
};

test('one key and one Idempotency-Key are one incident for good; without one each report is its own', () => {
  expect(incidentIdOf('key-1', 'a')).toBe('0bb730bd-5e4a-5c78-8236-c781a8beb063');
  expect(incidentIdOf('key-1', 'a')).not.toBe(incidentIdOf('key-2', 'a'));
  expect(incidentIdOf('key-1","a', '')).not.toBe(incidentIdOf('key-1', 'a'));
  expect(incidentIdOf('key-1', undefined)).not.toBe(incidentIdOf('key-1', undefined));
});

test('the same report is recognised whatever the order of its members, and after a change of keys', () => {
  const one = reportSchema.parse({ office: 'jia', situation: '测试' });
  const hash = bodyHash(keyring, one);
  expect(isSameBody(keyring, reportSchema.parse({ situation: '测试', office: 'jia' }), hash)).toBe(true);
  expect(isSameBody(keyring, { ...one, situation: '另一件' }, hash)).toBe(false);
  expect(hash).not.toContain('测试');
});

test("identities and free text stand apart; the year of the number is China's", () => {
  const body = reportSchema.parse({
    office: 'jia',
    situation: '测试情况',
    source: '测试来源',
    occurredAt: '昨晚',
    subjects: [{ name: '测试甲', phone: '000-1' }, { name: '测试乙' }],
  });
  const { personal, ...rest } = toReport(body, at);
  expect(personal).toEqual({
    situation: '测试情况',
    source: '测试来源',
    occurredAtAsGiven: '昨晚',
    'subject.1.name': '测试甲',
    'subject.1.phone': '000-1',
    'subject.2.name': '测试乙',
  });
  expect(JSON.stringify(rest)).not.toMatch(/测试|昨晚|000-1/);
  expect(rest.marks).toEqual(['occurredAtUnreadable']);
  expect(rest.numberSeries.year).toBe(2026);
});

test('代报: the caller is the reporter, sealed and not asked again; both times and the clerk are on record', () => {
  const body = reportSchema.parse({
    office: 'jia',
    situation: '测试情况',
    reportedBy: {
      name: '测试村民',
      number: '139 0000 0001',
      registeredBy: 'jia-1',
      calledAt: '2026-01-01T00:20:00+08:00',
    },
  });
  const { personal, ...rest } = toReport(body, at);
  expect(rest.onBehalf).toEqual({ registeredBy: 'jia-1', calledAt: '2025-12-31T16:20:00.000Z' });
  expect(personal).toMatchObject({ 'reporter.name': '测试村民', 'reporter.phone': '139 0000 0001' });
  expect(JSON.stringify(rest)).not.toMatch(/测试|0001/);
  expect(rest.missing.filter((name) => name.startsWith('reporter'))).toEqual([]);
  expect(rest.marks).toEqual([]);
  expect(toReport(reportSchema.parse({ office: 'jia', situation: '测试' }), at)).not.toHaveProperty(
    'onBehalf',
  );
});

test('代报 by nobody we know at a time nobody can read is an alarm all the same', () => {
  const reportedBy = { calledAt: '刚才', registeredBy: '测试值班员' };
  const { personal, ...rest } = toReport(
    reportSchema.parse({ office: 'jia', situation: '测试', reportedBy }),
    at,
  );
  expect(rest.onBehalf).toEqual({ registeredBy: null, calledAt: null });
  expect(rest.marks).toEqual(['unknownRegistrar', 'calledAtUnreadable']);
  expect(personal).toMatchObject({ calledAtAsGiven: '刚才', registeredByAsGiven: '测试值班员' });
  const ahead = { calledAt: '2026-01-02T00:00:00+08:00', registeredBy: 'jia-1' };
  const early = toReport(reportSchema.parse({ office: 'jia', situation: '测试', reportedBy: ahead }), at);
  expect(early.marks).toEqual(['calledInFuture']);
});

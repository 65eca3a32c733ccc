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

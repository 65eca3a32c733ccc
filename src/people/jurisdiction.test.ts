import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { isBodyWithin, isWithin, jurisdictionOf, officesOf, relation } from './jurisdiction.ts';
import { loadOrganisation, OrganisationError } from './organisation.ts';
import { organisationWith } from './testing.ts';

const SAMPLE = readFileSync('plans/organisation.sample.yaml', 'utf8');
const sample = loadOrganisation('plans/organisation.sample.yaml');

/** The problems of the sample with `was` replaced by `is`, and the line on which the replacement stands. */
function problemsWith(was: string, is: string) {
  if (!SAMPLE.includes(was)) throw new Error(`nothing to change: ${was}`);
  const text = SAMPLE.replace(was, () => is);
  const line = text.slice(0, text.indexOf(is)).split('\n').length;
  try {
    loadOrganisation({ name: 'organisation.yaml', text });
  } catch (error) {
    if (error instanceof OrganisationError) return { line, problems: error.problems };
    throw error;
  }
  throw new Error('it loaded');
}

test('a township reaches its own office, the banner both, and neighbours nothing of each other', () => {
  expect(officesOf(sample, 'town-jia')).toEqual(['jia']);
  expect(officesOf(sample, 'town-jia', true)).toEqual([]); // own: not what lies below
  expect(officesOf(sample, 'office-jia', true)).toEqual(['jia']);
  expect(officesOf(sample, 'banner')).toEqual(['jia', 'yi', 'bing']);
  expect(officesOf(sample, 'nowhere')).toEqual([]);
  expect(isWithin(sample, 'office-jia', 'city')).toBe(true);
  expect(isWithin(sample, 'city', 'office-jia')).toBe(false);
});

test('a relation says who is above whom', () => {
  expect(relation(sample, 'town-jia', 'town-jia')).toBe('own');
  expect(relation(sample, 'banner', 'office-jia')).toBe('parent');
  expect(relation(sample, 'office-jia', 'banner')).toBe('child');
  expect(relation(sample, 'town-jia', 'town-yi')).toBe('apart');
});

test('police stations, procuratorate and offices have their place by name', () => {
  expect(jurisdictionOf(sample, 'police-yi')).toBe('town-yi');
  expect(jurisdictionOf(sample, 'procuratorate')).toBe('banner');
  expect(jurisdictionOf(sample, 'jia')).toBe('office-jia');
  expect(jurisdictionOf(sample, 'nobody')).toBeNull();
});

test('a file without jurisdictions is one county with each office below it', () => {
  const plain = organisationWith('');
  expect(jurisdictionOf(plain, 'office')).toBe('office');
  expect(jurisdictionOf(plain, 'leaders')).toBe('invented');
  expect(relation(plain, 'invented', 'office')).toBe('parent');
  expect(officesOf(plain, 'invented')).toEqual(['office']);
});

test.each([
  [
    'an unknown parent',
    'level: township, within: banner }',
    'level: township, within: baner }',
    'there is no jurisdiction "baner"',
  ],
  [
    'a ring',
    'level: county, within: city }',
    'level: county, within: town-jia }',
    'this jurisdiction lies within itself',
  ],
  ['a second top', 'level: county, within: city }', 'level: county }', 'there is a top already'],
  [
    'a level below its own',
    'level: office, within: town-jia }',
    'level: county, within: town-jia }',
    'this is no higher level',
  ],
  [
    'a body in no known place',
    '    in: office-jia',
    '    in: office-ja',
    'there is no jurisdiction "office-ja"',
  ],
])('%s is a mistake of the file, with its line', (_name, was, is, problem) => {
  const { line, problems } = problemsWith(was, is);
  expect(problems).toContainEqual(expect.objectContaining({ line, problem }));
});

test('once there are jurisdictions, every body says in which it is', () => {
  const { problems } = problemsWith('    in: town-yi\n', '');
  expect(problems.map(({ problem }) => problem)).toEqual(['this body is in no jurisdiction']);
});

test('a body is within its own jurisdiction and those above; one without a place is the top’s alone', () => {
  expect(['office-jia', 'town-jia', 'city'].map((at) => isBodyWithin(sample, 'jia', at))).toEqual([
    true,
    true,
    true,
  ]);
  expect(['town-yi', 'office-yi', 'nowhere'].map((at) => isBodyWithin(sample, 'jia', at))).toEqual([
    false,
    false,
    false,
  ]);
  const { bodies, ...more } = sample;
  const placeless = { ...more, bodies: bodies.map((one) => ({ ...one, in: undefined })) };
  expect(['city', 'banner'].map((at) => isBodyWithin(placeless, 'jia', at))).toEqual([true, false]);
});

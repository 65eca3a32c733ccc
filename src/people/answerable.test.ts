import { expect, test } from '@jest/globals';
import { answerableFor, answersFor } from './answerable.ts';
import { loadOrganisation } from './organisation.ts';

const sample = loadOrganisation('plans/organisation.sample.yaml');
const leaders = ['dutyLeader', 'bureauChief'];
const of = (office: string, reporter: string | null) => answerableFor(sample, { office, reporter, leaders });

test('whoever of the office reported answers for it, under the head of the office', () => {
  expect(of('jia', 'jia-2')).toEqual({ person: 'jia-2', supervisor: 'jia-1' });
});

test('the head answers under the duty leader; so does the head for what nobody of the office is known to have reported', () => {
  expect(of('jia', 'jia-1')).toEqual({ person: 'jia-1', supervisor: 'deputy-1' });
  expect(of('jia', null)).toEqual({ person: 'jia-1', supervisor: 'deputy-1' });
  expect(of('jia', 'leading-1')).toEqual({ person: 'jia-1', supervisor: 'deputy-1' });
  expect(of('bing', 'bing-1')).toEqual({ person: 'bing-1', supervisor: 'deputy-1' }); // one person alone
});

test('where a leader is the next one, too, it is the one above', () => {
  expect(answerableFor(sample, { office: 'jia', reporter: null, leaders: ['bureauChief'] })).toEqual({
    person: 'jia-1',
    supervisor: 'chief',
  });
});

test('an officer is asked for their own office, a leader for all', () => {
  expect(answersFor(sample, 'jia-2', leaders)).toEqual(['jia']);
  expect(answersFor(sample, 'deputy-1', leaders)).toEqual(['jia', 'yi', 'bing']);
  expect(answersFor(sample, 'police-jia-1', leaders)).toEqual([]);
});

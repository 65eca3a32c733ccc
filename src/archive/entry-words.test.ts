import { expect, test } from '@jest/globals';
import { outcomeName } from '../documents/lists.ts';
import { loadPlan } from '../plan/load.ts';
import { CLOSED_AS, entryInWords, REPORTS, valueName, type BundleNames } from './entry-words.ts';

const names: BundleNames = {
  person: String,
  party: String,
  stage: String,
  branch: String,
  outcome: (_stage, outcome) => String(outcome),
};
const words = (kind: string, data: object) => entryInWords({ kind, data }, names);

test('the bundle tells of reports, instructions and drills in words', () => {
  const sent = { name: '首报', signed: false, old: null, by: 'jia-1' };
  expect(words('reportSent', sent)).toBe('jia-1 报送首报（未签发·先行告知）');
  const on = { channel: 'paper', party: 'city', decidedBy: 'chief', by: 'jia-1' };
  expect(words('reportHandedOn', on)).toBe('jia-1 登记送达（书面）：city，chief 决定');
  const instruction = { from: null, person: null, party: 'office', by: 'jia-1' };
  expect(words('instructionRecorded', instruction)).toBe('领导 批示，交 office 落实，jia-1 登记');
  expect(words('injectGiven', { inject: 2, by: 'jia-1' })).toBe('jia-1 注入情景 2');
  expect(words('drillEnded', { as: 'replaced', by: 'jia-1' })).toBe('jia-1 中止演练，转入真实处置');
  expect([CLOSED_AS.drillEnded, REPORTS.firstReport]).toEqual(['演练结束', '首报']);
});

test('what an entry keeps sealed has a name of its own', () => {
  for (const name of ['words', 'from.name', 'inject', 'receiver', 'knownElsewhere.who', 'knownElsewhere.at'])
    expect([name, /^[\u4e00-\u9fff]+$/.test(valueName(name))]).toEqual([name, true]);
});

test('an outcome has its name in each instance of a stage, and an end that nobody gave it has one, too', () => {
  const plan = loadPlan('plans/wushen-2025.yaml');
  expect(outcomeName(plan, 'reportReceipt_2', 'received')).toBe(
    outcomeName(plan, 'reportReceipt', 'received'),
  );
  expect(outcomeName(plan, 'reportReceipt_2', 'received')).not.toBe('received');
  expect(outcomeName(plan, 'reportReceipt_2', 'lapsed')).toBe('不再需要');
});

import { expect, test } from '@jest/globals';
import { loadPlan } from '../plan/load.ts';
import { planPart } from '../plan/part-of.ts';
import { effectsOfOutcome, effectsOfSwitch } from './effects.ts';
import type { KnownStages } from './known-stages.ts';
import { rehearse } from './rehearse.ts';

const plan = loadPlan('plans/wushen-2025.yaml');
const partOf = (branch: string) => planPart(plan, branch);
const stages = (all: Record<string, string | null>): KnownStages =>
  new Map(Object.entries(all).map(([name, outcome]) => [name, { outcome, begun: true }]));

test('查找未果 opens what the branch opens then, at one instant', async () => {
  const known = stages({ initialResponse: 'controlled', search: null });
  const said = await effectsOfOutcome(
    partOf('abscondingSearch'),
    known,
    { stage: 'search', outcome: 'searchFailed' },
    partOf,
  );
  expect(said.opens).toEqual(
    expect.arrayContaining(['reportTownship', 'reportLeadingGroup', 'policeNotice', 'jointSearch']),
  );
  expect(said.ends).toEqual([]);
});

test('what continues opens nothing and begins its limit anew', async () => {
  const known = stages({ search: null });
  const branch = partOf('abscondingSearch');
  const said = await effectsOfOutcome(branch, known, { stage: 'search', outcome: 'stillSearching' }, partOf);
  expect(said).toMatchObject({ continues: { within: { iso: expect.any(String) } }, opens: [], ends: [] });
});

test('found after 查找未果: a delivered notice is recalled, one that was not delivered is withdrawn', async () => {
  const search = { search: 'searchFailed', reportTownship: null, policePhone: null, signNotice: 'signed' };
  const found = (policeNotice: string | null) =>
    effectsOfOutcome(
      partOf('abscondingSearch'),
      stages({ ...search, policeNotice, jointSearch: null }),
      { stage: 'jointSearch', outcome: 'foundComplies' },
      partOf,
    );
  const delivered = await found('delivered');
  expect(delivered.opens).toEqual(expect.arrayContaining(['tellFound', 'recallNotice']));
  expect(delivered.ends).toEqual(['policePhone']);
  const waiting = await found(null);
  expect(waiting.opens).not.toContain('recallNotice');
  expect(waiting.ends).toEqual(expect.arrayContaining(['policePhone', 'policeNotice']));
});

test('the last duty that ends brings the proposal to close; silence on a search opens the reports', async () => {
  const known = stages({ search: 'foundComplies', initialResponse: 'controlled' });
  expect((await rehearse(partOf('abscondingSearch'), known)).opens).toEqual(['proposeClosing']);
  const asked = stages({ search: null, initialResponse: 'controlled' });
  expect((await rehearse(partOf('abscondingSearch'), asked, { silence: 'search' })).opens).toEqual(
    expect.arrayContaining(['reportTownship', 'reportLeadingGroup', 'signNotice']),
  );
});

test('another branch ends what it does not carry, and asks for the first response again', async () => {
  const known = stages({ initialResponse: 'controlled', counselling: null, closeMonitoring: null });
  const said = await effectsOfSwitch(partOf('violentAct'), known);
  expect(said.opens).toEqual(expect.arrayContaining(['initialResponse', 'policeCall', 'departure']));
  expect(said.opens).not.toContain('scene'); // nobody arrives before leaving
  expect(said.ends).toContain('counselling');
});

test.each(Object.keys(plan.branches))(
  'every outcome of every stage of %s can be foretold',
  async (branch) => {
    const part = partOf(branch);
    for (const [stage, { outcomes }] of Object.entries(part.branch.stages))
      for (const outcome of Object.keys(outcomes)) {
        const said = await effectsOfOutcome(part, stages({ [stage]: null }), { stage, outcome }, partOf);
        for (const name of said.opens) expect((said.branch ?? part).branch.stages).toHaveProperty(name);
      }
  },
);

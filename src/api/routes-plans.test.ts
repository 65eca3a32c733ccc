import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { keepPlanLive } from '../live-plan.ts';
import { livePlan } from '../plan/live-plan.ts';
import { loadPlan } from '../plan/load.ts';
import { planPart } from '../plan/part-of.ts';
import { broken, text, WUSHEN } from '../plan/testing.ts';
import { listChanges } from '../store/changes.ts';
import { openTestApi, signedIn, testAccount, type TestApi } from './testing.ts';

/** The plan over HTTP, on a real register: read, tried out, and put in force by two people. */
jest.setTimeout(120_000);

let api: TestApi;
const headers = {} as Record<'drafter' | 'approver' | 'officer', Record<string, string>>;
beforeAll(async () => {
  api = await openTestApi();
  const at = { jurisdiction: 'banner' };
  await testAccount(api, { name: 'drafter', role: 'bureauGeneralOffice', person: 'leading-2', ...at });
  await testAccount(api, { name: 'approver', role: 'leadingGroupOffice', person: 'leading-1', ...at });
  await testAccount(api, { name: 'officer', role: 'officer', person: 'jia-1', jurisdiction: 'office-jia' });
  for (const name of ['drafter', 'approver', 'officer'] as const) headers[name] = await signedIn(api, name);
});
afterAll(() => api.close());

type Who = keyof typeof headers | 'key';
async function ask<Body = Record<string, unknown>>(
  who: Who,
  method: 'GET' | 'POST',
  url: string,
  payload?: object,
) {
  const answer = await api.app.inject({
    method,
    url,
    headers: who === 'key' ? { authorization: `Bearer ${api.key}` } : headers[who],
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: answer.json<Body & { code: string }>() };
}

const file = loadPlan(WUSHEN);
const inForce = () => api.deps.plan.pin.hash;
const SEARCH = 'branches.abscondingSearch.stages.search.within';
const proposed = (more: object) =>
  ask<{ nr: number; kind: string; hash: string; changes: { text: string }[] }>(
    'drafter',
    'POST',
    '/api/plans/proposals',
    {
      reason: '测试理由',
      upon: inForce(),
      ...more,
    },
  );
const decided = (who: Who, nr: number, more: object = {}) =>
  ask<{ inForce: { hash: string } }>(who, 'POST', `/api/plans/proposals/${nr}/decision`, {
    reason: '测试理由',
    ...more,
  });

interface Shown {
  parties: { key: string; name: string; outside: boolean }[];
  clauses: {
    clause: string;
    duties: { stage: string; source: string; within: string | null; planText: string }[];
  }[];
}

test('the plan is read clause by clause, in the order of its numbers, beside its data', async () => {
  const { body } = await ask<Shown>('officer', 'GET', '/api/plans/wushen/inForce');
  const numbered = body.clauses.map(({ clause }) => clause).filter((clause) => /^四（.）$/.test(clause));
  expect(numbered).toEqual(['四（一）', '四（二）', '四（三）', '四（四）']);
  const search = body.clauses
    .find(({ clause }) => clause === '四（一）')!
    .duties.find(({ stage }) => stage === 'search');
  expect(search).toMatchObject({ source: 'plan', planText: '立即', within: 'PT4H' });
  const sources = body.clauses.flatMap(({ duties }) => duties.map(({ source }) => source));
  expect(new Set(sources)).toEqual(new Set(['plan', 'statutory', 'local']));
  const outside = body.parties.filter((party) => party.outside).map(({ key }) => key);
  expect(outside).toEqual(['policeStation', 'procuratorate', 'cityJusticeEmergencyOffice']);
  const unknown = await ask('officer', 'GET', '/api/plans/wushen/1999-01-01');
  expect([unknown.status, unknown.body.code]).toEqual([404, 'UNKNOWN_EDITION']);
});

test('a draft is checked as one types: every mistake with its place, else what it changes', async () => {
  const wrong = broken(['within: PT4H', 'within: soon'], ['chain: office', 'chain: offic']);
  const { body } = await ask('drafter', 'POST', '/api/plans/check', { text: wrong });
  expect(body).toMatchObject({ valid: false, kind: null });
  expect((body.problems as { code: string; path: string }[]).map(({ code, path }) => [code, path])).toEqual(
    expect.arrayContaining([['PLAN_INVALID', SEARCH]]),
  );
  const limit = await ask('drafter', 'POST', '/api/plans/check', {
    text: broken(['within: PT4H', 'within: PT3H']),
  });
  expect(limit.body).toMatchObject({ valid: true, kind: 'limits', changes: [{ group: 'limits' }] });
  const words = await ask('drafter', 'POST', '/api/plans/check', {
    text: broken(['name: 查找', 'name: 查寻']),
  });
  expect(words.body).toMatchObject({ valid: true, kind: 'revision' });
  expect((await ask('drafter', 'POST', '/api/plans/check', { text })).body).toMatchObject({
    kind: null,
    changes: [],
  });
});

test('a preview says who would be told minute by minute, of a draft as of an edition', async () => {
  const trial = { type: 'outOfSupervision', office: 'jia', at: '2025-10-01T02:13:00+08:00', minutes: 300 };
  const overdueIn = async (more: object) => {
    const { body } = await ask<{ lines: { what: string; stage: string; minutes: number }[] }>(
      'drafter',
      'POST',
      '/api/plans/preview',
      { ...trial, ...more },
    );
    return body.lines.find(({ what, stage }) => what === 'overdueNow' && stage === 'search')?.minutes;
  };
  expect(await overdueIn({})).toBe(240);
  expect(await overdueIn({ text: broken(['within: PT4H', 'within: PT1H']) })).toBe(60);
  const nowhere = await ask('drafter', 'POST', '/api/plans/preview', { ...trial, office: 'nowhere' });
  expect([nowhere.status, nowhere.body.code]).toEqual([422, 'UNKNOWN_OFFICE']);
  const noType = await ask('drafter', 'POST', '/api/plans/preview', { ...trial, type: 'noSuchType' });
  expect([noType.status, noType.body.code]).toEqual([422, 'UNKNOWN_EVENT_TYPE']);
});

test('limits change by two people: proposed by one, refused to the same and to who may not, in force at once everywhere', async () => {
  const other = livePlan(file);
  const elsewhere = keepPlanLive(api.register, other);
  const before = inForce();
  const underWay = planPart({ ...api.deps.plan }, 'abscondingSearch');

  const { status, body } = await proposed({ limits: [{ path: SEARCH, value: 'PT2H' }] });
  expect([status, body.kind]).toEqual([201, 'limits']);
  expect(body.changes.map(({ text }) => text)).toEqual([expect.stringContaining('PT4H → PT2H')]);
  expect(inForce()).toBe(before);

  // Whoever decides reads it first: what it changes, and whom it would have told.
  const { body: against } = await ask<{ changes: { text: string }[] }>(
    'approver',
    'GET',
    `/api/plans/wushen/${before}/diff?against=${body.hash}`,
  );
  expect(against.changes).toEqual(body.changes);
  const earlier = await proposed({ earlier: body.hash });
  expect([earlier.status, earlier.body.code]).toEqual([404, 'UNKNOWN_EDITION']);

  expect((await decided('officer', body.nr)).body.code).toBe('RIGHT_MISSING');
  const own = await ask('key', 'POST', `/api/plans/proposals/${body.nr}/decision`, {
    by: 'leading-2',
    reason: '同意',
  });
  expect([own.status, own.body.code]).toEqual([403, 'SAME_PERSON']);
  expect(inForce()).toBe(before);

  const approved = await decided('approver', body.nr);
  expect([approved.status, approved.body.inForce.hash]).toEqual([200, body.hash]);
  expect(planPart(api.deps.plan, 'abscondingSearch').branch.stages.search!.within?.iso).toBe('PT2H');
  await elsewhere.refresh();
  elsewhere.stop();
  expect(other.plan.pin.hash).toBe(body.hash);
  // What is under way has its part of the plan with it.
  expect(underWay.branch.stages.search!.within?.iso).toBe('PT4H');

  const again = await decided('approver', body.nr);
  expect([again.status, again.body.code]).toEqual([409, 'PROPOSAL_DECIDED']);
  const onRecord = await listChanges(api.register, { area: 'plan', limit: 50 });
  expect(onRecord.filter(({ subject }) => subject === 'edition in force')).toMatchObject([
    {
      area: 'plan',
      from: { hash: before },
      to: { hash: body.hash, decidedBy: 'leading-1', proposedBy: 'leading-2' },
    },
  ]);
});

test('of two proposals upon the same edition one is put in force, and the other is to be made anew', async () => {
  const [one, other] = [
    await proposed({ limits: [{ path: SEARCH, value: 'PT3H' }] }),
    await proposed({ limits: [{ path: SEARCH, value: null }] }),
  ];
  const answers = await Promise.all([decided('approver', one.body.nr), decided('approver', other.body.nr)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect(answers.find(({ status }) => status === 409)!.body.code).toBe('PLAN_OUTDATED');
  const late = await proposed({ upon: one.body.hash === inForce() ? other.body.hash : one.body.hash });
  expect([late.status, late.body.code]).toEqual([409, 'PLAN_OUTDATED']);
});

test('what is no limit of the bureau cannot pass for one', async () => {
  for (const path of ['title', 'branches.abscondingSearch.stages.search.planText', 'parties.nobody.within'])
    expect((await proposed({ limits: [{ path, value: 'PT1H' }] })).body.code).toBe('NOT_A_LIMIT');
  expect((await proposed({ limits: [{ path: SEARCH, value: 'soon' }] })).body.code).toBe('PLAN_INVALID');
  expect((await proposed({ text: api.deps.plan.text })).body.code).toBe('NOTHING_CHANGED');
});

test("a revision of the plan's own words needs its document's number, a scan and an edition of its own; and the way back is the same", async () => {
  const { documentNumber } = file;
  const revised = broken(['name: 查找', 'name: 查寻']);
  expect((await proposed({ text: revised })).body).toMatchObject({
    code: 'DOCUMENT_REQUIRED',
    documentNumber,
  });
  const document = { number: documentNumber, scanHash: 'a'.repeat(64) };
  expect((await proposed({ text: revised, document })).body.code).toBe('EDITION_NOT_NEW');
  const dated = revised.replace(`edition: ${file.pin.edition}`, 'edition: 2026-02-01');
  const { body } = await proposed({ text: dated, document });
  expect(body.kind).toBe('revision');
  expect((await decided('approver', body.nr)).status).toBe(200);
  expect(api.deps.plan.pin.edition).toBe('2026-02-01');

  const back = await proposed({ earlier: file.pin.hash });
  expect(back.body).toMatchObject({ kind: 'earlier', hash: file.pin.hash });
  expect((await decided('approver', back.body.nr)).status).toBe(200);
  expect(inForce()).toBe(file.pin.hash);

  const { body: shown } = await ask<{
    editions: { hash: string; inForce: boolean; published: object | null }[];
  }>('officer', 'GET', '/api/plans');
  expect(shown.editions.filter(({ inForce }) => inForce)).toMatchObject([
    { hash: file.pin.hash, published: { kind: 'earlier', decidedBy: 'leading-1' } },
  ]);
  expect(shown.editions.find(({ hash }) => hash === body.hash)?.published).toMatchObject({
    documentNumber,
    scanHash: document.scanHash,
  });
  const { body: diff } = await ask<{ changes: { text: string }[] }>(
    'officer',
    'GET',
    `/api/plans/wushen/${file.pin.hash}/diff?against=2026-02-01`,
  );
  expect(diff.changes.map(({ text }) => text)).toEqual(
    expect.arrayContaining([expect.stringContaining('“查找” → “查寻”')]),
  );
});

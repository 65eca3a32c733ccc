import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { toInstant } from '../incident/instant.ts';
import { dateOf, dayNumber } from '../people/calendar.ts';
import { dateAt } from '../people/roster.ts';
import { datePlus } from '../registers/period.ts';
import { listChanges } from '../store/changes.ts';
import { rowsOf } from '../store/open.ts';
import { promptRevision } from '../store/revision-prompts.ts';
import { sampleIncident } from '../store/sample-incident.ts';
import { openTestApi, signedIn, testAccount, testIncident, type TestApi } from './testing.ts';

/** 五（一）, 五（三）, 七, 九: study, screening and revision, as the office, the leading-group office and an auditor see them. */
jest.setTimeout(240_000);

type Headers = Record<string, string>;
let api: TestApi;
let officer: Headers;
let second: Headers;
let neighbour: Headers;
let leading: Headers;
let city: Headers;
beforeAll(async () => {
  api = await openTestApi();
  const account = async (name: string, role: string, jurisdiction: string, person: string | null) => {
    await testAccount(api, { name, role: role as 'officer', jurisdiction, person });
    return signedIn(api, name);
  };
  officer = await account('jia.one', 'officer', 'office-jia', 'jia-1');
  second = await account('jia.two', 'officer', 'office-jia', 'jia-2');
  neighbour = await account('yi.one', 'officer', 'office-yi', 'yi-1');
  leading = await account('leading', 'leadingGroupOffice', 'banner', 'leading-1');
  city = await account('city', 'cityOffice', 'city', null);
});
afterAll(() => api.close());

const today = dateAt(toInstant(Date.now()));
const dateIn = (days: number): string => dateOf(dayNumber(today) + days);

async function ask<T = Record<string, unknown>>(
  headers: Headers,
  method: string,
  url: string,
  body?: object,
) {
  const payload = body ? { payload: body } : {};
  const answer = await api.app.inject({ method: method as 'GET', url, headers, ...payload });
  return { status: answer.statusCode, body: (answer.body ? answer.json() : null) as T };
}
const because = (reason: string): Headers => ({ 'x-reason': encodeURIComponent(reason) });

interface Study {
  dueOn: string | null;
  within: string | null;
  own: { studiedOn: string | null; isOverdue: boolean; duties: { clause: string; duty: string }[] } | null;
  bodies: { id: string; done: number; overdue: number; people: { id: string; studiedOn: string | null }[] }[];
}
const studyOf = async (headers: Headers) => (await ask<Study>(headers, 'GET', '/api/study')).body;
const hash = () => api.deps.plan.pin.hash;

test('an officer reads their own duties and says that they have studied; the office and those above see who is missing', async () => {
  const before = await studyOf(officer);
  expect(before).toMatchObject({ within: null, dueOn: null, own: { studiedOn: null, isOverdue: false } });
  expect(before.own!.duties).toContainEqual(expect.objectContaining({ clause: '四（一）' }));
  expect(before.bodies.map(({ id, done }) => [id, done])).toEqual([['jia', 0]]);

  expect((await ask(officer, 'POST', '/api/study', { hash: hash() })).status).toBe(204);
  expect((await ask(officer, 'POST', '/api/study', { hash: hash() })).status).toBe(204);
  expect((await ask(officer, 'POST', '/api/study', { hash: hash(), by: 'jia-2' })).status).toBe(403);
  const stale = await ask(officer, 'POST', '/api/study', { hash: '0'.repeat(64) });
  expect(stale).toMatchObject({ status: 409, body: { code: 'PLAN_OUTDATED' } });

  const seen = (await studyOf(leading)).bodies.find(({ id }) => id === 'jia')!;
  expect(seen.people.map(({ id, studiedOn }) => [id, studiedOn])).toEqual([
    ['jia-1', today],
    ['jia-2', null],
  ]);
  const others = (await studyOf(leading)).bodies.map(({ id }) => id);
  expect(others).toContain('leading-group-office');
  expect(others.filter((id) => /police|city/.test(id))).toEqual([]); // no bodies of ours
  expect((await studyOf(neighbour)).bodies.map(({ id }) => id)).toEqual(['yi']);
});

test('the head of the office records an organised session with its list; nobody else of it, and not for a day to come', async () => {
  const session = { body: 'jia', heldOn: today, people: ['jia-1', 'jia-2'], hash: hash() };
  const of = (headers: Headers, more: object = {}) =>
    ask(headers, 'POST', '/api/study/sessions', { ...session, ...more });
  expect(await of(second)).toMatchObject({ status: 403, body: { code: 'NOT_THE_HEAD' } });
  expect(await of(neighbour)).toMatchObject({ status: 403, body: { code: 'BODY_OUT_OF_REACH' } });
  expect(await of(officer, { people: ['yi-1'] })).toMatchObject({
    status: 422,
    body: { code: 'UNKNOWN_PERSON', people: ['yi-1'] },
  });
  expect(await of(officer, { heldOn: dateIn(1) })).toMatchObject({ body: { code: 'DATE_UNUSABLE' } });
  expect(await of(officer, { heldOn: '2025-01-16' })).toMatchObject({ body: { code: 'DATE_UNUSABLE' } });
  expect((await of(officer)).status).toBe(201);
  expect((await studyOf(second)).own).toMatchObject({ studiedOn: today });
  expect((await of(leading, { body: 'yi', people: ['yi-2'] })).status).toBe(201); // from above
});

test('without a limit nobody is overdue; the bureau sets one on record, counted from when the edition was first here', async () => {
  expect((await ask(officer, 'PUT', '/api/register-limits', { name: 'study', period: 'P30D' })).status).toBe(
    403,
  );
  const set = (period: string | null) =>
    ask(leading, 'PUT', '/api/register-limits', { name: 'study', period });
  expect((await set('P1Y')).status).toBe(422);
  expect(await set('P30D')).toMatchObject({ status: 200, body: { study: 'P30D', screening: null } });
  expect(await studyOf(neighbour)).toMatchObject({ dueOn: dateIn(30), own: { isOverdue: false } });
  const [change] = await listChanges(api.register, { area: 'plan', limit: 1 });
  expect(change).toMatchObject({ subject: 'limit registers.study', from: null, to: 'P30D', by: 'leading-1' });

  await api.register.db.execute(
    sql`update plan_edition set first_seen_at = first_seen_at - interval '31 days'`,
  );
  expect(await studyOf(neighbour)).toMatchObject({ dueOn: dateIn(-1), own: { isOverdue: true } });
  const { bodies } = await studyOf(city);
  expect(bodies.find(({ id }) => id === 'bing')).toMatchObject({ done: 0, overdue: 1 });
  expect(bodies.find(({ id }) => id === 'jia')).toMatchObject({ done: 2, overdue: 0 });
  expect((await set(null)).status).toBe(200);
  expect(await studyOf(neighbour)).toMatchObject({ dueOn: null, own: { isOverdue: false } });
});

test('other limits open no new study, a new edition does', async () => {
  const { plan } = api.deps;
  const shown = async (edition: string, nr: number, text = plan.text) => {
    await api.register.db.execute(
      sql`insert into plan_proposal (key, edition, hash, text, kind, upon, proposed_by, reason, decision, decided_at, publication)
          values (${plan.pin.key}, ${edition}, ${`h${nr}`}, ${text}, 'revision', 'x', 'x', 'x', 'approved', now(), ${nr})`,
    );
    await api.register.db.execute(
      sql`insert into plan_edition (key, edition, hash, text) values (${plan.pin.key}, ${edition}, ${`h${nr}`}, ${text})`,
    );
    await api.deps.refreshPlan();
  };
  await shown(plan.pin.edition, 1, plan.text.replace('remindEvery: PT12H', 'remindEvery: PT11H'));
  expect((await studyOf(officer)).own).toMatchObject({ studiedOn: today });
  const revised = plan.text.replace(/^edition: .*$/m, 'edition: 2026-11-01');
  await shown('2026-11-01', 2, revised);
  expect((await studyOf(officer)).own).toMatchObject({ studiedOn: null });
  expect((await ask(officer, 'POST', '/api/study', { hash: hash() })).status).toBe(204);
  expect((await studyOf(officer)).own).toMatchObject({ studiedOn: today });
});

interface Screenings {
  period: string | null;
  offices: {
    id: string;
    last: string | null;
    dueOn: string | null;
    isOverdue: boolean;
    overdueFindings: number;
  }[];
  rounds: {
    id: string;
    office: string;
    findings: { id: string; isOverdue: boolean; endedAt: string | null }[];
  }[];
}
const screeningsOf = async (headers: Headers) =>
  (await ask<Screenings>(headers, 'GET', '/api/screenings')).body;

const FILE = '矫档〔2026〕0042号';
const found = {
  risk: 'revenge',
  file: FILE,
  situation: '虚构：与邻居口角，扬言报复',
  measure: '每周走访，教育疏导',
  owner: 'jia-2',
  dueOn: dateIn(-1),
};
const round = { office: 'jia', heldOn: dateIn(-10), participants: ['jia-1', 'jia-2'], findings: [found] };

test('an office records a round; what it found is read for a logged reason alone, and stands sealed', async () => {
  expect(await ask(neighbour, 'POST', '/api/screenings', round)).toMatchObject({
    status: 403,
    body: { code: 'BODY_OUT_OF_REACH' },
  });
  expect(
    await ask(officer, 'POST', '/api/screenings', { ...round, participants: ['police-jia-1'] }),
  ).toMatchObject({ status: 422, body: { code: 'UNKNOWN_PERSON' } });
  const early = { ...round, findings: [{ ...found, dueOn: dateIn(-11) }] };
  expect(await ask(officer, 'POST', '/api/screenings', early)).toMatchObject({
    status: 422,
    body: { code: 'DUE_DATE_UNUSABLE' },
  });
  expect((await ask(officer, 'POST', '/api/screenings', round)).status).toBe(201);

  const seen = await screeningsOf(city);
  expect(JSON.stringify(seen)).not.toMatch(/0042|报复|走访/);
  expect(seen.rounds[0]!.findings).toMatchObject([{ isOverdue: true, endedAt: null }]);
  expect((await screeningsOf(neighbour)).rounds).toEqual([]);

  const url = `/api/screenings/findings/${seen.rounds[0]!.findings[0]!.id}`;
  expect(await ask(officer, 'GET', url)).toMatchObject({ status: 422, body: { code: 'REASON_REQUIRED' } });
  expect((await ask({ ...neighbour, ...because('好奇') }, 'GET', url)).status).toBe(404);
  expect((await ask({ ...city, ...because('检查') }, 'GET', url)).status).toBe(403);
  const read = await ask({ ...officer, ...because('跟进') }, 'GET', url);
  expect(read.body).toMatchObject({ file: FILE, situation: found.situation, measure: found.measure });
  const [logged] = await listChanges(api.register, { area: 'reads', limit: 1 });
  expect(logged).toMatchObject({ by: 'jia-1', to: { office: 'jia' }, personal: ['to.reason'] });
  expect(logged!.subject).toContain('screening finding');

  const rows = await rowsOf<Record<string, unknown>>(api.register.db, sql`select * from screening_finding`);
  const clear = rows.map((row) =>
    Object.values(row)
      .map((v) => (v instanceof Uint8Array ? Buffer.from(v).toString() : String(v)))
      .join(' '),
  );
  expect(clear.join(' ')).not.toMatch(/0042|报复|走访/);
});

test('a follow-up is ended once, with what came of it; a round that is due is told from the last one', async () => {
  const { id } = (await screeningsOf(officer)).rounds[0]!.findings[0]!;
  const end = `/api/screenings/findings/${id}/end`;
  expect((await ask(neighbour, 'POST', end, { result: '已化解' })).status).toBe(404);
  expect((await ask(officer, 'POST', end, { result: '双方和解，已化解' })).status).toBe(204);
  expect(await ask(second, 'POST', end, { result: '再办' })).toMatchObject({
    status: 409,
    body: { code: 'FINDING_ENDED' },
  });
  const read = await ask({ ...officer, ...because('复核') }, 'GET', end.replace('/end', ''));
  expect(read.body).toMatchObject({ result: '双方和解，已化解', isOverdue: false });

  const before = await screeningsOf(leading);
  expect(before).toMatchObject({ period: null });
  expect(before.offices.every(({ dueOn, isOverdue }) => dueOn === null && !isOverdue)).toBe(true);
  await ask(leading, 'PUT', '/api/register-limits', { name: 'screening', period: 'P7D' });
  const jia = (await screeningsOf(leading)).offices.find((one) => one.id === 'jia');
  expect(jia).toMatchObject({ last: dateIn(-10), dueOn: dateIn(-3), isOverdue: true });
  const yi = (await screeningsOf(leading)).offices.find((one) => one.id === 'yi');
  expect(yi).toMatchObject({ last: null, dueOn: dateIn(7), isOverdue: false }); // from when it was set
  await ask(leading, 'PUT', '/api/register-limits', { name: 'screening', period: 'P1M' });
  expect((await screeningsOf(leading)).offices[0]).toMatchObject({ dueOn: datePlus(dateIn(-10), 'P1M') });
});

interface Prompt {
  id: string;
  cause: string;
  number: string | null;
  words: string | null;
  decision: string | null;
  decidedByName: string | null;
}
const prompts = async () => (await ask<Prompt[]>(officer, 'GET', '/api/revision-prompts')).body;

test('an investigation, a drill and a change of law each ask once whether the plan is to be revised', async () => {
  const { id } = await testIncident(api.register, 'jia');
  expect(await prompts()).toEqual([]);
  await api.register.db.execute(
    sql`insert into stage (incident_id, stage_id, opening, entry, stage, stage_name, clause, source, owner, duty, opened_at, resolved_at, outcome, resolved_by)
        values (${id}, '3.investigationReport', 1, 3, 'investigationReport', '调查报告', '六（一）', 'plan', 'bureauGeneralOffice', '起草', now(), now(), 'done', 'office-1')`,
  );
  const drill = {
    cause: 'drill' as const,
    incidentId: sampleIncident().id,
    raisedBy: 'leading-1',
    words: null,
  };
  for (let time = 0; time < 2; time += 1)
    await promptRevision(api.register, { ...drill, raisedAt: '2026-03-07T00:00:00.000Z' });
  const law = { what: '虚构办法第三条修改', source: '虚构文件〔2026〕9号' };
  expect((await ask(officer, 'POST', '/api/revision-prompts', law)).status).toBe(403);
  expect((await ask(leading, 'POST', '/api/revision-prompts', law)).status).toBe(204);

  const open = await prompts();
  expect(open.map(({ cause }) => cause).sort()).toEqual(['drill', 'investigation', 'lawChange']);
  expect(open.find(({ cause }) => cause === 'lawChange')!.words).toBe(
    '虚构办法第三条修改\n来源：虚构文件〔2026〕9号',
  );
  expect(open.find(({ cause }) => cause === 'investigation')!.number).toMatch(/^WS-2026-/);
  expect(await prompts()).toHaveLength(3);
});

test('a named person decides each once: revised, and where; or no need, and why. It is on the change record', async () => {
  const [first, next] = await prompts();
  const decide = (id: string, body: object, headers = leading) =>
    ask(headers, 'POST', `/api/revision-prompts/${id}/decision`, body);
  const noNeed = { decision: 'noNeed', reason: '现行条款已涵盖' };
  expect((await decide(first!.id, noNeed, officer)).status).toBe(403);
  expect((await decide(first!.id, { decision: 'revised', reason: '已修订' })).status).toBe(422);
  const nowhere = { decision: 'revised', reason: '已修订', edition: 'f'.repeat(64) };
  expect(await decide(first!.id, nowhere)).toMatchObject({ status: 404, body: { code: 'UNKNOWN_EDITION' } });
  expect((await decide(first!.id, { ...nowhere, edition: hash() })).status).toBe(204);
  expect((await decide(next!.id, noNeed)).status).toBe(204);
  expect(await decide(next!.id, noNeed)).toMatchObject({ status: 404, body: { code: 'UNKNOWN_PROMPT' } });

  const all = await prompts();
  expect(all.map(({ decision }) => decision)[0]).toBeNull(); // what waits comes first
  expect(all.find(({ id }) => id === next!.id)).toMatchObject({ ...noNeed, decidedByName: '演示旗办一' });
  const [change] = await listChanges(api.register, { area: 'plan', limit: 1 });
  expect(change).toMatchObject({ subject: `revision prompt ${next!.id}`, personal: ['to.reason'] });
});

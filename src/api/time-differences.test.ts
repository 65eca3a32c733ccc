import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { ROUTE_RIGHTS } from '../accounts/rights.ts';
import type { Role } from '../accounts/roles.ts';
import type { Entry, NewEntry } from '../incident/entry.ts';
import { NO_ANCHOR, type Anchor, type IncidentId } from '../incident/ids.ts';
import { plus } from '../incident/instant.ts';
import { elsewhereFacts } from '../incident/known-elsewhere.ts';
import { append } from '../store/append.ts';
import { auditRegister } from '../store/audit.ts';
import { identityReads } from '../store/personal.ts';
import { accountabilityEntry } from '../store/tables-accountability.ts';
import { openTestApi, signedIn, testAccount, type TestApi } from './testing.ts';

/**
 * The office knew at 09:20, the police at 10:00, it was reported at 14:00 (China time). Everybody in it is fictional. Shown to two
 * people; said by nobody but a signed conclusion.
 */
jest.setTimeout(240_000);

const FOUR_WORDS = /迟报|谎报|瞒报|漏报/;
const [KNOWN, POLICE, REPORTED] = ['01:20', '02:00', '06:00'].map((time) => `2026-03-04T${time}:00.000Z`) as [
  string,
  string,
  string,
];
type Headers = Record<string, string>;
const WHO: Record<string, { role: Role; person: string | null; jurisdiction: string }> = {
  'jia.two': { role: 'officer', person: 'jia-2', jurisdiction: 'office-jia' }, // reported it
  'jia.one': { role: 'officer', person: 'jia-1', jurisdiction: 'office-jia' }, // heads the office
  'yi.one': { role: 'officer', person: 'yi-1', jurisdiction: 'office-yi' },
  township: { role: 'townshipCommand', person: 'township-jia-1', jurisdiction: 'town-jia' },
  leading: { role: 'leadingGroupOffice', person: 'leading-1', jurisdiction: 'banner' },
  general: { role: 'bureauGeneralOffice', person: 'general-1', jurisdiction: 'banner' },
  leader: { role: 'dutyLeader', person: 'deputy-1', jurisdiction: 'banner' },
  chief: { role: 'bureauLeader', person: 'chief', jurisdiction: 'banner' },
  city: { role: 'cityOffice', person: null, jurisdiction: 'city' },
  admin: { role: 'administrator', person: null, jurisdiction: 'city' },
  auditor: { role: 'auditor', person: null, jurisdiction: 'city' },
};
const sessions: Record<string, Headers> = {};
let api: TestApi;
let incident: IncidentId;
let end: Anchor;

beforeAll(async () => {
  api = await openTestApi();
  let reporter = '';
  for (const [name, values] of Object.entries(WHO)) {
    const { id } = await testAccount(api, { name, ...values });
    sessions[name] = await signedIn(api, name);
    if (name === 'jia.two') reporter = id;
  }
  ({ id: incident, anchor: end } = await keep(story(`account-${reporter}`)));
});
afterAll(() => api.close());

/** As a workflow would note it: reported late in the day, what the police say, a final report, and the end of the response. */
const story = (apiKeyId: string, more: NewEntry[] = []): NewEntry[] => [
  {
    kind: 'incidentReported',
    data: {
      plan: api.deps.plan.pin,
      drill: false,
      eventType: 'abscondence',
      office: 'jia',
      parent: null,

      occurredAt: KNOWN,
      discoveredAt: KNOWN,
      receivedAt: REPORTED,
      subjects: 1,
      missing: [],
      marks: [],
      bodyHash: 'k1:0',
      apiKeyId,
      numberSeries: { prefix: 'YS', year: 2026, drill: false },
    },
    personal: { situation: '测试情况', place: '测试地点', 'subject.1.name': '测试甲' },
  },
  {
    kind: 'branchEntered',
    data: {
      entry: 1,
      branch: 'abscondingSearch',
      branchName: '脱管失控',
      clause: '四（一）',
      runId: 'run-1',
      by: null,
      chosen: 'plan',
    },
  },
  {
    kind: 'factsAdded',
    data: { by: 'leading-1', names: Object.keys(elsewhereFacts({ who: '', at: '', source: '' })) },
    personal: elsewhereFacts({ who: '测试派出所', at: POLICE, source: '接处警登记第三页' }),
  },
  {
    kind: 'reportRecorded',
    data: { report: 1, kind: 'finalReport', verifying: [], by: 'jia-1' },
    personal: Object.fromEntries(
      ['kind', 'time', 'place', 'persons', 'development', 'measures'].map((name) => [
        `element.${name}`,
        '测试要素',
      ]),
    ),
  },
  ...more,
];

async function keep(entries: NewEntry[]): Promise<{ id: IncidentId; anchor: Anchor }> {
  const id = randomUUID() as IncidentId;
  const timed = entries.map(
    (entry, index) => ({ ...entry, seq: index + 1, at: plus(REPORTED, index * 60_000) }) as Entry,
  );
  const { anchor } = await append(api.register, { incidentId: id, entries: timed }, NO_ANCHOR);
  return { id, anchor };
}

const ask = async (method: string, url: string, headers: Headers, payload?: object) => {
  const answer = await api.app.inject({
    method: method as 'GET',
    url,
    headers,
    ...(payload ? { payload } : {}),
  });
  const isJson = /[/+]json/.test(String(answer.headers['content-type']));
  const body = (isJson ? answer.json() : null) as any; // eslint-disable-line @typescript-eslint/no-explicit-any
  return { status: answer.statusCode, body, text: answer.body };
};
const read = async (name: string, of: IncidentId = incident, more: Record<string, string> = {}) => {
  const { body } = await ask('GET', '/api/time-differences', { ...sessions[name]!, ...more });
  return body.find((each: { incident: string }) => each.incident === of);
};

test('four times stand beside each report and recipient, to everybody who may read the incident', async () => {
  const url = `/api/incidents/${incident}/times`;
  const plain = await ask('GET', url, sessions.township!);
  expect(plain.body).toMatchObject({ identities: 'withheld' });
  expect(plain.body.times[0]).toMatchObject({
    of: 'firstReport',
    discovered: { at: KNOWN, source: 'officeReport' },
    received: { at: REPORTED, source: 'apiClock' },
  });
  expect(plain.body.times[1]).toMatchObject({
    of: 'knownElsewhere',
    discovered: { at: null, by: 'leading-1' },
  });
  const why = { ...sessions.township, 'x-reason': encodeURIComponent('核对时间') };
  const open = await ask('GET', url, why);
  expect(open.body.times[1]).toMatchObject({ partyName: '测试派出所', discovered: { at: POLICE } });
});

test('the difference is shown with both times and their sources to the one who reported and to the head of the office', async () => {
  for (const [name, role] of [
    ['jia.two', 'person'],
    ['jia.one', 'supervisor'],
  ] as const) {
    const { differences, conclusion } = await read(name);
    expect(conclusion).toBeNull();
    expect(differences).toMatchObject([
      {
        kind: 'longBeforeReport',
        role,
        person: 'jia-2',
        supervisor: 'jia-1',
        limit: { within: 'PT2H', source: 'local' },
        times: [
          { label: 'discovered', at: KNOWN, source: 'officeReport' },
          { label: 'reported', at: REPORTED, source: 'apiClock' },
        ],
      },
      {
        kind: 'knownElsewhere',
        role,
        who: '测试派出所',
        source: '接处警登记第三页',
        times: [
          { label: 'discovered', at: KNOWN, source: 'officeReport' },
          { label: 'knownElsewhere', at: POLICE, source: 'elsewhere', by: 'leading-1' },
          { label: 'reported', at: REPORTED, source: 'apiClock' },
        ],
      },
    ]);
  }
});

const MARKERS = ['说明甲乙丙', '核实意见丁戊己', '勘验结果庚辛壬'];

test('one explains, the other says what comes of it; each only their own part, and the aftermath adds what it verified', async () => {
  const url = (what: string) => `/api/time-differences/${incident}/${what}`;
  const difference = (await read('jia.two')).differences[1].difference as string;
  const explanation = { difference, text: `${MARKERS[0]}：当时在入户查找，不是迟报。` }; // his own words, whatever they are
  const word = { difference, word: 'lookedAt', note: MARKERS[1] };
  expect(await ask('POST', url('explanation'), sessions['jia.one']!, explanation)).toMatchObject({
    status: 403,
  });
  expect(await ask('POST', url('judgement'), sessions['jia.two']!, word)).toMatchObject({ status: 403 });
  expect(await ask('POST', url('explanation'), sessions['jia.two']!, explanation)).toMatchObject({
    status: 200,
  });
  expect(await ask('POST', url('judgement'), sessions['jia.one']!, word)).toMatchObject({ status: 200 });
  const accusing = { difference, word: 'toInvestigation', note: '属于瞒报' };
  expect((await ask('POST', url('judgement'), sessions['jia.one']!, accusing)).body.code).toBe(
    'ACCUSING_WORD',
  );
  await ask('POST', url('judgement'), sessions['jia.one']!, { difference, word: 'toInvestigation' });
  expect((await read('jia.two')).differences[1].said).toMatchObject([
    { by: 'jia-2', what: 'explained', text: explanation.text },
    { by: 'jia-1', what: 'lookedAt', text: MARKERS[1] },
    { by: 'jia-1', what: 'toInvestigation', text: null },
  ]);

  const verified = {
    about: 'contradicted',
    report: 1,
    element: 'persons',
    at: POLICE,
    confirmed: MARKERS[2],
    source: '现场勘验笔录',
  };
  const facts = `/api/incidents/${incident}/verified-facts`;
  expect(await ask('POST', facts, sessions['jia.two']!, verified)).toMatchObject({ status: 403 });
  const early = { ...verified, about: 'unreported' };
  expect((await ask('POST', facts, sessions.general!, early)).body.code).toBe('RESPONSE_GOES_ON');
  expect((await ask('POST', facts, sessions.general!, { ...verified, report: 9 })).body.code).toBe(
    'UNKNOWN_REPORT',
  );
  expect(await ask('POST', facts, sessions.general!, verified)).toMatchObject({ status: 200 });
  // The final report was the head's own: its supervisor is the duty leader, who sees this one and no other.
  expect((await read('leader')).differences).toMatchObject([
    { kind: 'contradicted', person: 'jia-1', supervisor: 'deputy-1', confirmed: MARKERS[2], report: 1 },
  ]);
  expect((await read('jia.two')).differences).toHaveLength(2);
});

/** Every address that can be read: of this incident, and of all. */
const addresses = (): string[] =>
  Object.keys(ROUTE_RIGHTS)
    .filter((route) => route.startsWith('GET /api') && !route.endsWith('*'))
    .map((route) => route.slice('GET '.length))
    .filter(
      (url) => !/openapi|events|oidc|health|\/api\/audit|\/api\/plans|\/api\/time-differences/.test(url),
    )
    .map((url) => url.replace('/api/incidents/:id', `/api/incidents/${incident}`))
    .map((url) => url.replace(':person', 'jia-2').replace(':body', 'jia').replace(/:\w+/g, 'x'));
const TRACES = [...MARKERS, 'longBeforeReport', '时间差异', 'toInvestigation', 'noFurtherQuestion'];

test('nobody else is shown any of it: every address is asked as every role and with the full key', async () => {
  const key = { authorization: `Bearer ${api.key}` };
  const why = { 'x-reason': encodeURIComponent('核对') };
  const others = [...Object.entries(sessions), ['key', key] as const];
  for (const [name, headers] of others) {
    const answers = await Promise.all(
      addresses().map(async (url) => [url, (await ask('GET', url, { ...headers, ...why })).text] as const),
    );
    for (const [url, text] of answers) {
      for (const trace of TRACES) expect([name, url, text.includes(trace)]).toEqual([name, url, false]);
      expect([name, url, FOUR_WORDS.test(text)]).toEqual([name, url, false]);
    }
    if (['jia.one', 'jia.two', 'leader'].includes(name)) continue;
    const own = await ask('GET', '/api/time-differences', headers);
    if (name === 'key') expect(own).toMatchObject({ status: 403, body: { code: 'PERSONS_ALONE' } });
    else expect([name, own.body]).toEqual([name, []]);
    const said = await ask('POST', `/api/time-differences/${incident}/judgement`, headers, {
      difference: 'report.0',
      word: 'lookedAt',
    });
    expect([name, [403, 404].includes(said.status)]).toEqual([name, true]);
  }
  expect((await ask('GET', '/api/time-differences', {})).status).toBe(401);
});

test('the investigation concludes: only its signed report says the word, and the difference refers to it', async () => {
  const ended: Entry = {
    seq: end.seq + 1,
    at: plus(REPORTED, 3_600_000),
    kind: 'responseEnded',
    data: { by: 'leading-1', proposedBy: 'jia-1' },
  };
  await append(api.register, { incidentId: incident, entries: [ended] }, end);
  const url = `/api/incidents/${incident}/documents`;
  const fields = {
    cause: '测试起因',
    responsibility: '认定为迟报',
    lessons: '测试教训',
    corrections: '测试整改',
  };
  const drafted = await ask('POST', url, sessions.general!, { template: 'investigation-report', fields });
  expect(drafted.status).toBe(201);
  expect((await read('jia.two')).conclusion).toBeNull(); // unsigned: nobody has concluded anything
  const { id, digest } = drafted.body;
  const why = { 'x-reason': encodeURIComponent('核对') };
  const reading = (what: string, name: string) =>
    ask('GET', `${url}/${id}/${what}`, { ...sessions[name]!, ...why });
  for (const what of ['preview', 'differences']) {
    const isSaid = async (name: string) => FOUR_WORDS.test((await reading(what, name)).text);
    for (const name of ['general', 'chief'])
      expect([what, name, await isSaid(name)]).toEqual([what, name, true]); // who drafts it, who signs it
    for (const name of Object.keys(sessions).filter((name) => !['general', 'chief'].includes(name)))
      expect([what, name, await isSaid(name)]).toEqual([what, name, false]);
  }
  const signed = await ask('POST', `${url}/${id}/signature`, sessions.chief!, { digest });
  expect(signed).toMatchObject({ status: 200, body: { status: 'signed' } });
  const readings = () => identityReads(api.register, incident);
  const before = (await readings()).length;
  const { number } = signed.body;
  expect((await read('jia.two')).conclusion).toMatchObject({ number, says: null }); // no reason, no text
  expect(await readings()).toHaveLength(before);
  const { conclusion, differences } = await read('jia.two', incident, why);
  expect((await readings()).slice(before)).toMatchObject([
    { reason: '核对', route: 'GET /api/incidents/{id}/documents/{document}' },
  ]);
  expect(conclusion).toMatchObject({
    document: id,
    number: signed.body.number,
    signedBy: 'chief',
    says: [{ label: '责任认定', text: '认定为迟报' }],
  });
  expect(
    FOUR_WORDS.test(JSON.stringify(differences.map(({ said: _, ...rest }: { said: unknown }) => rest))),
  ).toBe(false);
});

test('case 3: closed as a false alarm, nothing is shown, and nothing can be added', async () => {
  const { data } = story('key')[0] as { data: { apiKeyId: string } };
  const reporter = (await ask('GET', '/api/session', sessions['jia.two']!)).body.account?.id as string;
  data.apiKeyId = `account-${reporter}`;
  const { id } = await keep(
    story(data.apiKeyId, [
      {
        kind: 'incidentClosed',
        data: { by: 'leading-1', proposedBy: 'jia-2', as: 'falseAlarm', mergedInto: null },
        personal: { reason: '核实不属实：宰羊' },
      },
    ]),
  );
  for (const name of Object.keys(sessions).filter((name) => !['city', 'admin', 'auditor'].includes(name)))
    expect([name, await read(name, id)]).toEqual([name, undefined]);
  const body = { about: 'contradicted', at: POLICE, confirmed: '宰羊', source: '监控' };
  const said = await ask('POST', `/api/incidents/${id}/verified-facts`, sessions.general!, body);
  expect(said).toMatchObject({ status: 409, body: { code: 'NOTHING_TO_VERIFY' } });
});

test('every reading is on record, in a chain that an audit verifies and whose changed word it names', async () => {
  const { db } = api.register;
  const rows = await db
    .select()
    .from(accountabilityEntry)
    .where(eq(accountabilityEntry.incidentId, incident));
  const readers = new Set(rows.filter(({ kind }) => kind === 'read').map(({ by }) => by));
  expect(readers).toEqual(new Set(['jia-1', 'jia-2', 'deputy-1']));
  expect(JSON.stringify(rows)).not.toContain(MARKERS[0]); // sealed
  const problems = async () =>
    (await auditRegister(api.register)).problems.filter(({ text }) => text.includes('accountability'));
  expect(await problems()).toEqual([]);
  const judged = rows.find(({ kind }) => kind === 'judged')!;
  await db
    .update(accountabilityEntry)
    .set({ data: { ...judged.data, word: 'noFurtherQuestion' } })
    .where(eq(accountabilityEntry.hash, judged.hash));
  expect(await problems()).toMatchObject([{ incidentId: incident, seq: judged.seq, code: 'CHANGED_ENTRY' }]);
});

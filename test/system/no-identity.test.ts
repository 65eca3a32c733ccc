import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { IncidentId } from '../../src/incident/ids.ts';
import { incidentOf, type Accepted, type LiveIncident } from '../harness/incident.ts';
import { addressOf, receiptLink } from '../harness/mail.ts';
import { openColumns } from '../harness/open-columns.ts';
import { LONG_PLAN, startSystem, type System } from '../harness/system.ts';
import { tracesOf } from '../harness/traces.ts';

/**
 * No name, phone or narrative of a subject stands in clear anywhere (what must always hold, 6). An incident runs through
 * every act, with sends that fail, and then all that is at rest is searched, by a search that is shown to find.
 */
jest.setTimeout(240_000);

/** Everything that is personal here; nobody is called so, and no word of it stands anywhere else. */
const SECRETS = {
  name: '测试䶮𠮷甲',
  file: '演示档案7731号',
  phone: '000-7731-4466',
  reporter: '测试䶮𠮷乙',
  reporterPhone: '000-7731-5577',
  situation: '情况记号䶮壹',
  place: '地点记号䶮贰',
  source: '来源记号䶮叁',
  measures: '措施记号䶮肆',
  evidence: '证据记号䶮伍',
  reason: '理由记号䶮陆',
  time: '时间记号䶮柒',
  type: '种类记号䶮捌', // of no plan, so that it may say anything
  later: '后知记号䶮玖',
  laterName: '测试䶮𠮷丙',
  authority: '机关记号䶮拾',
  note: '说明记号䶮拾壹',
  element: '要素记号䶮拾贰',
  text: '全文记号䶮拾叁',
  subCase: '子案记号䶮拾肆',
  action: '整改记号䶮拾伍',
};

let system: System;
/** Not personal: it stands in clear in all these places, and has to be found there. */
let id: string;
const answers = new Map([
  [addressOf('leading-1'), [451, 550]],
  [addressOf('jia-1'), [451]],
]);
beforeAll(async () => {
  system = await startSystem({ plan: LONG_PLAN, onRcpt: (address) => answers.get(address)?.shift() });
});
afterAll(() => system?.leave());

test('an incident with everything in it: every act, failing sends, a switch and a closing', async () => {
  const { evidence, reason } = SECRETS;
  const report = {
    eventType: SECRETS.type,
    office: 'jia',
    place: SECRETS.place,
    occurredAt: SECRETS.time,
    subjects: [{ name: SECRETS.name, file: SECRETS.file, phone: SECRETS.phone }],
    situation: SECRETS.situation,
    measuresTaken: SECRETS.measures,
    source: SECRETS.source,
    reporter: { name: SECRETS.reporter, phone: SECRETS.reporterPhone },
  };
  const { body } = await system.post<Accepted>('/api/incidents', report);
  const incident = incidentOf(system, body.id);
  id = incident.id;
  await incident.mail({ person: 'leading-2' }); // leading-1 was deferred, then refused
  const done = async (path: string, acted: object): Promise<void> => {
    expect([path, await incident.act(path, acted)]).toMatchObject([path, { status: 200 }]);
  };
  await fetch(receiptLink(await incident.mail({ person: 'jia-1' })), { method: 'POST' });
  await done('branch', { by: 'jia-1', branch: 'riskSigns', reason });
  await done('still-responding', { by: 'jia-1' });
  await done('take-over', { by: 'jia-2', stage: '2.learnFacts', reason });
  await incident.when('the stage is open', (d) => d.branches.length === 2);
  await done('stages/2.learnFacts/outcome', { by: 'jia-1', outcome: 'learnt', evidence });
  await done('branch', { by: 'jia-1', branch: 'violentAct', reason });
  await tellMore(incident, done);
  const again = await system.post<Accepted>('/api/incidents', report);
  const same = incidentOf(system, again.body.id);
  await same.detail();
  expect((await system.get(`/api/incidents/${id}/duplicates`)).body).toMatchObject([{ id: same.id }]);
  expect(await same.act('merge', { by: 'jia-1', into: id, reason })).toMatchObject({ status: 200 });
  await done('closing', { by: 'jia-1', evidence });
  await done('closing/approval', { by: 'leading-1', approve: false, reason });
  // Refused too, what was sent is written nowhere.
  expect(
    (await system.post('/api/incidents', { office: SECRETS.name, situation: SECRETS.situation })).status,
  ).toBe(422);
  expect((await incident.act('branch', { by: SECRETS.name, branch: SECRETS.place, reason })).status).toBe(
    422,
  );
  await system.post('/api/incidents', `{"office":"jia","situation":"${SECRETS.situation}`);
  await incident.endResponse();
  await incident.when('the aftermath is entered', ({ branch }) => branch === 'aftermath');
  const due = { owner: 'judicialOffice', dueAt: '2033-01-01T00:00:00Z' };
  await done('corrective-actions', { by: 'jia-1', ...due, action: SECRETS.action });
  await incident.close();
  const detail = await incident.detail();
  expect(detail.subjects).toMatchObject([
    { name: SECRETS.name, file: SECRETS.file, phone: SECRETS.phone },
    { name: SECRETS.laterName },
  ]);
  await incident.archived();
});

/** What is learnt later, and a case of its own for the subject, with all of the new words. */
async function tellMore(
  { id, act, when }: LiveIncident,
  done: (path: string, acted: object) => Promise<void>,
): Promise<void> {
  const by = 'jia-1';
  await done('facts', { by, facts: { place: SECRETS.later, decidingAuthority: SECRETS.authority } });
  await done('subjects', { by, subjects: [{ name: SECRETS.laterName }] });
  await when('the subject is on record', ({ subjects }) => subjects.length === 2);
  await done('subjects/states', { by, changes: [{ subject: 2, safety: 'safe', note: SECRETS.note }] });
  const elements = { development: SECRETS.element };
  await done('reports', { by, kind: 'followUpReport', elements, text: SECRETS.text });
  const subCase = await act<{ id: IncidentId }>('sub-cases', {
    by,
    branch: 'riskSigns',
    subjects: [1, 2],
    situation: SECRETS.subCase,
    reason: SECRETS.reason,
  });
  const opened = incidentOf(system, subCase.body.id);
  expect(await opened.detail()).toMatchObject({ parent: id, subjects: [{ name: SECRETS.name }, {}] });
  await opened.act('closing', { by, as: 'falseAlarm', evidence: SECRETS.evidence });
  await opened.act('closing/approval', { by: 'leading-1', reason: SECRETS.reason });
  await when('its end is known', ({ subCases }) => subCases[0]?.endedAs === 'falseAlarm');
}

test('whoever signs in with a key reads it; the list and the open pages show none of it', async () => {
  const list = await system.get<unknown>('/api/incidents');
  const page = await (await fetch(receiptLink(system.smtp.messages[0]!))).text();
  for (const secret of Object.values(SECRETS)) {
    expect(JSON.stringify(list.body)).not.toContain(secret);
    expect(page).not.toContain(secret);
  }
});

test('nothing personal stands in a mail', () => {
  const mails = Buffer.from(JSON.stringify(system.smtp.messages));
  expect(tracesOf(id, mails)).toContain('base64url'); // in the receipt links
  expectNoSecretIn([{ place: 'a mail', bytes: mails }]);
});

test("nothing personal stands in the register's columns", async () => {
  await system.stop();
  const columns = await openColumns(system);
  expect(placesOf(id, columns)).toEqual(
    expect.arrayContaining(['public.incident.id utf8', 'public.run_archive.history utf8']), // the latter through its gzip
  );
  expectNoSecretIn(columns);
});

test("nothing personal stands in Temporal's database, in a log or in any other file", async () => {
  // The search sees a secret in every form in which a database or a log may hold it.
  const planted = join(system.dataDir, 'planted');
  const forms = (secret: string) => ({
    utf8: secret,
    base64: Buffer.from(JSON.stringify({ x: 1, secret })).toString('base64'),
    escaped: JSON.stringify(secret).replace(/[^\0-~]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`),
  });
  for (const secret of Object.values(SECRETS)) {
    for (const written of Object.values(forms(secret))) {
      await writeFile(planted, `before ${written} behind`);
      expect(tracesOf(secret, await readFile(planted))).not.toEqual([]);
    }
  }
  await writeFile(planted, '');

  const files = await filesIn(system.dataDir);
  const names = files.map(({ place }) => place);
  expect(names).toEqual(expect.arrayContaining(['temporal.db', 'temporal.log', 'fenghuo.log', 'keys']));
  expect(placesOf(id, files)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^temporal\.db(-wal)? utf8$/)]),
  );
  expect(placesOf(id, files)).toContain('fenghuo.log utf8'); // the sends that failed
  expectNoSecretIn([...files, { place: 'stdout and stderr', bytes: Buffer.from(system.logs()) }]);
});

interface Bytes {
  place: string;
  bytes: Buffer;
}

/** Where `text` stands, and how. */
const placesOf = (text: string, all: Bytes[]): string[] => [
  ...new Set(all.flatMap(({ place, bytes }) => tracesOf(text, bytes).map((form) => `${place} ${form}`))),
];

function expectNoSecretIn(all: Bytes[]): void {
  for (const [name, secret] of Object.entries(SECRETS)) {
    expect({ [name]: placesOf(secret, all) }).toEqual({ [name]: [] });
  }
}

/** Every file below a folder, by its path in it. The bundled workflows are code, shared with other systems. */
async function filesIn(folder: string): Promise<Bytes[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    files
      .filter((file) => file.isFile())
      .map(async (file) => {
        const path = join(file.parentPath, file.name);
        return { place: path.slice(folder.length + 1), bytes: await readFile(path) };
      }),
  );
}

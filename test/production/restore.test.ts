import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { foldersOf } from '../../deploy/native/place.ts';
import { allSettled, entriesOf, incidentOf, report, type LiveIncident } from '../harness/incident.ts';
import { noticeIn, receiptLink } from '../harness/mail.ts';
import { startSmtp, type SinkMessage, type Smtp } from '../harness/smtp.ts';
import { until } from '../harness/until.ts';
import { fenghuoAlone, startWhole, type WholeTopology } from '../harness/whole-topology.ts';

/**
 * In the middle of an incident everything is lost but a back-up and the keys, and put back in an empty place. What was told before the
 * back-up is told to nobody again, what fell due meanwhile is told at once, and the record goes on where it was.
 */
jest.setTimeout(900_000);

let place: string;
let smtp: Smtp;
let system: WholeTopology;
let incident: LiveIncident;
beforeAll(async () => {
  place = await mkdtemp('/var/tmp/fenghuo-restore-');
  await chmod(place, 0o711); // PostgreSQL's user is another
  smtp = await startSmtp();
  system = await startWhole(join(place, 'first'), smtp);
});
afterAll(async () => {
  await system?.topology.stop();
  await smtp?.close();
  await rm(place, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
});

const keysOf = (mails: readonly SinkMessage[]): string[] => mails.map((mail) => noticeIn(mail).key);
const backups = () => join(place, 'backups');
const backupHere = async (): Promise<string> => {
  const [name] = await readdir(backups());
  return join(backups(), name!);
};
/** The safe: what is kept apart from back-ups. */
const safe = () => join(place, 'safe');
const safeKeys = () => ({ FENGHUO_KEYS_FILE: join(safe(), 'fenghuo_keys') });

let toldBefore: string[];
let lost: LiveIncident;
test('while an incident runs, a back-up of all databases is taken and says what it needs', async () => {
  await cp(foldersOf(system.data).secrets, safe(), { recursive: true });
  incident = await report(system);
  const mail = await incident.mail({ person: 'leading-1' });
  expect((await fetch(receiptLink(mail), { method: 'POST' })).status).toBe(200);
  await incident.when('the receipt is on record', (detail) => entriesOf(detail, 'acknowledged').length > 0);
  toldBefore = keysOf(incident.mails());

  const superuser = { BACKUP_DATABASE_URL: system.topology.postgresUrl };
  const said = await system.topology.fenghuo(['backup', backups()], superuser);
  expect(said).toContain('1 incidents, 1 of them open; verified');
  expect(said).toContain('It needs the keys k1');

  // What comes now will be lost.
  lost = await report(system);
  await incident.when(
    'the ladder climbs',
    (detail) => entriesOf(detail, 'messageSent').length > toldBefore.length + 1,
  );
});

test('everything is killed and deleted; the restore shows first what it would do, and asks for the keys', async () => {
  await system.kill9();
  await rm(system.data, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });

  const target = join(place, 'second', 'postgres');
  const words = ['restore', await backupHere(), '--postgres', target];
  const otherKeys = join(place, 'other-keys');
  await writeFile(otherKeys, `k7:${Buffer.alloc(32, 7).toString('base64')}`);
  const withoutKeys = await fenghuoAlone(words, { FENGHUO_KEYS_FILE: otherKeys });
  expect(withoutKeys).toMatchObject({ status: 2, said: expect.stringContaining('BACKUP_KEYS_MISSING') });

  const shown = await fenghuoAlone(words, safeKeys());
  expect(shown).toMatchObject({ status: 0, said: expect.stringContaining('open then: 1') });
  expect(shown.said).toContain('Nothing was changed');
  await expect(readdir(target)).rejects.toThrow('ENOENT');

  await mkdir(join(place, 'second'), { mode: 0o711 });
  await cp(safe(), foldersOf(join(place, 'second')).secrets, { recursive: true });
  const done = await fenghuoAlone([...words, '--apply'], safeKeys());
  expect(done).toMatchObject({ status: 0, said: expect.stringContaining('Put back to') });
});

test('the incident goes on: what was due is told, nobody is told again what they had been told, and the chain holds', async () => {
  const mailsBefore = incident.mails().length;
  system = await startWhole(join(place, 'second'), smtp);
  incident = incidentOf(system, incident.id);
  await until('the ladder goes on', async () => incident.mails().length > mailsBefore + 1);

  const told = keysOf(incident.mails());
  for (const key of toldBefore) expect(told.filter((one) => one === key)).toEqual([key]);
  const detail = await incident.when(
    'all of it is on record',
    (one) => allSettled(one) && one.timeline.length > 0,
  );
  expect(entriesOf(detail, 'acknowledged')).toHaveLength(1);
  expect((await system.get(`/api/incidents/${lost.id}`)).status).toBe(404);
  expect((await system.post('/api/audit')).body).toMatchObject({ problems: [] });
});

interface Reconciled {
  compared: number;
  unanswered: number;
  differences: { incidentId: string | null; code: string; text: string; next: string }[];
}
async function reconciled(): Promise<Reconciled> {
  const { status, body } = await system.get<Reconciled>('/api/reconcile');
  if (status !== 200) throw new Error(`not compared: ${JSON.stringify(body)}`);
  return body;
}
/** Code by incident, once all workflows answer, which waits until the server has forgotten the workers that were killed. */
const differences = async (): Promise<Record<string, string>> => {
  const look = async () => {
    const found = await reconciled();
    return found.unanswered === 0 && found;
  };
  const { differences: found } = await until('all workflows answer', look, 120_000);
  return Object.fromEntries(found.map(({ incidentId, code }) => [incidentId ?? '', code]));
};

test('the start after the restore compared register and workflows by itself: nothing differs', async () => {
  const restore = await until('compared', async () => {
    const { body } = await system.get<{
      restore: { reconciledAt: string | null; found: object | null } | null;
    }>('/api/health/details');
    return body.restore?.reconciledAt != null && body.restore;
  });
  expect(restore.found).toEqual({});
  expect(await reconciled()).toEqual({ compared: 1, unanswered: 0, differences: [] });
  const asked = await system.topology.fenghuo(['reconcile'], {
    HOST: '127.0.0.1',
    PORT: String(await system.portOf('api-1')),
    FENGHUO_API_KEY: system.topology.apiKey,
  });
  expect(asked).toContain('1 incidents compared, 0 did not answer, 0 differences');
  await incident.close();
});

/** A message of the incident that was not there before. */
const toldSomethingNew = async (one: LiveIncident): Promise<void> => {
  const before = new Set(keysOf(one.mails()));
  await until('something new is told', async () => keysOf(one.mails()).some((key) => !before.has(key)));
};
const toldTwice = (one: LiveIncident): string[] => {
  const keys = keysOf(one.mails());
  return keys.filter((key, index) => keys.indexOf(key) !== index);
};

let going: LiveIncident;
test('Temporal alone put back further than the register: each difference is named, and the incident climbs on', async () => {
  going = await report(system);
  await going.when('people are told', allSettled);
  await system.killOurs();
  const putBack = await system.dump(['temporal', 'temporal_visibility']);
  const told = new Set(keysOf(going.mails()));
  await system.startOurs();
  await toldSomethingNew(going);
  const mail = await going.mail({ person: 'leading-1' });
  await fetch(receiptLink(mail), { method: 'POST' });
  await going.when('the receipt is on record', (detail) => entriesOf(detail, 'acknowledged').length > 0);
  const late = await report(system);
  await late.when('it is on record', (detail) => detail.timeline.length > 0);

  await system.killOurs();
  await putBack();
  const forgotten = keysOf(going.mails()).filter((key) => !told.has(key));
  await system.startOurs();
  // Whoever was told in the forgotten time has answered to nobody's knowledge: decided on anew, it goes out anew.
  await until('what it decides anew is told again', async () =>
    toldTwice(going).some((key) => forgotten.includes(key)),
  );
  const detail = await going.when('its record goes on', (one) => entriesOf(one, 'takenUpAgain').length > 0);
  expect(await differences()).toEqual({ [going.id]: 'TAKEN_UP_AGAIN', [late.id]: 'WORKFLOW_MISSING' });
  // Nothing was written over: what is forgotten still stands, before the entry that says so, and the chain holds.
  const [seam] = entriesOf(detail, 'takenUpAgain');
  const { from, to } = seam!.data as { from: number; to: number };
  expect([from, to]).toEqual([expect.any(Number), seam!.seq - 1]);
  const [receipt] = entriesOf(detail, 'acknowledged');
  expect(receipt!.seq).toBeGreaterThanOrEqual(from);
  expect((await system.post('/api/audit')).body).toMatchObject({ problems: [] });
  // What it says can be recorded again.
  expect((await fetch(receiptLink(mail), { method: 'POST' })).status).toBe(200);
  await going.when('the receipt counts', (one) => entriesOf(one, 'acknowledged').length > 1);
  expect(toldTwice(going).filter((key) => told.has(key))).toEqual([]); // what it knows of is not
});

test('the register alone put back further than Temporal: each difference is named, and the incident climbs on', async () => {
  const steady = await report(system);
  await steady.when('people are told', allSettled);
  await system.killOurs();
  const putBack = await system.dump(['fenghuo']);
  await system.startOurs();
  const newest = await report(system);
  const before = (await steady.detail()).timeline.length;
  await steady.when('more is on record', (detail) => detail.timeline.length > before);
  await newest.when('it is on record', (detail) => detail.timeline.length > 0);

  await system.killOurs();
  await putBack();
  await system.startOurs();
  expect(await differences()).toMatchObject({
    [steady.id]: 'REGISTER_BEHIND',
    [newest.id]: 'NOT_IN_REGISTER',
  });
  await toldSomethingNew(steady);
  await toldSomethingNew(newest);
});

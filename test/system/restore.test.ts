import { appendFile, cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { entriesOf, incidentOf, report, type LiveIncident } from '../harness/incident.ts';
import { noticeIn, receiptLink, type MailedNotice } from '../harness/mail.ts';
import { refusedStart } from '../harness/start-process.ts';
import { startSystem, type System } from '../harness/system.ts';
import { until } from '../harness/until.ts';
import { fenghuoAlone } from '../harness/whole-topology.ts';

/** `npm start` in the middle of an incident: backed up, killed, its state deleted, and put back into an empty folder. */
jest.setTimeout(300_000);

let place: string;
let system: System;
let incident: LiveIncident;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'fenghuo-restore-'));
  system = await startSystem({ parent: place });
  incident = await report(system);
});
afterAll(async () => {
  await system?.leave();
  await rm(place, { recursive: true, force: true });
});

const here = () => ({ FENGHUO_DATA: system.dataDir });
const backups = () => join(place, 'backups');
const backupHere = async () => join(backups(), (await readdir(backups()))[0]!);
const keysTold = (): MailedNotice['key'][] => incident.mails().map((mail) => noticeIn(mail).key);

let toldBefore: MailedNotice['key'][];
test('while it runs nothing is copied, and it is said why; stopped, a whole back-up is made', async () => {
  const mail = await incident.mail({ person: 'leading-1' });
  await fetch(receiptLink(mail), { method: 'POST' });
  await incident.when('the receipt is on record', (detail) => entriesOf(detail, 'acknowledged').length > 0);
  const refused = await fenghuoAlone(['backup', backups()], here());
  expect(refused).toMatchObject({ status: 2, said: expect.stringContaining('BACKUP_RUNNING') });

  await system.stop();
  toldBefore = keysTold();
  const taken = await fenghuoAlone(['backup', backups()], here());
  expect(taken).toMatchObject({ status: 0, said: expect.stringContaining('1 of them open; verified') });
});

test('what comes after the back-up is lost with everything else, and put back is the state of the back-up', async () => {
  await system.restart();
  const { body: health } = await system.get<{ backup: { name: string } | null }>('/api/health/details');
  expect(health.backup).toMatchObject({ name: basename(await backupHere()), ageSeconds: expect.any(Number) });
  const lost = await report(system);
  await system.kill9();
  const survived = await fenghuoAlone(['restore', await backupHere(), '--apply'], here());
  expect(survived).toMatchObject({ status: 2, said: expect.stringContaining('BACKUP_RUNNING') }); // Temporal
  system.signalTemporal('SIGKILL');
  for (const name of await readdir(system.dataDir))
    if (!['keys', 'api-key', 'cache', 'fenghuo.log'].includes(name))
      await rm(join(system.dataDir, name), { recursive: true, force: true });

  const shown = await until('nothing runs there', async () => {
    const said = await fenghuoAlone(['restore', await backupHere()], here());
    return said.status === 0 && said;
  });
  expect(shown.said).toContain('open then: 1');
  const done = await fenghuoAlone(['restore', await backupHere(), '--apply'], here());
  expect(done).toMatchObject({ status: 0, said: expect.stringContaining('Put back to') });

  const before = keysTold().length;
  await system.restart();
  incident = incidentOf(system, incident.id);
  await until('what fell due is told', async () => keysTold().length > before + 1);
  for (const key of toldBefore) expect(keysTold().filter((one) => one === key)).toEqual([key]);
  expect((await system.get(`/api/incidents/${lost.id}`)).status).toBe(404);
  expect((await system.post('/api/audit')).body).toMatchObject({ problems: [] });
  const answered = await until('the workflow answers', async () => {
    const { body } = await system.get<{ unanswered: number }>('/api/reconcile');
    return body.unanswered === 0 && body;
  });
  expect(answered).toEqual({ compared: 1, unanswered: 0, differences: [] });
});

test('over a state that is there the old one is moved aside; the register alone put back is found out', async () => {
  const before = (await incident.detail()).timeline.length;
  await incident.when('more is on record', (detail) => detail.timeline.length > before);
  await system.stop();
  const newer = join(place, 'newer-temporal');
  await cp(system.dataDir, newer, { recursive: true, filter: (name) => !name.includes('cache') });
  const done = await fenghuoAlone(['restore', await backupHere(), '--apply'], here());
  expect(done.said).toContain('move it back to undo this');
  expect((await readdir(system.dataDir)).filter((name) => name.startsWith('before-restore-'))).toHaveLength(
    1,
  );
  for (const name of ['temporal.db', 'temporal.db-wal', 'temporal.db-shm']) {
    await rm(join(system.dataDir, name), { force: true });
    await cp(join(newer, name), join(system.dataDir, name)).catch(() => undefined); // not all are there after a stop
  }

  await system.restart();
  const found = await until('register and workflow were compared', async () => {
    const { body } = await system.get<{ restore: { found: object | null } }>('/api/health/details');
    return body.restore.found;
  });
  expect(found).toEqual({ REGISTER_BEHIND: 1 });
  const told = keysTold().length;
  await until('the incident climbs on', async () => keysTold().length > told);
});

test('a restore that was broken off in between is neither started on nor backed up, until it is done again', async () => {
  await system.stop();
  await writeFile(join(system.dataDir, 'restore-unfinished'), '');
  const started = await refusedStart(here());
  expect(started).toMatchObject({ code: 1, said: expect.stringContaining('RESTORE_UNFINISHED') });
  const copied = await fenghuoAlone(['backup', backups()], here());
  expect(copied).toMatchObject({ status: 2, said: expect.stringContaining('RESTORE_UNFINISHED') });
  const again = await fenghuoAlone(['restore', await backupHere(), '--apply'], here());
  expect(again).toMatchObject({ status: 0, said: expect.stringContaining('Put back to') });
  expect(await readdir(system.dataDir)).not.toContain('restore-unfinished');
});

test('a back-up that was cut short or changed is refused, and so is one whose keys are not here', async () => {
  const damaged = join(place, 'damaged');
  await cp(await backupHere(), damaged, { recursive: true });
  await appendFile(join(damaged, 'temporal.db'), 'x');
  const long = await fenghuoAlone(['restore', damaged, '--apply'], here());
  expect(long).toMatchObject({ status: 2, said: expect.stringContaining('BACKUP_DAMAGED: temporal.db') });
  await rm(join(damaged, 'register', 'PG_VERSION'));
  expect((await fenghuoAlone(['restore', damaged], here())).said).toContain('register/PG_VERSION is missing');
  await writeFile(join(damaged, 'register', 'one-more'), '');
  const more = await fenghuoAlone(['restore', damaged], here());
  expect(more.said).toContain('register/one-more is not of this back-up');
  await writeFile(join(damaged, 'fenghuo-backup.json'), '{"format": "fenghuo-backup-v1"');
  expect((await fenghuoAlone(['restore', damaged], here())).said).toContain('BACKUP_DAMAGED');
  const otherKeys = { FENGHUO_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}` };
  const withOthers = await fenghuoAlone(['restore', await backupHere()], { ...here(), ...otherKeys });
  expect(withOthers).toMatchObject({ status: 2, said: expect.stringContaining('BACKUP_KEYS_MISSING') });
  expect(await fenghuoAlone(['restore', place], here())).toMatchObject({
    status: 2,
    said: expect.stringContaining('BACKUP_UNKNOWN'),
  });
});

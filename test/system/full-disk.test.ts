import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, jest, test } from '@jest/globals';
import { expectToldOnce } from '../harness/after-kill.ts';
import { allSettled, incidentOf, REPORT, type Accepted } from '../harness/incident.ts';
import { smallDisk } from '../harness/small-disk.ts';
import { LONG_PLAN, startSystem, type System, type SystemOptions } from '../harness/system.ts';
import { loneTemporal } from '../harness/temporal.ts';
import { until } from '../harness/until.ts';

/** A disk that is full: an alarm is refused at once or it is carried out, and nothing that was accepted is lost. */
jest.setTimeout(240_000);

/** PostgreSQL, where it has the register, has disks of its own. */
const disk = process.env.DATABASE_URL ? null : smallDisk('120m');
const onSmallDisk = disk ? test : test.skip;
const why = disk ? '' : ' (not here: it takes Linux, root and PGlite)';
afterAll(() => disk?.remove());
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function startOnSmallDisk(settings: SystemOptions['settings'] = {}): Promise<System> {
  const system = await startSystem({ parent: disk!.path, plan: LONG_PLAN, settings });
  undo.push(
    () => rm(system.dataDir, { recursive: true }),
    () => system.leave(),
  );
  return system;
}

const send = (system: System, key: string) =>
  system.post<Accepted & { code: string }>('/api/incidents', REPORT, { 'idempotency-key': key });

onSmallDisk(
  `all of it is full: alarms are refused with advice, and taken under the same key once there is space${why}`,
  async () => {
    const system = await startOnSmallDisk();
    await disk!.fill();
    // What the databases had set aside on the disk may still take a few: those must be carried out.
    const taken: Accepted[] = [];
    const refused = await until('a report is refused', async () => {
      const answer = await send(system, `no-space-${taken.length}`);
      if (answer.status < 300) taken.push(answer.body);
      return answer.status >= 300 && answer;
    });
    expect([refused.status, refused.body.code]).toEqual([503, 'TEMPORAL_UNAVAILABLE']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await disk!.free();
    taken.push(
      await until('the report is accepted', async () => {
        const answer = await send(system, `no-space-${taken.length}`);
        return answer.status < 300 && answer.body;
      }),
    );
    for (const { id } of taken) {
      const incident = incidentOf(system, id);
      expectToldOnce(incident, await incident.when('everybody is told', allSettled));
    }
    expect((await system.post('/api/audit')).body).toMatchObject({ incidents: taken.length, problems: [] });
  },
);

onSmallDisk(
  `the register's disk is full: alarms are taken and told all the same, and the record follows${why}`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fenghuo-temporal-'));
    const temporal = await loneTemporal(folder);
    undo.push(
      () => rm(folder, { recursive: true }),
      () => temporal.kill9(),
    );
    await temporal.start();
    const system = await startOnSmallDisk({ TEMPORAL_ADDRESS: temporal.address });
    await disk!.fill();
    const answers = [];
    for (let number = 1; number <= 8; number += 1) answers.push(await send(system, `record-later-${number}`));
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(8).fill(201));
    const incidents = answers.map(({ body }) => incidentOf(system, body.id));
    // The nine notices with which a risk sign begins.
    await until('everybody is told', async () =>
      incidents.every((incident) => incident.mails().length === 9),
    );
    const { body: written } = await system.get<object[]>('/api/incidents');
    expect(written.length).toBeLessThan(8);

    await disk!.free();
    for (const incident of incidents)
      expectToldOnce(incident, await incident.when('the record has followed', allSettled));
    expect((await system.post('/api/audit')).body).toMatchObject({ incidents: 8, problems: [] });
  },
);

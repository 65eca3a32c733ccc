import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findPostgres } from '../../deploy/native/find-tools.ts';
import { makePostgres, type Postgres } from '../../test/faults/postgres.ts';
import { onServer } from '../../test/harness/database.ts';
import { fenghuoAlone } from '../../test/harness/whole-topology.ts';
import { mustBeOneCluster } from './one-cluster.ts';

/** Two servers: no one point in time holds for what lies on both, so nothing is backed up until all lies on one. */
const isThere = (await findPostgres()) !== null;
const withPostgres = (name: string, act: () => Promise<void>): void =>
  isThere ? test(name, act) : test.skip(`${name} (not here: it takes PostgreSQL)`, act);

const ID = '6f2c1f2e-0000-4000-8000-000000000001';
const namespace = { name: 'fenghuo', id: ID };
const servers: Postgres[] = [];
let place: string;
beforeAll(async () => {
  place = await mkdtemp('/var/tmp/fenghuo-places-');
  await chmod(place, 0o711); // PostgreSQL's user is another
  if (!isThere) return;
  for (const name of ['here', 'elsewhere']) {
    await mkdir(join(place, name), { mode: 0o711 });
    servers.push(await makePostgres(join(place, name), join(place, `${name}.log`)));
  }
  await Promise.all(servers.map((server) => server.start()));
  for (const server of servers)
    for (const name of ['fenghuo', 'temporal', 'temporal_visibility'])
      await onServer(at(server), `create database ${name}`);
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill9()));
  await rm(place, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
});

const at = (server: Postgres, database = 'postgres'): string =>
  server.url(server.port).replace(/postgres$/, database);
const look = (databaseUrl: string) =>
  mustBeOneCluster({ superuserUrl: at(servers[0]!), databaseUrl, namespace });
const elsewhere = (what: string) => ({
  code: 'BACKUP_SEVERAL_PLACES',
  message: expect.stringContaining(`${what} does not lie on the PostgreSQL server of BACKUP_DATABASE_URL`),
});
/** As Temporal has its namespaces: their ids are bytes. */
const namespacesOn = (server: Postgres, id: string): Promise<void> =>
  onServer(
    at(server, 'temporal'),
    `create table if not exists namespaces (id bytea); insert into namespaces values (decode('${id.replaceAll('-', '')}', 'hex'))`,
  );
const visibilityOn = (server: Postgres): Promise<void> =>
  onServer(at(server, 'temporal_visibility'), 'create table executions_visibility (namespace_id text)');

withPostgres('what lies on another server is named, one after the other, until all is on one', async () => {
  const [here, other] = [servers[0]!, servers[1]!];
  await namespacesOn(other, ID);
  await visibilityOn(other);
  await expect(look(at(other, 'fenghuo'))).rejects.toMatchObject(elsewhere('the register (DATABASE_URL)'));

  const register = at(here, 'fenghuo');
  // Another Temporal may lie here: only the one with this namespace, by its id, is ours.
  await namespacesOn(here, '6f2c1f2e-0000-4000-8000-000000000002');
  const executions = elsewhere(`Temporal's database with the namespace "fenghuo"`);
  await expect(look(register)).rejects.toMatchObject(executions);

  await namespacesOn(here, ID);
  await expect(look(register)).rejects.toMatchObject(elsewhere("Temporal's visibility database"));

  await visibilityOn(here);
  expect(await look(register)).toMatchObject({ database: 'fenghuo' });
});

test.each<Record<string, string>>([
  { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/fenghuo' },
  { TEMPORAL_ADDRESS: '127.0.0.1:9' },
])('the command refuses where one of both lies in the data folder: %p', async (only) => {
  const backups = join(place, 'backups');
  expect(await fenghuoAlone(['backup', backups], only)).toMatchObject({
    status: 2,
    said: expect.stringContaining('BACKUP_SEVERAL_PLACES'),
  });
  expect(await readdir(place)).not.toContain('backups');
});

import pg from 'pg';
import { BackupError } from './problem.ts';

/** The PostgreSQL server that everything lies on. */
export interface OneCluster {
  major: number;
  /** The register's database. */
  database: string;
}

export interface WhereItLies {
  /** As superuser. */
  superuserUrl: string;
  databaseUrl: string;
  /** Temporal's namespace, and its id as Temporal itself says it. */
  namespace: { name: string; id: string };
}

/**
 * Sees that register, Temporal's executions and its visibility lie on one PostgreSQL server: then, and only then, one base backup holds
 * one point in time of all. Throws {@link BackupError} `BACKUP_SEVERAL_PLACES` naming what lies elsewhere.
 */
export async function mustBeOneCluster({
  superuserUrl,
  databaseUrl,
  namespace,
}: WhereItLies): Promise<OneCluster> {
  const [here, register] = [await identityOf(superuserUrl), await identityOf(databaseUrl)];
  if (here.system !== register.system) throw elsewhere('the register (DATABASE_URL)');
  const databases = await onDatabase(superuserUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where datallowconn and not datistemplate',
    );
    return rows.map(({ datname }) => datname);
  });
  const holds = { executions: false, visibility: false };
  for (const name of databases) {
    const url = new URL(superuserUrl);
    url.pathname = `/${encodeURIComponent(name)}`;
    const found = await onDatabase(url.href, (client) => whatOfTemporal(client, namespace.id));
    holds.executions ||= found.executions;
    holds.visibility ||= found.visibility;
  }
  if (!holds.executions) throw elsewhere(`Temporal's database with the namespace "${namespace.name}"`);
  if (!holds.visibility) throw elsewhere("Temporal's visibility database");
  return { major: here.major, database: register.database };
}

const elsewhere = (what: string): BackupError =>
  new BackupError(
    'BACKUP_SEVERAL_PLACES',
    `${what} does not lie on the PostgreSQL server of BACKUP_DATABASE_URL, so no one point in time can hold for all: move the databases onto one server (as deploy/topology.ts has them), or stop all processes of Fenghuo and Temporal, back up each server by its own means, and start again; after putting back, "fenghuo reconcile" says whether they fit.`,
  );

/** Temporal keeps a namespace's id as 16 bytes with its executions and as text with what can be searched for. */
async function whatOfTemporal(
  client: pg.Client,
  id: string,
): Promise<{ executions: boolean; visibility: boolean }> {
  const has = async (table: string, column: string): Promise<boolean> => {
    const there = await client.query('select to_regclass($1) is not null as is', [table]);
    if (!(there.rows[0] as { is: boolean }).is) return false;
    const bytes = `decode(replace($1, '-', ''), 'hex')`;
    const text = `select 1 from ${table} where ${column} = ${column === 'id' ? bytes : '$1'} limit 1`;
    return ((await client.query(text, [id])).rowCount ?? 0) > 0;
  };
  const executions = await has('namespaces', 'id');
  // A namespace that nothing ran in has no rows there yet.
  const { rows } = await client.query("select to_regclass('executions_visibility') is not null as is");
  return { executions, visibility: (rows[0] as { is: boolean }).is };
}

interface Identity {
  system: string;
  database: string;
  major: number;
}

const identityOf = (url: string): Promise<Identity> =>
  onDatabase(url, async (client) => {
    const { rows } = await client.query<Identity>(
      `select (select system_identifier::text from pg_control_system()) as system, current_database() as database,
        current_setting('server_version_num')::int / 10000 as major`,
    );
    return rows[0]!;
  });

async function onDatabase<T>(url: string, ask: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await ask(client);
  } catch (cause) {
    throw new BackupError(
      'BACKUP_FAILED',
      `${new URL(url).host} cannot be asked: ${(cause as Error).message}`,
      { cause },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

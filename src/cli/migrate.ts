import { parseArgs } from 'node:util';
import { firstAdministrator } from '../api/first-administrator.ts';
import { ConfigError, readConfig, type Config } from '../config.ts';
import { loadOrganisation } from '../people/organisation.ts';
import { openRegister, type Register } from '../store/open.ts';
import { createClient } from '../temporal/connect.ts';
import { createDataConverter } from '../temporal/data-converter.ts';
import { provideNamespace } from '../temporal/namespace.ts';
import { temporalAt } from '../temporal-at.ts';

/** How long Temporal may take to come up beside this. */
const TEMPORAL_WITHIN_MS = 120_000;

/**
 * `fenghuo migrate [--administrator]`: the register's tables, and Temporal's namespace with its retention. Several may run at once,
 * and again at any time. Gives 0.
 */
export async function migrate(rest: string[]): Promise<number> {
  const { values } = parseArgs({ args: rest, options: { administrator: { type: 'boolean' } } });
  const config = readConfig(process.env);
  const { DATABASE_URL: databaseUrl, FENGHUO_KEYS: keyring } = config;
  if (!databaseUrl || !keyring) throw missing({ DATABASE_URL: databaseUrl, FENGHUO_KEYS: keyring });
  const register = await openRegister({ databaseUrl, keyring });
  try {
    console.log("The register's tables are up to date.");
    if (config.TEMPORAL_ADDRESS) await namespace(config);
    if (values.administrator) await administrator(config, register);
  } finally {
    await register.close();
  }
  return 0;
}

async function namespace(config: Config): Promise<void> {
  const at = temporalAt(config, config.TEMPORAL_ADDRESS!);
  const client = await createClient(at, createDataConverter(config.FENGHUO_KEYS!));
  try {
    await provideNamespace(client, AbortSignal.timeout(TEMPORAL_WITHIN_MS));
    console.log(`Temporal has the namespace ${at.namespace}.`);
  } finally {
    await client.connection.close();
  }
}

async function administrator(config: Config, register: Register): Promise<void> {
  const made = await firstAdministrator(register, loadOrganisation(config.FENGHUO_ORGANISATION));
  if (made)
    console.log(
      `First administrator: ${made.name}, one-time password ${made.oneTimePassword} (shown this once)`,
    );
  else console.log('There are accounts already: no administrator was made.');
}

const missing = (names: Record<string, unknown>): ConfigError =>
  new ConfigError(
    Object.entries(names)
      .filter(([, value]) => !value)
      .map(([name]) => ({ name, expected: `must be set here, or ${name}_FILE` })),
  );

import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import type { auditSchema } from './api/routes-audit.ts';
import { readConfig, type Config } from './config.ts';
import { parseKeyring } from './crypto/keyring.ts';
import { DataFolderError, openDataFolder } from './data-folder.ts';
import { auditRegister } from './store/audit.ts';
import { openRegister } from './store/open.ts';

const USAGE = `fenghuo COMMAND

  audit    Verify every incident's timeline: names the first broken entry, a cut tail, and what was changed beside it.
           Asks the running server, which also compares Temporal; without one, reads the register itself.
           Exit status: 0 all holds, 1 something is broken, 2 could not be verified.`;

type Audit = z.infer<typeof auditSchema>;

async function main([command]: string[]): Promise<number> {
  if (command === 'audit') return audit(readConfig(process.env));
  console.log(USAGE);
  return command === undefined || command === 'help' || command === '--help' ? 0 : 2;
}

async function audit(config: Config): Promise<number> {
  const fromServer = await askServer(config);
  const report = fromServer ?? (await readRegister(config));
  if (!fromServer) console.log('No server runs: the register was read by itself.');
  for (const { incidentId, number, seq, code, text } of report.problems) {
    console.log(`${number ?? incidentId}${seq === null ? '' : ` entry ${seq}`}: ${code}: ${text}`);
  }
  console.log(`${report.incidents} incidents, ${report.entries} entries, ${report.problems.length} problems`);
  console.log(`${report.erased} personal values erased`);
  console.log(`${report.unanchored} incidents not compared with Temporal`);
  return report.problems.length > 0 ? 1 : 0;
}

/** The running server's own audit; null when none runs. */
async function askServer(config: Config): Promise<Audit | null> {
  const key =
    config.FENGHUO_API_KEY ??
    (await readFile(join(config.FENGHUO_DATA, 'api-key'), 'utf8').catch(() => null));
  const address = `http://${config.HOST}:${config.PORT}`;
  if (!key) return null;
  let answer: Response;
  try {
    answer = await fetch(`${address}/api/audit`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key.trim()}` },
    });
  } catch {
    return null;
  }
  if (!answer.ok)
    throw new Error(
      `${address} answered ${answer.status}: is it this data folder's server? Set PORT and FENGHUO_API_KEY.`,
    );
  return (await answer.json()) as Audit;
}

/** Reads the register under the data folder's lock: PGlite has one process at a time. */
async function readRegister(config: Config): Promise<Audit> {
  const data = config.DATABASE_URL ? null : await openDataFolder(config.FENGHUO_DATA);
  try {
    const keyring =
      config.FENGHUO_KEYS ??
      parseKeyring((await readFile(join(resolve(config.FENGHUO_DATA), 'keys'), 'utf8')).trim());
    const register = await openRegister({ databaseUrl: config.DATABASE_URL, dataDir: data?.path, keyring });
    try {
      return await auditRegister(register);
    } finally {
      await register.close();
    }
  } finally {
    await data?.release();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const advice = error instanceof DataFolderError ? " Give the running server's PORT to ask it instead." : '';
  console.error(`${(error as Error).message}${advice}`);
  process.exitCode = 2;
}

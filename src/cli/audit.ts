import { parseArgs } from 'node:util';
import type { z } from 'zod';
import type { auditSchema } from '../api/schemas-audit.ts';
import { readConfig, type Config } from '../config.ts';
import { auditRegister } from '../store/audit.ts';
import { onRegister } from './offline.ts';
import { ask, serverOf } from './server.ts';

type Audit = z.infer<typeof auditSchema>;

/**
 * `fenghuo audit [BUNDLE.zip]`: verifies a bundle by itself, or every incident's timeline, by the running server or, without one, from the register itself.
 * Gives 0 when all holds, 1 when something is broken; throws when it cannot be verified.
 */
export async function audit(words: string[] = []): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    options: { key: { type: 'string' } },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (more.length > 0) throw new Error('audit takes one BUNDLE.zip, or none');
  if (file !== undefined) return (await import('./audit-bundle.ts')).auditBundle(file, values.key);
  const config = readConfig(process.env);
  const fromServer = await askServer(config);
  const report = fromServer ?? (await readRegister(config));
  if (!fromServer) console.log('No server runs: the register was read by itself.');
  for (const { incidentId, number, seq, code, text } of report.problems) {
    console.log(`${number ?? incidentId}${seq === null ? '' : ` entry ${seq}`}: ${code}: ${text}`);
  }
  console.log(`${report.incidents} incidents, ${report.entries} entries, ${report.problems.length} problems`);
  console.log(`${report.erased} personal values erased`);
  for (const {
    number,
    incidentId,
    erasedAt,
    proposedBy,
    approvedBy,
    legalBasis,
    basis,
    change,
  } of report.erasures)
    console.log(
      `  ${number ?? incidentId} ${erasedAt}: proposed by ${proposedBy}, approved by ${approvedBy}, on the basis: ${legalBasis ?? basis} (change record ${change ?? '?'})`,
    );
  console.log(`${report.unanchored} incidents not compared with Temporal`);
  return report.problems.length > 0 ? 1 : 0;
}

/** The running server's own audit; null when none runs. */
async function askServer(config: Config): Promise<Audit | null> {
  const server = await serverOf(config);
  if (!server) return null;
  let answer: Response;
  try {
    answer = await ask(server, { method: 'POST', path: '/api/audit' });
  } catch {
    return null;
  }
  if (!answer.ok)
    throw new Error(
      `${server.address} answered ${answer.status}: is it this data folder's server? Set PORT and FENGHUO_API_KEY.`,
    );
  return (await answer.json()) as Audit;
}

/** Reads the register itself. */
const readRegister = (config: Config): Promise<Audit> =>
  onRegister(config, (register) => auditRegister(register));

import type { z } from 'zod';
import type { reconciledSchema } from '../api/schemas-reconcile.ts';
import { readConfig } from '../config.ts';
import { ask, serverOf } from './server.ts';

/** `fenghuo reconcile`: through the running server, since the workflows answer through its worker. Gives 0 where nothing differs, else 1. */
export async function reconcileCommand(): Promise<number> {
  const server = await serverOf(readConfig(process.env));
  if (!server)
    throw new Error('No API key is known here: set FENGHUO_DATA to the data folder, or FENGHUO_API_KEY.');
  const answer = await ask(server, { method: 'GET', path: '/api/reconcile' }).catch((cause: unknown) => {
    throw new Error(`Nobody answers at ${server.address}: start Fenghuo with a worker first.`, { cause });
  });
  if (!answer.ok) throw new Error(`${server.address} answered ${answer.status}: ${await answer.text()}`);
  const { compared, unanswered, differences } = (await answer.json()) as z.infer<typeof reconciledSchema>;
  for (const { number, incidentId, code, text, next } of differences) {
    console.log(`${number ?? incidentId ?? '-'}: ${code}: ${text}`);
    console.log(`  ${next}`);
  }
  console.log(
    `${compared} incidents compared, ${unanswered} did not answer, ${differences.length} differences`,
  );
  return differences.length + unanswered > 0 ? 1 : 0;
}

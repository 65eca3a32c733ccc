import { type ProblemBody, Refused, refusalLines } from './refused.ts';
import { serverHere } from './server-here.ts';

const PATIENCE_MS = 30_000;

/** Asks the running server about rosters; `file` is sent as it is. Throws {@link Refused} when it refuses or nobody answers. */
export const askRosters = (path: string, file?: Uint8Array, method = 'POST'): Promise<Response> =>
  askApi(`rosters/${path}`, file, method);

/** The same of any path below `/api/`. */
export async function askApi(path: string, file?: Uint8Array, method = 'GET'): Promise<Response> {
  const { address, key } = await serverHere();
  const answer = await fetch(`${address}/api/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(file ? { 'content-type': 'application/octet-stream' } : {}),
    },
    ...(file ? { body: Buffer.from(file) } : {}),
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => {
    throw new Refused({
      code: 'NO_SERVER',
      title: `no usable answer from ${address}`,
      detail:
        'Start it with npm start, or set HOST and PORT to where it runs. Show and guard read a file with --organisation FILE.',
    });
  });
  if (answer.ok) return answer;
  throw new Refused((await answer.json()) as ProblemBody);
}

/** Gives the work's exit status, or shows why it was refused and gives 1. */
export async function toldIfRefused(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.error(refusalLines(error.problem).join('\n'));
    return 1;
  }
}

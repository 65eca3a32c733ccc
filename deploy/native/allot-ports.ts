import { readFile, writeFile } from 'node:fs/promises';
import { freePort } from '../../src/temporal/serving.ts';

/** What listens, by name: a service, or a service and which of its ports. */
const NAMES = [
  'proxy',
  'api-1',
  'api-2',
  'worker-1 health',
  'worker-2 health',
  'temporal',
  'postgres',
  'mailbox',
  'mailbox page',
  // Temporal's own parts among themselves.
  ...['frontend', 'history', 'matching', 'worker'].flatMap((part) => [
    `temporal ${part}`,
    `temporal ${part} membership`,
  ]),
];

/** Ports by name. */
export type Ports = Record<string, number>;

/** Where people look for the topology at first; the others follow it. */
export const FIRST_PORT = 18_443;

/**
 * The ports of an earlier start, kept in `file`, else free ones from {@link FIRST_PORT} on, which are kept from now on: links that were sent lead to
 * the proxy's. Throws when the proxy's is taken by another process.
 */
export async function allotPorts(file: string): Promise<Ports> {
  const kept = await readKept(file);
  const ports: Ports = {};
  for (const [index, name] of NAMES.entries()) {
    const wanted = kept[name] ?? FIRST_PORT + index;
    ports[name] = await freePort(wanted, Object.values(ports));
    if (name === 'proxy' && kept[name] !== undefined && ports[name] !== wanted)
      throw new Error(
        `Port ${wanted} is taken by another process, and links that were sent lead there: end that one, or take it out of ${file} for another.`,
      );
  }
  await writeFile(file, JSON.stringify(ports, null, 2));
  return ports;
}

async function readKept(file: string): Promise<Partial<Ports>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Ports;
  } catch {
    return {}; // the first start
  }
}

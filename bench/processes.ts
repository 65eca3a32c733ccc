import { readdir, readFile } from 'node:fs/promises';

/** A process that is watched, with all that it has started itself: PostgreSQL has one for each connection. */
export interface Watched {
  name: string;
  pid(): number;
  /** What it has started is watched by itself, or not at all. */
  alone?: boolean;
}

/** What runs only to measure, by name. */
export const NOT_OURS = { bench: 'the bench itself', sink: 'mail sink', bare: 'bare worker' };

/** What a process has used until now, and holds now. */
export interface Usage {
  /** User and system time since its start, in ms. */
  cpuMs: number;
  /** Memory that is in use, in MiB: pages that several processes share are counted once over all of them (PSS). */
  mib: number;
}

export type Usages = Record<string, Usage>;

/** Linux counts CPU time in hundredths of a second, everywhere that Node runs. */
const TICK_MS = 10;

/** Reads them from `/proc`, so on Linux alone. What is summed under one name has several processes. */
export async function usageOf(watched: Watched[]): Promise<Usages> {
  const children = await childrenOf();
  const usages: Usages = {};
  for (const { name, pid, alone } of watched) {
    const whole = await Promise.all((alone ? [pid()] : family(pid(), children)).map(usage));
    const before = usages[name] ?? { cpuMs: 0, mib: 0 };
    usages[name] = whole.reduce(
      (sum, one) => ({ cpuMs: sum.cpuMs + one.cpuMs, mib: sum.mib + one.mib }),
      before,
    );
  }
  return usages;
}

/** The CPU time in ms that each has used between the two readings. */
export const cpuBetween = (before: Usages, after: Usages): Record<string, number> =>
  Object.fromEntries(
    Object.entries(after).map(([name, { cpuMs }]) => [name, cpuMs - (before[name]?.cpuMs ?? 0)]),
  );

export const sum = (values: Iterable<number>): number => [...values].reduce((all, one) => all + one, 0);

/** Without what runs only to measure. */
export const ours = <Value>(byProcess: Record<string, Value>): Value[] =>
  Object.entries(byProcess).flatMap(([name, value]) =>
    Object.values(NOT_OURS).includes(name) ? [] : [value],
  );

/** Of all of them together. */
export const memoryOf = (usages: Usages): number => sum(Object.values(usages).map(({ mib }) => mib));

async function usage(pid: number): Promise<Usage> {
  const [cpuMs, pss] = await Promise.all([cpu(pid), memory(pid)]);
  return { cpuMs, mib: pss / 1024 };
}

/** With that of children that have ended and were waited for. */
async function cpu(pid: number): Promise<number> {
  const fields = await statOf(pid);
  return sum(fields.slice(11, 15).map(Number)) * TICK_MS; // utime, stime, cutime, cstime
}

async function memory(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0);
}

/** The fields behind the command's name, which may itself hold blanks and brackets; none of a process that has just ended. */
async function statOf(pid: number): Promise<string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

async function childrenOf(): Promise<Map<number, number[]>> {
  const children = new Map<number, number[]>();
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  await Promise.all(
    pids.map(async (pid) => {
      const parent = Number((await statOf(pid))[1]);
      children.set(parent, [...(children.get(parent) ?? []), pid]);
    }),
  );
  return children;
}

const family = (pid: number, children: Map<number, number[]>): number[] => [
  pid,
  ...(children.get(pid) ?? []).flatMap((child) => family(child, children)),
];

import { setTimeout as pause } from 'node:timers/promises';
import { cpuBetween, memoryOf, usageOf, type Usages, type Watched } from './processes.ts';

/** What a stretch of time took: CPU time by process, and its length. */
export interface Spent {
  cpuMs: Record<string, number>;
  wallMs: number;
}

/** Watches what processes use while something happens. */
export interface UsageWatch {
  now(): Promise<Usages>;
  during<Result>(work: () => Promise<Result>): Promise<Spent & { result: Result }>;
  /** The most memory that all of them together had at any look, in MiB. */
  peak(): number;
  stop(): void;
}

const LOOK_EVERY_MS = 30_000;

export function watchUsage(processes: Watched[]): UsageWatch {
  let peak = 0;
  const now = async (): Promise<Usages> => {
    const usages = await usageOf(processes);
    peak = Math.max(peak, memoryOf(usages));
    return usages;
  };
  const looking = setInterval(() => void now().catch(() => undefined), LOOK_EVERY_MS);
  return {
    now,
    async during(work) {
      const [before, begun] = [await now(), Date.now()];
      const result = await work();
      const wallMs = Date.now() - begun;
      return { result, wallMs, cpuMs: cpuBetween(before, await now()) };
    },
    peak: () => peak,
    stop: () => clearInterval(looking),
  };
}

/** What processes use while nothing is asked of them. */
export const atRest = async (watch: UsageWatch, seconds: number) => ({
  ...(await watch.during(() => pause(seconds * 1000))),
  usages: await watch.now(),
});

export type AtRest = Awaited<ReturnType<typeof atRest>>;

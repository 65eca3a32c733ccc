import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Options } from './options.ts';
import type { Report } from './report.ts';

/** What every part of the bench is given. */
export interface Bench {
  options: Options;
  report: Report;
  /** Rejects when the bench is told to stop. */
  stopped: Promise<never>;
}

/** What was opened, each with how it is closed: in the opposite order, however the work ends. */
export type Opened = (() => Promise<unknown>)[];

/** Lays the ground in a temporary folder, works on it, and leaves nothing of it behind. */
export async function onGround<Laid, Result>(
  { stopped }: Bench,
  lay: (folder: string, opened: Opened) => Promise<Laid>,
  work: (laid: Laid) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-bench-'));
  const opened: Opened = [() => rm(folder, { recursive: true, force: true })];
  const laid = lay(folder, opened);
  try {
    const working = laid.then(work);
    working.catch(() => undefined); // it may fail late, after the run was broken off
    return await Promise.race([working, stopped]);
  } finally {
    await laid.catch(() => undefined); // what it is about to open has to be closed, too
    for (const close of opened.reverse()) await close();
  }
}

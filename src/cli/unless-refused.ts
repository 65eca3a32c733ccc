import { FileError } from '../plan/yaml-file.ts';

/** Does what needs files without mistakes and gives exit status 0, or shows all mistakes of the first that has some and gives 1. */
export function unlessRefused(work: () => void): number {
  try {
    work();
    return 0;
  } catch (error) {
    return shown(error);
  }
}

/** The same for work that takes its time. */
export async function unlessRefusedLater(work: () => Promise<void>): Promise<number> {
  try {
    await work();
    return 0;
  } catch (error) {
    return shown(error);
  }
}

function shown(error: unknown): number {
  if (!(error instanceof FileError)) throw error;
  console.log(error.message);
  return 1;
}

import { FileError } from '../plan/yaml-file.ts';

/** Does what needs files without mistakes and gives exit status 0, or shows all mistakes of the first that has some and gives 1. */
export function unlessRefused(work: () => void): number {
  try {
    work();
    return 0;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    console.log(error.message);
    return 1;
  }
}

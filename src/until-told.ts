/** Settles with the first signal that asks this process to stop; a second one ends it at once. */
export const toldToStop = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    let asked = false;
    const stop = (signal: NodeJS.Signals): void => {
      if (asked) process.exit(1);
      asked = true;
      resolve(signal);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });

/** Ends the process with an error's own words: what was wrong and what to do, without a stack. */
export function failStart(error: unknown): never {
  const { message, code } = error as { message?: string; code?: string };
  console.error(`\nFenghuo cannot start${code ? ` (${code})` : ''}\n${message ?? String(error)}\n`);
  process.exit(1);
}

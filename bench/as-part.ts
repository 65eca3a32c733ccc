/** What a part of the bench has opened: `ready` is told to the bench, `close` ends it. */
export interface OpenPart<Ready> {
  ready: Ready;
  close(): Promise<void>;
}

/** What a part says to the bench: that it is ready, that it could not be, or whatever it has seen since. */
export type Said<Ready, Seen> = { ready: Ready } | { failed: string } | { seen: Seen };

/**
 * Makes this process a part of the bench: takes its set-up from the parent, opens, says so, and closes when the parent
 * lets go of it or dies.
 */
export function asPart<SetUp, Ready, Seen = never>(
  open: (setUp: SetUp, tell: (seen: Seen) => void) => Promise<OpenPart<Ready>>,
): void {
  const say = (said: Said<Ready, Seen>): void => {
    process.send?.(said);
  };
  // Ctrl-C reaches every process of the terminal; the parent decides in what order they end.
  process.on('SIGINT', () => undefined);
  const letGo = new Promise<void>((done) => process.once('disconnect', () => done()));
  process.once('message', (setUp: SetUp) => {
    void open(setUp, (seen) => say({ seen }))
      .then(async ({ ready, close }) => {
        say({ ready });
        await letGo;
        await close();
        process.exit(0);
      })
      .catch((error: Error) => {
        say({ failed: error.message });
        process.exitCode = 1;
        process.disconnect?.();
      });
  });
}

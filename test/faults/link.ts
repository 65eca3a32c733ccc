import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A wire to a server that can be cut. */
export interface Link {
  port: number;
  /** Cuts every connection. */
  cut(): void;
  /**
   * Cuts the next connection on which a transaction is being committed, after the server has been asked and before it can say that
   * it was done. Resolves when that happened, with false when none came within `withinMs`.
   */
  cutAtCommit(withinMs: number): Promise<boolean>;
  close(): Promise<void>;
}

export async function openLink(to: { host: string; port: number }): Promise<Link> {
  const pairs = new Set<[Socket, Socket]>();
  let onCommit: ((pair: [Socket, Socket]) => void) | null = null;
  const server = createServer((near) => {
    const far = connect(to);
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of pair) socket.setNoDelay(true).on('error', end).on('close', end);
    near.on('data', (bytes) => {
      if (!far.write(bytes)) near.pause();
      if (onCommit && /\bcommit\b/i.test(bytes.toString('latin1'))) onCommit(pair);
    });
    far.on('drain', () => near.resume());
    far.pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const destroy = ([near, far]: [Socket, Socket]): void => {
    near.destroy();
    // What was asked of the server arrives there.
    far.end();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => [...pairs].forEach(destroy),
    cutAtCommit: (withinMs) =>
      new Promise((done) => {
        const giveUp = setTimeout(() => finish(false), withinMs);
        const finish = (was: boolean): void => {
          clearTimeout(giveUp);
          onCommit = null;
          done(was);
        };
        onCommit = (pair) => {
          destroy(pair);
          finish(true);
        };
      }),
    async close() {
      [...pairs].forEach(([near, far]) => (near.destroy(), far.destroy()));
      server.close();
      await once(server, 'close');
    },
  };
}

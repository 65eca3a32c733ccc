import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream } from 'smtp-server';

export interface MailboxSmtp {
  url: string;
  close(): Promise<void>;
}

/** Larger than any notice and small enough to be held in memory. */
const MAX_BYTES = 1024 * 1024;

/**
 * An SMTP server on 127.0.0.1, unless told otherwise, that acknowledges a mail only once `keep` has. When `keep` fails (a full disk) the sender is
 * told 452 and tries again later. `port` 0 takes a free one. Rejects when the port is taken.
 */
export async function startMailboxSmtp(
  port: number,
  keep: (raw: Buffer) => Promise<void>,
  host = '127.0.0.1',
): Promise<MailboxSmtp> {
  const server = new SMTPServer({
    name: 'mailbox.fenghuo.invalid',
    banner: 'Fenghuo mailbox',
    disabledCommands: ['AUTH', 'STARTTLS'], // loopback only
    disableReverseLookup: true,
    size: MAX_BYTES,
    closeTimeout: 1_000,
    onData(stream, _session, done) {
      receive(stream)
        .then(keep)
        .then(
          () => done(null, 'kept'),
          (error: unknown) => done(asReply(error)),
        );
    },
  });
  const listening = once(server.server, 'listening'); // rejects on its 'error'
  server.on('error', () => undefined); // a client that breaks off is its own trouble
  server.listen(port, host);
  await listening;
  const address = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function receive(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (stream.byteLength <= MAX_BYTES) chunks.push(chunk);
  }
  if (stream.sizeExceeded) throw Object.assign(new Error('message too large'), { responseCode: 552 });
  return Buffer.concat(chunks);
}

/** The client learns a code and no path of this machine. */
function asReply(error: unknown): Error {
  if (error instanceof Error && 'responseCode' in error) return error;
  return Object.assign(new Error('the mailbox could not store the message'), { responseCode: 452 });
}

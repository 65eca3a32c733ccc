import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { asPart } from './as-part.ts';

/** A mail that has arrived. */
export interface Arrival {
  /** With its angle brackets. */
  messageId: string;
  /** When its last byte was here, in ms since the epoch. */
  at: number;
}

export interface SinkReady {
  smtpUrl: string;
}

/** The one SMTP server that both sides send to. It takes every mail and tells the bench when it came. */
asPart<object, SinkReady, Arrival>(async (_setUp, tell) => {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 1_000,
    onData(stream, _session, done) {
      void receive(stream).then((arrival) => {
        tell(arrival);
        done();
      }, done);
    },
  });
  server.on('error', () => undefined); // a connection that its owner has dropped
  const listening = once(server.server, 'listening');
  server.listen(0, '127.0.0.1');
  await listening;
  const { port } = server.server.address() as AddressInfo;
  return {
    ready: { smtpUrl: `smtp://127.0.0.1:${port}` },
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
});

async function receive(stream: SMTPServerDataStream): Promise<Arrival> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  const at = Date.now();
  const messageId = /^message-id:\s*(<[^>]+>)/im.exec(Buffer.concat(chunks).toString('latin1'))?.[1];
  if (!messageId) throw new Error('a mail without a Message-ID');
  return { messageId, at };
}

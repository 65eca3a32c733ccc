import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';

/** A mail the sink has accepted. */
export interface SinkMessage {
  /** The envelope's recipient: whom it really went to. */
  to: string;
  subject: string;
  text: string;
  /** With its angle brackets. */
  messageId: string;
  headers: Record<string, string>;
  /** Milliseconds of the wall clock. */
  acceptedAt: number;
}

/** What a recipient is answered: an SMTP reply code, or nothing for acceptance. A promise holds the answer back. */
export type RcptAnswer = number | void | Promise<number | void>;

export interface Smtp {
  /** For `createEmail`; stays the same over {@link stop} and {@link start}. */
  url: string;
  port: number;
  /** Everything accepted so far, oldest first. */
  messages: readonly SinkMessage[];
  /** Addresses that were asked for, in order, accepted or not. */
  attempts: readonly string[];
  /** From now on `address` is answered `code` (550 for good, 451 for now); null accepts it again. */
  answer(address: string, code: number | null): void;
  /** While on, a new connection gets no greeting. */
  hang(on: boolean): void;
  /** The first accepted message that fits and was not handed out before, or else the next that comes. */
  nextMessage(fits?: (message: SinkMessage) => boolean): Promise<SinkMessage>;
  /** Resolves at the next attempt to reach a recipient that fits; attempts made before do not count. */
  nextAttempt(fits?: (address: string) => boolean): Promise<string>;
  /** Goes down: open connections are cut and new ones refused. */
  stop(): Promise<void>;
  /** Comes back on the same port. */
  start(): Promise<void>;
  close(): Promise<void>;
}

interface Waiter<T> {
  fits: (value: T) => boolean;
  resolve: (value: T) => void;
}

/** A real SMTP server on 127.0.0.1 that a test can make refuse, defer, hang, go down and come back. */
export async function startSmtp({
  onRcpt,
}: { onRcpt?: (address: string) => RcptAnswer } = {}): Promise<Smtp> {
  const messages: SinkMessage[] = [];
  const attempts: string[] = [];
  const unread: SinkMessage[] = [];
  const messageWaiters: Waiter<SinkMessage>[] = [];
  const attemptWaiters: Waiter<string>[] = [];
  const answers = new Map<string, number>();
  const sockets = new Set<Socket>();
  let hanging = false;
  let port = 0;
  let server: SMTPServer | null = null;

  async function rcpt(address: string): Promise<void> {
    attempts.push(address);
    for (const waiter of take(attemptWaiters, address)) waiter.resolve(address);
    const code = answers.get(address) ?? (await onRcpt?.(address));
    if (code !== undefined) throw reply(code);
  }

  async function accept(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
    const mail = await PostalMime.parse(Buffer.concat(chunks));
    for (const { address } of session.envelope.rcptTo) {
      const message: SinkMessage = {
        to: address,
        subject: mail.subject ?? '',
        text: mail.text ?? '',
        messageId: mail.messageId ?? '',
        headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
        acceptedAt: Date.now(),
      };
      messages.push(message);
      const [waiter] = take(messageWaiters, message, 1);
      if (waiter) waiter.resolve(message);
      else unread.push(message);
    }
  }

  async function start(): Promise<void> {
    const next = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      closeTimeout: 1,
      onConnect: (_session, done) => {
        if (!hanging) done();
      },
      onRcptTo: ({ address }, _session, done) => settle(rcpt(address), done),
      onData: (stream, session, done) => settle(accept(stream, session), done),
    });
    next.on('error', () => undefined); // a client cut off by stop()
    next.server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    const listening = once(next.server, 'listening');
    next.listen(port, '127.0.0.1');
    await listening;
    port = (next.server.address() as AddressInfo).port;
    server = next;
  }

  async function stop(): Promise<void> {
    const old = server;
    server = null;
    if (!old) return;
    const closed = once(old.server, 'close');
    old.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  await start();
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    messages,
    attempts,
    answer(address, code) {
      if (code === null) answers.delete(address);
      else answers.set(address, code);
    },
    hang(on) {
      hanging = on;
    },
    nextMessage(fits = () => true) {
      const index = unread.findIndex(fits);
      if (index >= 0) return Promise.resolve(unread.splice(index, 1)[0]!);
      return new Promise((resolve) => messageWaiters.push({ fits, resolve }));
    },
    nextAttempt(fits = () => true) {
      return new Promise((resolve) => attemptWaiters.push({ fits, resolve }));
    },
    stop,
    start,
    close: stop,
  };
}

const reply = (responseCode: number): Error =>
  Object.assign(new Error('answered by the test'), { responseCode });

/** Removes from `waiters` those that wait for `value`, at most `max`, and returns them. */
function take<T>(waiters: Waiter<T>[], value: T, max = Infinity): Waiter<T>[] {
  const taken = waiters.filter(({ fits }) => fits(value)).slice(0, max);
  for (const waiter of taken) waiters.splice(waiters.indexOf(waiter), 1);
  return taken;
}

function settle(work: Promise<void>, done: (error?: Error | null) => void): void {
  work.then(
    () => done(),
    (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
  );
}

import { signatureFault, signedHeaders } from '../../src/channels/contract-signature.ts';
import { startJsonServer, type Reply, type Request } from './json-server.ts';
import { createWaitingList } from './waiting-list.ts';

/** A message the gateway has accepted. */
export interface GatewayMessage {
  /** The sender's id, which is its idempotency key. */
  id: string;
  /** The gateway's own, for its reports. */
  providerId: string;
  kind: 'sms' | 'voice';
  to: string;
  text: string;
  /** Where its sender wants to hear how it ended. */
  callback?: string;
}

export interface ReportOptions {
  status: 'delivered' | 'failed' | 'noAnswer' | 'busy';
  code?: string;
  /** When it was signed, in ms since 1970; now if left out. */
  at?: number;
  /** Posts here instead of to the message's own callback. */
  url?: string;
  /** Signs with another secret. */
  secret?: string;
}

export interface SmsGateway {
  /** For `createGatewaySms` and `createGatewayVoice`; stays the same over {@link stop} and {@link start}. */
  url: string;
  secret: string;
  /** Everything accepted so far, oldest first; a repeat of an id is not accepted twice. */
  messages: readonly GatewayMessage[];
  /** Numbers that were asked for, in order, accepted or not. */
  attempts: readonly string[];
  /** From now on `number` is refused for good with this code, e.g. `NUMBER_INVALID`; null accepts it again. */
  refuse(number: string, code: string | null): void;
  /** From now on everything is answered with this status (500, 429); null goes back to work. */
  answer(status: number | null): void;
  /** While on, nothing is answered. */
  hang(on: boolean): void;
  /** From now on this is done with each message that was accepted before its sender hears so; null for nothing. */
  beforeAnswering(work: ((message: GatewayMessage) => Promise<unknown>) | null): void;
  /** The first accepted message that fits and was not handed out before, or else the next that comes. */
  nextMessage(fits?: (message: GatewayMessage) => boolean): Promise<GatewayMessage>;
  /** Resolves at the next attempt to reach a number that fits; attempts made before do not count. */
  nextAttempt(fits?: (number: string) => boolean): Promise<string>;
  /** Posts a signed delivery report and resolves with the status it was answered. */
  report(message: GatewayMessage, options: ReportOptions): Promise<number>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A real gateway for text messages and calls on 127.0.0.1, speaking the contract of docs/gateway.md. */
export async function startSmsGateway({ secret = 'the-gateway-of-a-drill' } = {}): Promise<SmsGateway> {
  const messages: GatewayMessage[] = [];
  const attempts: string[] = [];
  const unread: GatewayMessage[] = [];
  const wanted = createWaitingList<GatewayMessage>();
  const tries = createWaitingList<string>();
  const refused = new Map<string, string>();
  let status: number | null = null;
  let hanging = false;
  let meanwhile: ((message: GatewayMessage) => Promise<unknown>) | null = null;

  async function take(request: Request): Promise<Reply> {
    const { headers, text } = request;
    if (request.method !== 'POST' || request.path !== '/messages') return { status: 404 };
    if (!isSigned(secret, request)) return { status: 401, body: { code: 'SIGNATURE_WRONG' } };
    const asked = JSON.parse(text) as Omit<GatewayMessage, 'providerId'>;
    attempts.push(asked.to);
    tries.hand(asked.to);
    if (hanging) return null;
    if (status !== null) return { status, body: { code: 'BUSY' } };
    if (headers['idempotency-key'] !== asked.id) return { status: 400, body: { code: 'KEY_IS_NOT_THE_ID' } };
    const code = refused.get(asked.to);
    if (code !== undefined) return { status: 422, body: { code } };
    const message = accepted(asked);
    await meanwhile?.(message);
    return { status: 202, body: { id: message.providerId } };
  }

  function accepted(asked: Omit<GatewayMessage, 'providerId'>): GatewayMessage {
    const before = messages.find(({ id }) => id === asked.id);
    if (before) return before;
    const message = { ...asked, providerId: `m-${messages.length + 1}` };
    messages.push(message);
    if (!wanted.hand(message, 1)) unread.push(message);
    return message;
  }

  const server = await startJsonServer(take);
  return {
    url: server.url,
    secret,
    messages,
    attempts,
    refuse(number, code) {
      if (code === null) refused.delete(number);
      else refused.set(number, code);
    },
    answer(next) {
      status = next;
    },
    hang(on) {
      hanging = on;
    },
    beforeAnswering(work) {
      meanwhile = work;
    },
    nextMessage(fits = () => true) {
      const index = unread.findIndex(fits);
      return index >= 0 ? Promise.resolve(unread.splice(index, 1)[0]!) : wanted.next(fits);
    },
    nextAttempt: tries.next,
    report: (message, options) => report(message, { secret, ...options }),
    stop: server.stop,
    start: server.start,
    close: server.stop,
  };
}

const isSigned = (secret: string, { headers, text }: Request): boolean =>
  signatureFault(secret, {
    timestamp: String(headers['fenghuo-timestamp'] ?? ''),
    signature: String(headers['fenghuo-signature'] ?? ''),
    body: text,
    now: Date.now(),
  }) === null;

async function report(
  { id, providerId, callback }: GatewayMessage,
  { status, code, url = callback, at = Date.now(), secret = '' }: ReportOptions,
): Promise<number> {
  if (!url) throw new Error('the message asked for no report and no other address was given');
  const body = JSON.stringify({ id, providerId, status, code, at: new Date(at).toISOString() });
  const headers = { 'content-type': 'application/json', ...signedHeaders(secret, body, at) };
  return (await fetch(url, { method: 'POST', body, headers })).status;
}

import type { Channel } from './channel.ts';
import { signedHeaders } from './contract-signature.ts';
import { post } from './http.ts';
import { checkNumber, membersOf, refusal } from './refusal.ts';

export interface GatewayOptions {
  /** Where the gateway listens; `/messages` is added. */
  url: string;
  /** Shared with the gateway, at least 16 characters: both sides sign with it. */
  secret: string;
  /** Where the gateway posts delivery reports; none are asked for without it. */
  callback?: string;
  /** The longest a send may take, in ms. */
  deadline?: number;
  /** Ms since 1970. */
  now?: () => number;
}

/** Text messages through a gateway that speaks the contract of docs/gateway.md. Throws `Error` when `url` cannot be used. */
export const createGatewaySms = (options: GatewayOptions): Channel => gateway('sms', options);

/** Calls that read the text aloud, through the same contract. */
export const createGatewayVoice = (options: GatewayOptions): Channel => gateway('voice', options);

function gateway(
  kind: 'sms' | 'voice',
  { url, secret, callback, deadline, now = Date.now }: GatewayOptions,
): Channel {
  const messages = new URL(`${url.replace(/\/+$/, '')}/messages`);
  return {
    name: kind,
    async send({ id, to, text }) {
      checkNumber(to);
      // A text and a call of one notice are two messages: the gateway takes each id once.
      const idOfKind = `${id}#${kind}`;
      const body = JSON.stringify({ id: idOfKind, kind, to, text, callback });
      const answer = await post({
        url: messages,
        body,
        headers: { 'idempotency-key': idOfKind, ...signedHeaders(secret, body, now()) },
        deadline,
      });
      const { id: providerId, code } = membersOf(answer.body);
      const isTaken = answer.status === 202 || answer.status === 200;
      // Without an id it was not the gateway that answered, but some proxy's page.
      if (!isTaken || typeof providerId !== 'string') throw refusal('GATEWAY', answer, code);
      return { code: `GATEWAY_${answer.status}`, providerId };
    },
  };
}

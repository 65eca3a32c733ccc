/** One message to one person. */
export interface OutgoingMessage {
  /** The message's idempotency key: sending it again under the same id is recognisable as a repeat. */
  id: string;
  /** One address of the channel's kind, e.g. `name@example.invalid`. */
  to: string;
  subject: string;
  text: string;
  html?: string;
}

/**
 * A way to reach a person. `send` resolves when the recipient's server has taken the message, with a stable code of how
 * (`SMTP_250`), and throws a plain error otherwise; `failure.ts` says what that error means.
 */
export interface Channel {
  readonly name: string;
  send(message: OutgoingMessage): Promise<{ code: string }>;
}

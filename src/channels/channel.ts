/**
 * The facts of a message by name, for providers that send approved templates only. `link` is the receipt link without
 * the address it begins with, which such templates hold themselves (they refuse a whole URL as a value); '' when there is none.
 */
export interface TemplateValues {
  number: string;
  urgency: string;
  duty: string;
  phone: string;
  link: string;
}

/** One message to one person, or to a group. */
export interface OutgoingMessage {
  /** The message's idempotency key: sending it again under the same id is recognisable as a repeat. */
  id: string;
  /** One address of the channel's kind: `name@example.invalid`, `+8613900000001` (E.164); a robot knows its group itself. */
  to: string;
  /** A mail's; other channels have none. */
  subject?: string;
  text: string;
  html?: string;
  values?: TemplateValues;
  /** What is `routine` waits behind alarms where a provider limits how much may be sent. */
  priority?: 'alarm' | 'routine';
}

/** How a message was taken: a stable code (`SMTP_250`), and the provider's own id, under which a delivery report may come. */
export interface Accepted {
  code: string;
  providerId?: string;
}

/**
 * A way to reach a person. `send` resolves when the recipient's server or the provider has taken the message, and throws a
 * plain error otherwise; `failure.ts` says what that error means.
 */
export interface Channel {
  readonly name: string;
  send(message: OutgoingMessage): Promise<Accepted>;
}

import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import addressparser from 'nodemailer/lib/addressparser';
import type { Channel } from './channel.ts';

export interface EmailOptions {
  /** `smtp://` (STARTTLS where offered; `?requireTLS=true` insists on it) or `smtps://`, with user and password if needed. */
  smtpUrl: string;
  /** The sender: `address` or `name <address>`. Its domain is the domain of every Message-ID. */
  from: string;
  /** The longest a send may take in ms, waiting for a free connection included. Shorter than the activity's time-out. */
  deadline?: number;
  /** Signs every mail for its domain, so that other offices' servers take it for what it is. */
  dkim?: DkimOptions;
}

/** A key whose public half stands in DNS at `selector._domainkey.domain` (RFC 6376). */
export interface DkimOptions {
  domain: string;
  selector: string;
  /** RSA, PEM. */
  privateKey: string;
}

export interface Email extends Channel {
  /** Connects and logs in once; rejects with the reason when that fails. For readiness. */
  verify(): Promise<void>;
  /** Waits for what is being sent, then closes every connection. */
  close(): Promise<void>;
}

/** The Message-ID under which the message `id` goes out: the same for every repeat, and telling nobody the id. */
export const messageId = (id: string, domain: string): string =>
  `<${createHash('sha256').update(id).digest('hex').slice(0, 40)}@${domain}>`;

/**
 * Mail through a pool of SMTP connections. A send settles within `deadline`: what has not been accepted by then is given
 * up with a temporary error, so that no attempt outlives its activity and comes out twice.
 * Throws `Error` when `smtpUrl` or `from` cannot be used.
 */
export function createEmail({ smtpUrl, from, deadline = 16_000, dkim }: EmailOptions): Email {
  const sender = parseSender(from);
  const transport = createTransport({
    url: checkedUrl(smtpUrl),
    pool: true,
    maxConnections: 8,
    maxMessages: 200,
    maxRequeues: 1, // one for a pooled connection the server had already dropped; the rest is Temporal's retry
    connectionTimeout: 4_000, // covers DNS, TCP and TLS
    dnsTimeout: 3_000,
    greetingTimeout: 4_000,
    socketTimeout: 8_000,
    ...(dkim ? { dkim: dkimOf(dkim) } : {}),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const sending = new Set<Promise<unknown>>();

  return {
    name: 'email',
    async send({ id, to, subject = '', text, html }) {
      checkRecipient(to);
      const sent = transport.sendMail({
        from: sender,
        to: { name: '', address: to },
        envelope: { from: sender.address, to: [to] },
        messageId: messageId(id, sender.domain),
        subject,
        text,
        ...(html === undefined ? {} : { html }),
        textEncoding: 'base64', // a third of the size of quoted-printable for Chinese, and no soft breaks within a link
        priority: 'high',
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' },
        signal: AbortSignal.timeout(deadline),
      });
      sending.add(sent);
      try {
        const { response } = await sent;
        return { code: `SMTP_${/^\d{3}/.exec(response ?? '')?.[0] ?? '250'}` };
      } finally {
        sending.delete(sent);
      }
    },
    async verify() {
      await transport.verify();
    },
    async close() {
      await Promise.allSettled(sending);
      transport.close();
    },
  };
}

const dkimOf = ({ domain, selector, privateKey }: DkimOptions) => ({
  domainName: domain,
  keySelector: selector,
  privateKey,
});

function parseSender(from: string): { name: string; address: string; domain: string } {
  const [sender, ...more] = addressparser(from, { flatten: true });
  const domain = /^[^\s@<>]+@([^\s@<>]+)$/.exec(sender?.address ?? '')?.[1];
  if (!sender || !domain || more.length > 0) {
    throw new Error('the sender is not one mail address: expected "address" or "name <address>"');
  }
  return { name: sender.name, address: sender.address, domain };
}

/** A URL may hold a password, so the error does not repeat it. */
function checkedUrl(smtpUrl: string): string {
  const url = URL.canParse(smtpUrl) ? new URL(smtpUrl) : null;
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') {
    throw new Error('the SMTP URL is not of the form smtp://host:port or smtps://user:password@host:port');
  }
  return smtpUrl;
}

/** Keeps a list, a group or a line break out of an envelope that is meant for one person. */
function checkRecipient(to: string): void {
  if (/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/.test(to) && to.length <= 254) return;
  throw Object.assign(new Error('the recipient is not one mail address'), { code: 'ERECIPIENT' });
}

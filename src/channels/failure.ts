/** What nodemailer and Node put on an error. */
interface ChannelError {
  code?: unknown;
  originalCode?: unknown;
  responseCode?: unknown;
  command?: unknown;
}

/** Replies that speak of our own account or session, whichever command they answer. */
const ABOUT_OURSELVES = new Set([503, 530, 534, 535, 538]);
const ABOUT_OUR_LOGIN = new Set([530, 534, 535, 538]);

const CODES: Record<string, string> = {
  ECONNREFUSED: 'CONNECT_REFUSED',
  EHOSTUNREACH: 'UNREACHABLE',
  ENETUNREACH: 'UNREACHABLE',
  EHOSTDOWN: 'UNREACHABLE',
  ECONNRESET: 'CONNECTION_LOST',
  EPIPE: 'CONNECTION_LOST',
  ECONNECTION: 'CONNECTION_LOST',
  ECONNECTIONLOST: 'CONNECTION_LOST',
  ESOCKET: 'CONNECTION_LOST',
  ETIMEDOUT: 'TIMEOUT',
  ETIMEOUT: 'TIMEOUT',
  EABORT: 'TIMEOUT',
  ENOTFOUND: 'DNS',
  EAI_AGAIN: 'DNS',
  EDNS: 'DNS',
  ETLS: 'TLS',
  EREQUIRETLS: 'TLS',
  EAUTH: 'AUTH',
  ENOAUTH: 'AUTH',
  EOAUTH2: 'AUTH',
  EPROTOCOL: 'PROTOCOL',
  ERECIPIENT: 'BAD_ADDRESS',
};

/** How Node and OpenSSL name a certificate or handshake that is not trusted. */
const TLS_TROUBLE = /^ERR_(TLS|SSL)_|CERT|^UNABLE_TO_|SELF_SIGNED/;

/**
 * Whether sending the same message to the same person again is useless, so that the next person is told at once.
 * Only a refusal (5xx) of the recipient or of the message is permanent, and an address that is none. All else is
 * temporary: servers come back, and our own configuration (address, certificate, account, sender) can be mended while
 * the message is retried.
 */
export function isPermanent(error: unknown): boolean {
  const { code, responseCode, command } = shape(error);
  if (code === 'ERECIPIENT') return true;
  if (typeof responseCode !== 'number' || responseCode < 500 || ABOUT_OURSELVES.has(responseCode))
    return false;
  return command === 'RCPT TO' || command === 'DATA';
}

/**
 * A stable code for the record, free of addresses and of the server's words: `SMTP_550`, `CONNECT_REFUSED`,
 * `CONNECTION_LOST`, `UNREACHABLE`, `TIMEOUT`, `DNS`, `TLS`, `AUTH`, `PROTOCOL`, `BAD_ADDRESS`, else `UNKNOWN`.
 */
export function failureCode(error: unknown): string {
  const { code, originalCode, responseCode } = shape(error);
  if (code === 'EAUTH' || ABOUT_OUR_LOGIN.has(Number(responseCode))) return 'AUTH';
  if (typeof responseCode === 'number') return `SMTP_${responseCode}`;
  // nodemailer covers the system's own code with a general one; the system's says more
  for (const name of [originalCode, code]) {
    if (typeof name !== 'string') continue;
    if (TLS_TROUBLE.test(name)) return 'TLS';
    if (Object.hasOwn(CODES, name)) return CODES[name]!;
  }
  return 'UNKNOWN';
}

const shape = (error: unknown): ChannelError => (typeof error === 'object' && error !== null ? error : {});
